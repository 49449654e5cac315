/** The traits that the processor adds to an interaction; unknown ones are absent. */
import * as Schema from "effect/Schema"
import { VisitorTraits } from "./VisitorTraits.ts"

/** The language of a text by its ISO 639-1 code. */
const Language = Schema.optionalKey(Schema.String)

/** Belong to the question. */
export const QueryTraits = Schema.Struct({ ...VisitorTraits.fields, askedIn: Language })
export type QueryTraits = typeof QueryTraits.Type

/** Belong to the answer, which may come alone. */
export const AnswerTraits = Schema.Struct({ answeredIn: Language })
export type AnswerTraits = typeof AnswerTraits.Type

export const InteractionTraits = Schema.Struct({ ...QueryTraits.fields, ...AnswerTraits.fields })
export type InteractionTraits = typeof InteractionTraits.Type

export const queryTraits = ({ answeredIn: _, ...traits }: InteractionTraits): QueryTraits => traits

export const answerTraits = ({ answeredIn }: InteractionTraits): AnswerTraits =>
  answeredIn === undefined ? {} : { answeredIn }
