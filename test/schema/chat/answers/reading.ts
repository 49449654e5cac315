/** Reads whole bodies and streams, and compares the result with their contents. */
import { assert, it } from "@effect/vitest"
import type { KnownAnswer } from "../../../../src/schema/Answer.ts"
import { AnswerReader } from "../../../../src/schema/chat/AnswerReader.ts"
import { readChatMessage } from "../../../../src/schema/chat/readChatMessage.ts"

export const events = "text/event-stream; charset=utf-8"
export const json = "application/json"
export const plain = "text/plain; charset=utf-8"
export const lines = "application/x-ndjson"

/** Events with a name each, or without one. */
export const named = (...messages: ReadonlyArray<readonly [string, unknown]>): string =>
  messages.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("")

export const unnamed = (...messages: ReadonlyArray<unknown>): string =>
  messages.map((data) => `data: ${JSON.stringify(data)}\n\n`).join("")

export const inLines = (...messages: ReadonlyArray<unknown>): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join("")

export const readIn = (contentType: string | null, pieces: Iterable<string>) => {
  const reader = new AnswerReader(contentType, readChatMessage)
  for (const piece of pieces) reader.add(piece)
  reader.end()
  const { failed, known, text } = reader
  const { matchType, ...others } = known
  const isUnderstood = matchType !== "unknown"
  return { text, known: isUnderstood ? known : others, failed, isUnderstood }
}

export interface Read {
  readonly text?: string
  readonly known?: KnownAnswer
  readonly failed?: boolean
  readonly isUnderstood?: boolean
}

export const text = "Hello world"

/** However the network cuts a body, the same is read from it. */
export const reads = (name: string, contentType: string | null, body: string, read: Read = {}) => {
  const expected = { text, known: {}, failed: false, isUnderstood: true, ...read }
  it(name, () => {
    assert.deepStrictEqual(readIn(contentType, [body]), expected, "in one piece")
    assert.deepStrictEqual(readIn(contentType, body), expected, "character by character")
    const half = body.length >> 1
    const halves = [body.slice(0, half), "", body.slice(half)]
    assert.deepStrictEqual(readIn(contentType, halves), expected, "in halves")
  })
}
