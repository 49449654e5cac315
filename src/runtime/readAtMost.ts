/**
 * Reads the text of a body; `undefined` when it has more bytes, whatever its length header says.
 * Rejects when the body breaks off, or, with `fatal`, when it is not UTF-8.
 */
export const readAtMost = async (
  body: ReadableStream<Uint8Array> | null,
  bytesMax: number,
  { fatal = false }: { readonly fatal?: boolean } = {}
): Promise<string | undefined> => {
  const decoder = new TextDecoder("utf-8", { fatal, ignoreBOM: false })
  let text = ""
  let bytes = 0
  const reader = body?.getReader()
  for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
    bytes += chunk.value.byteLength
    if (bytes > bytesMax) {
      // not awaited, because one half of a cloned body is only cancelled together with the other
      reader?.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return text + decoder.decode()
}
