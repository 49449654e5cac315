import type { MatchType } from "../Answer.ts"
import type { JsonFields } from "./Json.ts"
import type { Usage } from "./Usage.ts"

/**
 * The meaning of one message of a chatbot. A part without `says`, `whole` and `replaces` brings no
 * words, like a ping or a thought.
 */
export interface ChatPart {
  /** Continues the answer. */
  readonly says?: string | undefined
  /** Repeats the answer from its beginning; counts only where no words came before it. */
  readonly whole?: string | undefined
  /** Takes the place of all words before it. */
  readonly replaces?: string | undefined
  /** The chatbot calls a tool, and answers later or in another response. */
  readonly callsTool?: boolean | undefined
  /** The chatbot says that it failed. */
  readonly failed?: boolean | undefined
  readonly model?: unknown
  readonly usage?: Usage | undefined
  readonly matchType?: MatchType | undefined
  readonly matchScore?: number | undefined
}

/** Reads a message by the name that a stream gives it; `undefined` if no format knows it. */
export type ReadMessage = (value: unknown, event?: string) => ChatPart | undefined

/** Reads JSON inside of a message. */
export type ReadInner = (value: unknown) => ChatPart | undefined

/** One format, which returns `undefined` for a message of another format. */
export type ReadFormat = (
  json: JsonFields,
  event: string | undefined,
  readInner: ReadInner
) => ChatPart | undefined

/** One format of messages that are lists. */
export type ReadList = (
  list: ReadonlyArray<unknown>,
  event: string | undefined,
  readInner: ReadInner
) => ChatPart | undefined

/** A message of a format that brings no words. */
export const silent: ChatPart = {}
