/** How long conversations are, and what visitors do after a miss. */
import type { ConversationFigures } from "../../../schema/report/ConversationFigures.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Fact, Facts } from "./Facts.ts"
import { count, plural } from "./Format.ts"

const length = ({ count: all, median, questions, single }: ConversationFigures): string => {
  const mean = (questions / all).toFixed(1)
  const half = median === 1 ? "half have one" : `half have ${count(median)} or fewer`
  return (
    `${plural(all, "conversation")} of ${mean} questions on average; ` +
    `${half}, and ${count(single)} ${single === 1 ? "has" : "have"} a single one`
  )
}

const askedAgain = ({ askedAgain: again, missed }: ConversationFigures): ReadonlyArray<Fact> =>
  missed === 0
    ? []
    : [
        {
          label: "Asked again",
          value:
            `after ${count(again)} of ${plural(missed, "answer")} that missed or got a vote ` +
            "down: the same question within ten minutes, perhaps in other words"
        }
      ]

const endedOnMiss = ({
  count: all,
  ended,
  endedOnMiss: on
}: ConversationFigures): ReadonlyArray<Fact> => {
  const unknown = all === ended ? "" : "; how the others ended is not known"
  return ended === 0
    ? []
    : [
        {
          label: "Ended on a miss",
          value: `${count(on)} of ${plural(ended, "conversation")}${unknown}`
        }
      ]
}

/** Absent where no conversation is told. */
export const conversationFacts = ({ conversations }: WeeklyReport): Facts | undefined =>
  conversations && {
    title: "Conversations",
    caption: "The questions of one session are a conversation.",
    rows: [
      { label: "Length", value: length(conversations) },
      ...askedAgain(conversations),
      ...endedOnMiss(conversations)
    ]
  }
