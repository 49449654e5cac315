import type { KnownAnswer } from "../../schema/Answer.ts"
import { readChatMessage } from "../../schema/chat/ChatMessage.ts"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"

/** A longer event, or a longer body that does not stream, passes unread. */
const unreadLengthMax = 262_144

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/**
 * Keeps the text, model and tokens of an answer that passes, in bounded memory. It never fails and
 * skips unreadable parts, because the visitor gets every byte in any case.
 */
export class Transcript {
  text = ""
  known: KnownAnswer
  /** Bytes that have passed; a stream has stalled when this number stays the same. */
  bytes = 0
  readonly #decoder = new TextDecoder()
  readonly #isStream: boolean
  #unread = ""
  #skipping = false

  constructor(contentType: string | null, known: KnownAnswer = {}) {
    this.known = known
    this.#isStream = /^text\/event-stream\b/i.test(contentType ?? "")
  }

  add(chunk: Uint8Array): void {
    this.bytes += chunk.byteLength
    this.#take(this.#decoder.decode(chunk, { stream: true }))
  }

  /** Reads the remainder; call it after the last chunk. */
  end(): void {
    this.#take(this.#decoder.decode())
    if (this.#skipping) return
    if (this.#isStream) this.#readLine(this.#unread)
    else this.#readWhole(this.#unread)
  }

  #take(text: string): void {
    this.#unread += text
    if (this.#isStream) this.#readLines()
    if (this.#unread.length <= unreadLengthMax) return
    this.#skipping = true
    this.#unread = ""
  }

  #readLines(): void {
    const lines = this.#unread.split(/\r\n|\n|\r(?!$)/)
    this.#unread = lines.pop() ?? ""
    for (const line of lines) {
      if (!this.#skipping) this.#readLine(line)
      this.#skipping = false
    }
  }

  #readLine(line: string): void {
    if (line.startsWith("data:")) this.#read(parse(line.slice(5)))
  }

  #readWhole(body: string): void {
    const json = parse(body)
    if (json === undefined) this.#write(body)
    else this.#read(json)
  }

  #read(json: unknown): void {
    const { known, text } = readChatMessage(json)
    this.known = { ...this.known, ...known }
    this.#write(text)
  }

  #write(text: string): void {
    this.text += text.slice(0, Math.max(0, readLengthMax - this.text.length))
  }
}
