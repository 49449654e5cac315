/** How a listed group stands to the week before, in words. */
import { type Period, weeksBefore } from "../../../schema/IsoWeek.ts"
import { firstWeekOf } from "../../../schema/report/GroupId.ts"
import type { QuestionLine } from "../../../schema/report/WeeklyReport.ts"
import { mondayOf } from "./DateWords.ts"
import { compact, times } from "./Format.ts"

interface Before {
  readonly cell: string
  readonly phrase: ReadonlyArray<string>
}

/**
 * A count of the week before as a cell and in words; `n/a` where the weeks are not compared. A
 * group without a question then is new.
 */
const before = (
  { askedBefore }: QuestionLine,
  amount: number | undefined,
  words: (amount: number) => string
): Before => {
  if (amount === undefined) return { cell: "n/a", phrase: [] }
  return askedBefore === 0
    ? { cell: "new", phrase: ["new"] }
    : { cell: compact(amount), phrase: [words(amount)] }
}

export const askedBefore = (line: QuestionLine): Before =>
  before(line, line.askedBefore, (asked) => `asked ${times(asked)} the week before`)

export const missedBefore = (line: QuestionLine): Before =>
  before(line, line.missedBefore, (missed) =>
    missed === 0 ? "not missed the week before" : `${times(missed)} the week before`
  )

/** Empty for a group of this week or the last, of which `before` tells enough. */
export const askedSince = ({ id }: QuestionLine, { weekId }: Period): ReadonlyArray<string> => {
  const [lastWeek = weekId] = weeksBefore(weekId, 1)
  const first = id === undefined ? weekId : firstWeekOf(id)
  return first < lastWeek ? [`asked every week since ${mondayOf(first)}`] : []
}
