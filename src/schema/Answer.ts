import * as Schema from "effect/Schema"

/** How well an answer covers its question: "none" says that the visitor was told "I don't know". */
export const MatchType = Schema.Literals(["full", "partial", "none"])
export type MatchType = typeof MatchType.Type

/**
 * What a language model was paid for; all are 0 where no model was asked. `cachedInput` is a part
 * of `input`, and `reasoning` a part of `output`, as providers count them.
 */
export const Tokens = Schema.Struct({
  input: Schema.Natural,
  output: Schema.Natural,
  cachedInput: Schema.optionalKey(Schema.Natural),
  reasoning: Schema.optionalKey(Schema.Natural)
})
export type Tokens = typeof Tokens.Type

/** `matchScore` is comparable between questions of one answerer, and never across two of them. */
export const Answer = Schema.Struct({
  text: Schema.String,
  matchType: MatchType,
  matchScore: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  model: Schema.String,
  tokens: Tokens
})
export type Answer = typeof Answer.Type
