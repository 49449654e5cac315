import type { KnownAnswer } from "../../schema/Answer.ts"
import { AnswerReader } from "../../schema/chat/AnswerReader.ts"
import { BodyDecoder } from "../../schema/chat/BodyDecoder.ts"
import { readChatMessage } from "../../schema/chat/readChatMessage.ts"
import type { Copy } from "./Passing.ts"

/**
 * Several times the longest answer of a language model in its most verbose format. The usage, which
 * comes last, is thus found in every real answer.
 */
export const bytesMax = 4 * 1024 * 1024

/**
 * Reads an answer from the bytes that pass to the visitor, in bounded memory. It never fails: if
 * the reader does, the rest passes unread and the answer is unknown.
 */
export class Transcript implements Copy {
  #bytes = 0
  readonly #decoder = new TextDecoder()
  readonly #reader: AnswerReader
  readonly #body: BodyDecoder
  #isBroken = false

  constructor(
    contentType: string | null,
    contentEncoding: string | null = null,
    read = readChatMessage
  ) {
    this.#reader = new AnswerReader(contentType, read)
    this.#body = new BodyDecoder(contentEncoding, (bytes) =>
      this.#look(() => this.#reader.add(this.#decoder.decode(bytes, { stream: true })))
    )
  }

  get isFull(): boolean {
    return this.#bytes >= bytesMax
  }

  /** Grows with the stream. */
  get text(): string {
    return this.#reader.text
  }

  /** Usage comes last or grows, so that of an answer beyond the limit is unknown. */
  get known(): KnownAnswer {
    const { tokens, ...known } = this.#reader.known
    return {
      ...known,
      ...(tokens === undefined || this.isFull ? {} : { tokens }),
      ...(this.#isBroken ? { matchType: "unknown" } : {})
    }
  }

  /** The names of the fields of the first message that no format knows. */
  get fields(): ReadonlyArray<string> {
    return this.#reader.fields
  }

  /** The chatbot says that it failed, though its response has a good status. */
  get failed(): boolean {
    return this.#reader.failed
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    this.#look(() => this.#body.add(chunk))
  }

  /** Reads the remainder; call it after the last chunk. */
  async end(): Promise<void> {
    await this.#body.end()
    this.#look(() => {
      this.#reader.add(this.#decoder.decode())
      this.#reader.end()
    })
  }

  #look(read: () => void): void {
    if (this.#isBroken) return
    try {
      read()
    } catch {
      this.#isBroken = true
    }
  }
}
