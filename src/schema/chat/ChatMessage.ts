/**
 * Reads a chatbot's JSON in the shapes that chatbots use: chat completions whole and in chunks, the
 * Responses and Messages interfaces, Workers AI, and plain `answer` objects. It uses no schema,
 * because a stream brings hundreds of chunks and a Worker has ten milliseconds for them all.
 */
import type { KnownAnswer, MatchType, Tokens } from "../Answer.ts"

/** A part of an answer, or all of it; `text` is empty if the JSON only counts tokens. */
export interface ChatMessage {
  readonly text: string
  readonly known: KnownAnswer
}

type JsonFields = { readonly [name: string]: unknown }

/** The fields of any JSON; a value without fields has an empty object. */
export const fieldsOf = (value: unknown): JsonFields =>
  typeof value === "object" && value !== null ? (value as JsonFields) : {}

const firstOf = (value: unknown): JsonFields =>
  fieldsOf(Array.isArray(value) ? value[0] : undefined)

/** The text of a part, or of a list of parts. */
const wordsOf = (value: unknown): string | undefined => {
  if (typeof value === "string") return value
  if (!Array.isArray(value)) return undefined
  return value.map((part) => wordsOf(fieldsOf(part).text) ?? "").join("")
}

const textOf = (json: JsonFields): string => {
  const choice = firstOf(json.choices)
  return (
    wordsOf(fieldsOf(choice.delta).content) ??
    wordsOf(fieldsOf(choice.message).content) ??
    wordsOf(json.answer) ??
    wordsOf(json.response) ??
    wordsOf(json.output_text) ??
    wordsOf(json.delta) ??
    wordsOf(fieldsOf(json.delta).text) ??
    wordsOf(json.content) ??
    wordsOf(json.text) ??
    ""
  )
}

const count = (...candidates: ReadonlyArray<unknown>): number | undefined =>
  candidates.find((value): value is number => Number.isSafeInteger(value) && Number(value) >= 0)

const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }

const tokensOf = (usage: JsonFields): Tokens | undefined => {
  const input = count(usage.prompt_tokens, usage.input_tokens)
  const output = count(usage.completion_tokens, usage.output_tokens)
  if (input === undefined && output === undefined) return undefined
  const inputDetails = fieldsOf(usage.prompt_tokens_details ?? usage.input_tokens_details)
  const outputDetails = fieldsOf(usage.completion_tokens_details ?? usage.output_tokens_details)
  return {
    input: input ?? 0,
    output: output ?? 0,
    ...optional("cachedInput", count(inputDetails.cached_tokens, usage.cache_read_input_tokens)),
    ...optional("reasoning", count(outputDetails.reasoning_tokens))
  }
}

const matchTypeOf = (value: unknown): MatchType | undefined =>
  value === "full" || value === "partial" || value === "none" ? value : undefined

const scoreOf = (value: unknown) =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined

/** Accepts any JSON, and leaves out the parts that it does not understand. */
export const readChatMessage = (value: unknown): ChatMessage => {
  const json = fieldsOf(value)
  const carrier = json.response !== null && typeof json.response === "object" ? json.response : json
  const { model, usage } = fieldsOf(carrier)
  return {
    text: textOf(json),
    known: {
      ...optional("model", typeof model === "string" && model !== "" ? model : undefined),
      ...optional("tokens", tokensOf(fieldsOf(usage ?? fieldsOf(json.message).usage))),
      ...optional("matchType", matchTypeOf(json.matchType)),
      ...optional("matchScore", scoreOf(json.matchScore))
    }
  }
}
