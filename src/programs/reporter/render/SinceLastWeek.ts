/** How a listed group stands to the week before, in words. */
import { type Period, weeksBefore } from "../../../schema/IsoWeek.ts"
import { firstWeekOf } from "../../../schema/report/GroupId.ts"
import type { QuestionLine } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"

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
  said: (amount: number) => string,
  { missed, numbers }: Words
): Before => {
  if (amount === undefined) return { cell: numbers.none, phrase: [] }
  return askedBefore === 0
    ? { cell: missed.fromZero, phrase: [missed.fromZero] }
    : { cell: numbers.compact(amount), phrase: [said(amount)] }
}

export const askedBefore = (line: QuestionLine, words: Words): Before =>
  before(line, line.askedBefore, words.top.before, words)

export const missedBefore = (line: QuestionLine, words: Words): Before =>
  before(line, line.missedBefore, words.missed.before, words)

/** Empty for a group of this week or the last, of which `before` tells enough. */
export const askedSince = (
  { id }: QuestionLine,
  { weekId }: Period,
  { dates, missed }: Words
): ReadonlyArray<string> => {
  const [lastWeek = weekId] = weeksBefore(weekId, 1)
  const first = id === undefined ? weekId : firstWeekOf(id)
  return first < lastWeek ? [missed.since(dates.mondayOf(first))] : []
}
