/** What became of a gap that its owner answered or set aside, as a week shows it. */
import * as Schema from "effect/Schema"
import { ReportText } from "./ReportText.ts"

export const GapFate = Schema.Struct({
  id: Schema.String,
  /**
   * `closed`: asked since it was answered, and never missed. `kept`: closed in an earlier week, and
   * not missed. `back`: missed since it was answered. `quiet`: answered, but not asked since.
   */
  fate: Schema.Literals(["closed", "kept", "back", "quiet", "ignored"]),
  /** Its best wording of this week; absent where it was not asked. */
  question: Schema.optionalKey(ReportText),
  asked: Schema.Natural,
  missed: Schema.Natural
})
export type GapFate = typeof GapFate.Type
