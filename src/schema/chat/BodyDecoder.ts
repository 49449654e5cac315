/** The most compressed and the most decoded bytes that are looked at; the rest passes unread. */
const compressedBytesMax = 1_048_576
const decodedBytesMax = 4_194_304

type Format = "gzip" | "deflate"

/** GZIP begins with these two bytes; a zlib stream begins with a method and a check of both. */
const isCompressed: { readonly [F in Format]: (first: number, second: number) => boolean } = {
  gzip: (first, second) => first === 0x1f && second === 0x8b,
  deflate: (first, second) => (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
}

const formats: { readonly [coding: string]: Format } = {
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate"
}

/** Enough of a body to tell brotli and zstd from text. */
const textBytesMin = 64

/** A character may go on in the next chunk. */
const isText = (start: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true })
    return true
  } catch {
    return false
  }
}

const ignore = () => undefined

/**
 * Gives the bytes of a body as its reader sees them. A Worker may pass a compressed body on, with
 * `encodeBody: "manual"`, and no response tells so: its first bytes do. It never throws, and gives
 * none of the bytes that it cannot decode, so that the answer is unknown.
 */
export class BodyDecoder {
  readonly #format: Format | undefined
  readonly #read: (bytes: Uint8Array) => void
  /** `undefined` until the first bytes decide. */
  #take: ((bytes: Uint8Array) => void) | undefined
  #held = new Uint8Array()
  #end = (): Promise<void> => Promise.resolve()

  constructor(contentEncoding: string | null, read: (bytes: Uint8Array) => void) {
    const coding = contentEncoding?.trim().toLowerCase() ?? ""
    this.#format = formats[coding]
    this.#read = read
    if (coding === "" || coding === "identity") this.#take = read
  }

  add(chunk: Uint8Array): void {
    if (this.#take === undefined) this.#hold(chunk)
    else this.#take(chunk)
  }

  /** Resolves when all bytes were given that can be; call it after the last chunk. */
  end(): Promise<void> {
    if (this.#take === undefined) this.#decide(this.#held)
    return this.#end()
  }

  #hold(chunk: Uint8Array): void {
    const start = new Uint8Array(this.#held.length + chunk.length)
    start.set(this.#held)
    start.set(chunk, this.#held.length)
    this.#held = start
    if (start.length >= (this.#format === undefined ? textBytesMin : 2)) this.#decide(start)
  }

  #decide(start: Uint8Array): void {
    const format = this.#format
    const [first = 0, second = 0] = start
    if (format === undefined) this.#take = isText(start) ? this.#read : ignore
    else if (isCompressed[format](first, second)) this.#take = this.#decompress(format)
    else this.#take = this.#read
    this.#take(start)
  }

  #decompress(format: Format): (bytes: Uint8Array) => void {
    const { readable, writable } = new DecompressionStream(format)
    const writer = writable.getWriter()
    writer.closed.catch(ignore)
    const decoding = this.#readAll(readable.getReader()).catch(ignore)
    this.#end = () => {
      // a body that was cut has no proper end, and what came before it counts
      writer.close().catch(ignore)
      return decoding
    }
    let taken = 0
    return (bytes) => {
      taken += bytes.length
      // copied, because the chunk goes on to the visitor
      if (taken <= compressedBytesMax) writer.write(bytes.slice()).catch(ignore)
    }
  }

  async #readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    let given = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      given += value.length
      if (given > decodedBytesMax) return reader.cancel()
      this.#read(value)
    }
  }
}
