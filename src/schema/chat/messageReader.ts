import type { MatchType } from "../Answer.ts"
import { isFailure } from "./answers/failure.ts"
import { isSpokenEvent } from "./answers/spokenNames.ts"
import type { ChatPart, ReadFormat, ReadInner, ReadList, ReadMessage } from "./ChatPart.ts"
import { depthMax, fieldsOf, isFields, type JsonFields } from "./Json.ts"
import { usageOf } from "./Usage.ts"

const matchTypes: ReadonlyArray<unknown> = ["full", "partial", "none", "unknown"]

const matchTypeOf = (value: unknown): MatchType | undefined =>
  matchTypes.includes(value) ? (value as MatchType) : undefined

const scoreOf = (value: unknown) =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined

/** Adds the facts that any message may tell. It spreads no object, which is slow in a stream. */
const withFacts = (part: ChatPart, json: JsonFields): ChatPart => ({
  says: part.says,
  whole: part.whole,
  replaces: part.replaces,
  callsTool: part.callsTool,
  failed: part.failed,
  model: part.model ?? json.model,
  usage: part.usage ?? usageOf(json.usage ?? fieldsOf(json.message).usage),
  matchType: part.matchType ?? matchTypeOf(json.matchType),
  matchScore: part.matchScore ?? scoreOf(json.matchScore)
})

/**
 * Reads a message by the first format that knows it. It accepts any JSON and never throws, and it
 * looks into JSON of a limited depth.
 */
export const messageReader = (
  formats: ReadonlyArray<ReadFormat>,
  lists: ReadonlyArray<ReadList> = []
): ReadMessage => {
  const first = <A>(
    readers: ReadonlyArray<
      (of: A, event: string | undefined, inner: ReadInner) => ChatPart | undefined
    >,
    of: A,
    event: string | undefined,
    depth: number
  ): ChatPart | undefined => {
    const inner = (each: unknown) => read(each, undefined, depth + 1)
    for (const reader of readers) {
      const part = reader(of, event, inner)
      if (part !== undefined) return part
    }
    return undefined
  }

  const read = (value: unknown, event: string | undefined, depth: number): ChatPart | undefined => {
    if (depth > depthMax) return undefined
    if (typeof value === "string") return isSpokenEvent(event) ? { says: value } : undefined
    if (Array.isArray(value)) return first(lists, value as ReadonlyArray<unknown>, event, depth)
    if (!isFields(value)) return undefined
    if (isFailure(value, event)) return withFacts({ failed: true }, value)
    const part = first(formats, value, event, depth)
    return part === undefined ? undefined : withFacts(part, value)
  }

  return (value, event) => {
    try {
      return read(value, event === "message" ? undefined : event, 0)
    } catch {
      return undefined
    }
  }
}
