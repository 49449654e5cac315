/**
 * The text of a body of at most so many bytes, whatever its length header says; `undefined` when
 * there are more. Rejects when the body breaks off, or is not UTF-8 where that is asked for.
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
      // not awaited: one half of a body that was cloned is only cancelled together with the other
      reader?.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return text + decoder.decode()
}
