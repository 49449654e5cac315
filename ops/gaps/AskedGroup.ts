/** The groups of questions that visitors asked lately, each with all its wordings. */
import * as Effect from "effect/Effect"
import { meaningOf } from "../../src/programs/reporter/count.ts"
import { type ListedGroup, withOldIds } from "../../src/schema/report/ContinuedGroups.ts"
import { missedIn } from "../../src/schema/report/Missed.ts"
import {
  askedGroups,
  bestWording,
  comparedWordings
} from "../../src/schema/report/QuestionLines.ts"
import type { MissedLine } from "../../src/schema/report/WeeklyReport.ts"
import type { WeeklyTally } from "../../src/schema/report/WeeklyTally.ts"
import type { Wording } from "./Gap.ts"

export interface AskedGroup {
  /** The group in the mail that it is; absent if the last mail does not list it. */
  readonly id: string | undefined
  readonly question: string
  readonly asked: number
  readonly missed: number
  readonly lastMiss: MissedLine["lastMiss"]
  /** The best one first, then the most asked. */
  readonly wordings: ReadonlyArray<Wording>
}

const wordingsOf = (
  best: string,
  keys: ReadonlyArray<string>,
  questions: WeeklyTally["questions"]
): ReadonlyArray<Wording> =>
  keys
    .flatMap((key) => questions.get(key) ?? [])
    .map((tally) => ({ tally, text: bestWording(tally) }))
    .sort(
      (one, other) =>
        Number(other.text === best) - Number(one.text === best) ||
        other.tally.asked - one.tally.asked
    )
    .map(({ tally, text }) => ({ text, first: tally.firstAsked, last: tally.lastAsked }))

/** Groups as the reporter does; greetings are left out, because they cannot be taught. */
export const groupsIn = Effect.fnUntraced(function* (
  { questions }: Pick<WeeklyTally, "questions">,
  listed: ReadonlyArray<ListedGroup>,
  now: number
) {
  const meaning = yield* meaningOf(comparedWordings(questions, undefined))
  const groups = askedGroups(questions, { generatedAt: now, meaning })
  const lines = withOldIds(groups, listed)
  return lines.map((line, place): AskedGroup => {
    const { asked, id, lastMiss, question } = line
    return {
      id,
      question,
      asked,
      missed: missedIn(line),
      lastMiss,
      wordings: wordingsOf(question, groups[place]?.keys ?? [], questions)
    }
  })
})
