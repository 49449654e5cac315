/** The words of the last answer that each listed question was missed with. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import { excerpt } from "../../schema/InteractionSummary.ts"
import type { LastMiss, MissedLine } from "../../schema/report/WeeklyReport.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"

/** The longest quotation of an answer, in characters. */
const answerLengthMax = 160

/** An item may take a while to read, but the report does not wait for long. */
const patience = "10 seconds"

/** Few at a time, because an item is read whole and may be large. */
const concurrency = 2

/** Empty when the item is gone or unreadable, or when its text was withheld. */
const answerOf = Effect.fnUntraced(function* ({ requestId, timestamp }: LastMiss) {
  const { get } = yield* InteractionStore
  const found = Option.getOrUndefined(
    yield* get({ requestId: RequestId.make(requestId), timestamp })
  )
  if (found === undefined || found.status === "awaiting_response") return ""
  return excerpt(found.response.response.trim().replace(/\s+/g, " "), answerLengthMax)
})

const withAnswer = Effect.fnUntraced(function* (line: MissedLine) {
  const { lastMiss } = line
  if (lastMiss?.kind !== "none") return line
  const answer = yield* answerOf(lastMiss).pipe(
    Effect.timeout(patience),
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("answer not quoted", { reason: error.message }), "")
    )
  )
  return answer === "" ? line : { ...line, lastMiss: { ...lastMiss, answer } }
})

/** Adds the answers as far as they can be read; an answer that cannot is left out. */
export const withLastAnswers = (lines: ReadonlyArray<MissedLine>) =>
  Effect.forEach(lines, withAnswer, { concurrency })
