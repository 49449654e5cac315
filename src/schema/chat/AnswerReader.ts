import type { KnownAnswer } from "../Answer.ts"
import { type AnswerForm, answerFormOf } from "./AnswerForm.ts"
import { AnswerReading } from "./AnswerReading.ts"
import { isDataStreamLine, readDataStreamLine } from "./answers/aiSdkDataStream.ts"
import { placeOf } from "./answers/spokenNames.ts"
import type { ChatPart, ReadMessage } from "./ChatPart.ts"
import { fieldsOf, parseJson } from "./Json.ts"
import { Lines, lineLengthMax } from "./Lines.ts"
import { ServerEvents } from "./ServerEvents.ts"

/** A body whose first line begins so may be more than text; the first line decides. */
const framed = /^(?:[{["]|(?:data|event|id|retry)?:|[0-9a-k]:)/
const eventLine = /^(?:data: ?(?:[{["]|$)|event: ?[\w./-]+$|id: ?\S+$|retry: ?\d+$|:(?: |$))/

/** The characters that tell whether a body is framed; a shorter body is read at its end. */
const sniffedLength = 16

/** Compressed bodies, pictures and pages that do not say what they are. */
const isNoText = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
  /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]|^\s*<(?:!doctype|html)\b/i.test(text.slice(0, 256))

/**
 * Reads an answer as it comes, in any form and format. It holds a bounded part, never throws, and
 * skips what it does not understand, because the visitor gets every byte in any case.
 */
export class AnswerReader {
  readonly #reading: AnswerReading
  readonly #readMessage: ReadMessage
  readonly #contentForm: AnswerForm | undefined
  /** Undecided until the first line of a body that comes as JSON or as text. */
  #form: "events" | "lines" | "text" | "whole" | "undecided" | "unread"
  #held = ""
  #isFramed = false
  #fields: ReadonlyArray<string> = []
  readonly #events = new ServerEvents(
    (data, event) => this.#readData(data, event),
    (line) => this.#readLine(line)
  )
  readonly #lines = new Lines((line) =>
    this.#form === "events" ? this.#events.line(line) : this.#readLine(line)
  )

  constructor(contentType: string | null, readMessage: ReadMessage, known: KnownAnswer = {}) {
    this.#readMessage = readMessage
    this.#reading = new AnswerReading(known)
    this.#contentForm = answerFormOf(contentType)
    const form = this.#contentForm ?? "unread"
    this.#form = form === "json" || form === "text" ? "undecided" : form
  }

  get text(): string {
    return this.#reading.text
  }

  get known(): KnownAnswer {
    return this.#reading.known
  }

  get failed(): boolean {
    return this.#reading.failed
  }

  /** The names of the fields of the first message that no format knows. */
  get fields(): ReadonlyArray<string> {
    return this.#fields
  }

  add(piece: string): void {
    if (this.#form === "events" || this.#form === "lines") this.#lines.add(piece)
    else if (this.#form === "text") this.#reading.addRaw(piece)
    else if (this.#form !== "unread") this.#hold(piece)
  }

  /** Reads the remainder; call it after the last piece. */
  end(): void {
    if (this.#form === "undecided") this.#decide()
    if (this.#form === "whole") this.#readWhole(this.#held)
    this.#lines.end()
    this.#events.end()
    this.#reading.end()
  }

  #messageIn(json: unknown, event?: string): ChatPart | undefined {
    const part = this.#readMessage(json, event)
    if (part === undefined && this.#fields.length === 0) this.#fields = Object.keys(fieldsOf(json))
    return part
  }

  #hold(piece: string): void {
    this.#held += piece
    if (!this.#isFramed) this.#sniff()
    if (this.#form === "undecided" && /[\r\n]/.test(piece)) this.#decide()
    if (this.#held.length > lineLengthMax) {
      this.#become(this.#contentForm === "json" ? "unread" : "text")
    }
  }

  /** Looks at the first characters only, so that no piece is looked at again with the next. */
  #sniff(): void {
    const start = this.#held.trimStart()
    if (start.length < sniffedLength) return
    this.#isFramed = framed.test(start)
    if (isNoText(start)) this.#become("unread")
    else if (!this.#isFramed) this.#become("text")
  }

  #firstLine(): string {
    return /[^\r\n]*/.exec(this.#held.trimStart())?.[0] ?? ""
  }

  /** Decides by the first line; JSON that it begins may go on in others. */
  #decide(): void {
    const line = this.#firstLine()
    if (line === "") return
    const isMessage = /^[{[]/.test(line) && this.#readMessage(parseJson(line)) !== undefined
    if (eventLine.test(line)) this.#become("events")
    else this.#become(isMessage || isDataStreamLine(line) ? "lines" : "whole")
  }

  #become(form: "events" | "lines" | "text" | "whole" | "unread"): void {
    this.#form = form
    if (form === "whole") return
    const held = this.#held
    this.#held = ""
    this.add(held)
  }

  #readData(data: string, event: string | undefined): void {
    const json = parseJson(data)
    if (event === "error") this.#reading.add({ failed: true })
    else if (json === undefined || typeof json === "number") this.#readWords(data, event)
    else this.#reading.add(this.#messageIn(json, event))
  }

  /** Some chatbots send their words as they are; `[DONE]` and JSON that was cut are none. */
  #readWords(data: string, event: string | undefined): void {
    const isMark = /^\s*(?:[{"]|\[(?:[{"]|[A-Z_]+\]))/.test(data)
    if (!isMark && placeOf([event]) === "says") this.#reading.addRaw(data)
  }

  #readLine(line: string): void {
    this.#reading.add(readDataStreamLine(line) ?? this.#messageIn(parseJson(line)))
  }

  #readWhole(body: string): void {
    if (isNoText(body)) return
    const json = parseJson(body)
    const isScalar = typeof json === "string" || typeof json === "number"
    const part = isScalar ? { says: String(json) } : this.#messageIn(json)
    // a text may be JSON without words, and a body that is called JSON may be a text
    const isText = this.#contentForm === "text" || (json === undefined && !framed.test(body))
    if (part !== undefined) this.#reading.add(part)
    else if (isText) this.#reading.addRaw(body)
  }
}
