import * as Schema from "effect/Schema"

/** One heading of the knowledge base, whose text can serve as an answer by itself. */
export const Section = Schema.Struct({
  id: Schema.NonEmptyString,
  title: Schema.NonEmptyString,
  text: Schema.NonEmptyString
})
export type Section = typeof Section.Type
