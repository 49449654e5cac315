import * as Schema from "effect/Schema"

/**
 * Rates how well an answer covers its question; "none" stands for "I don't know". An answer that
 * could not be read is "unknown", and never counts as unanswered.
 */
export const MatchType = Schema.Literals(["full", "partial", "none", "unknown"])
export type MatchType = typeof MatchType.Type

/**
 * The tokens that a language model charges for; all are 0 if no model was asked. Like providers do,
 * `input` includes `cachedInput`, and `output` includes `reasoning`.
 */
export const Tokens = Schema.Struct({
  input: Schema.Natural,
  output: Schema.Natural,
  cachedInput: Schema.optionalKey(Schema.Natural),
  reasoning: Schema.optionalKey(Schema.Natural)
})
export type Tokens = typeof Tokens.Type

/** How a chatbot scores its own answer; compare the scores of one chatbot only. */
export const MatchScore = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** `matchScore` is absent unless the chatbot tells one. */
export const Answer = Schema.Struct({
  text: Schema.String,
  matchType: MatchType,
  matchScore: Schema.optionalKey(MatchScore),
  model: Schema.String,
  tokens: Tokens
})
export type Answer = typeof Answer.Type

/** The facts about an answer beside its text, as far as they are known. */
export type KnownAnswer = Partial<Omit<Answer, "text">>
