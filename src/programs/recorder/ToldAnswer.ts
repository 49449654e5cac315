/** Reads the facts that an owner tells of an answer, and leaves out values that cannot be right. */
import type { KnownAnswer, MatchType, Tokens } from "../../schema/Answer.ts"
import { fieldsOf } from "../../schema/chat/Json.ts"

const matchTypes: ReadonlyArray<unknown> = ["full", "partial", "none", "unknown"]

const countIn = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined

const told = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }

const tokensIn = (value: unknown): Tokens | undefined => {
  const tokens = fieldsOf(value)
  const counts = {
    ...told("input", countIn(tokens.input)),
    ...told("output", countIn(tokens.output)),
    ...told("cachedInput", countIn(tokens.cachedInput)),
    ...told("cacheWrites", countIn(tokens.cacheWrites)),
    ...told("hourCacheWrites", countIn(tokens.hourCacheWrites)),
    ...told("reasoning", countIn(tokens.reasoning))
  }
  return Object.keys(counts).length === 0 ? undefined : counts
}

/** A name, if the value says one. */
export const nameIn = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined

const scoreIn = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined

/** An answer as far as an owner tells it; the rest is read. */
export interface ToldReading {
  readonly text: string | undefined
  readonly known: KnownAnswer
  readonly failed: boolean | undefined
}

/** Takes a text, or an object with facts that an owner's code may have made of anything. */
export const toldIn = (value: unknown): ToldReading => {
  if (typeof value === "string") return { text: value, known: {}, failed: undefined }
  const { matchScore, matchType, model, outcome, text, tokens } = fieldsOf(value)
  return {
    text: typeof text === "string" ? text : undefined,
    known: {
      ...told("matchType", matchTypes.includes(matchType) ? (matchType as MatchType) : undefined),
      ...told("matchScore", scoreIn(matchScore)),
      ...told("model", nameIn(model)),
      ...told("tokens", tokensIn(tokens))
    },
    failed: outcome === "failed" ? true : outcome === "answered" ? false : undefined
  }
}
