import * as Schema from "effect/Schema"

/**
 * Rates how well an answer covers its question; "none" stands for "I don't know". An answer that
 * could not be read is "unknown", and never counts as unanswered.
 */
export const MatchType = Schema.Literals(["full", "partial", "none", "unknown"])
export type MatchType = typeof MatchType.Type

const Told = Schema.optionalKey(Schema.Natural)

/**
 * The tokens that a language model charges for, as far as they are told; they are 0 if no model was
 * asked. Like providers do, `input` includes `cachedInput` and `cacheWrites`, and `output` includes
 * `reasoning`.
 */
export const Tokens = Schema.Struct({
  input: Told,
  output: Told,
  cachedInput: Told,
  cacheWrites: Told,
  /** A part of `cacheWrites`: what is kept for an hour, which costs more. */
  hourCacheWrites: Told,
  reasoning: Told
})
export type Tokens = typeof Tokens.Type

/** How a chatbot scores its own answer; compare the scores of one chatbot only. */
export const MatchScore = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** `matchScore`, `model` and `tokens` are absent unless the chatbot tells them. */
export const Answer = Schema.Struct({
  text: Schema.String,
  matchType: MatchType,
  matchScore: Schema.optionalKey(MatchScore),
  model: Schema.optionalKey(Schema.String),
  tokens: Schema.optionalKey(Tokens)
})
export type Answer = typeof Answer.Type

/** The facts about an answer beside its text, as far as they are known. */
export type KnownAnswer = Partial<Omit<Answer, "text">>
