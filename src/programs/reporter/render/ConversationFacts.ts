/** How long conversations are, and what visitors do after a miss. */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { Facts } from "./Facts.ts"

/** Absent where no conversation is told. */
export const conversationFacts = (
  { conversations }: WeeklyReport,
  { conversations: words, numbers }: Words
): Facts | undefined => {
  if (conversations === undefined) return undefined
  const { askedAgain, count: all, ended, endedOnMiss, median, missed, questions } = conversations
  const mean = numbers.tenths(questions / all)
  const others = all === ended ? "" : words.othersUnknown
  return {
    title: words.title,
    caption: words.caption,
    rows: [
      { label: words.length, value: words.lengths(all, mean, median, conversations.single) },
      ...(missed === 0
        ? []
        : [{ label: words.askedAgain, value: words.again(askedAgain, missed) }]),
      ...(ended === 0
        ? []
        : [{ label: words.ended, value: `${words.endedOn(endedOnMiss, ended)}${others}` }])
    ]
  }
}
