/** The words of the answers that a report quotes: the last misses, and what was rated badly. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import { excerpt } from "../../schema/InteractionSummary.ts"
import type { BadRating } from "../../schema/report/Votes.ts"
import {
  listLengthMax,
  type MissedLine,
  type WeeklyReport
} from "../../schema/report/WeeklyReport.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"

/** The longest quotation of an answer, in characters. */
const answerLengthMax = 160

/** An item may take a while to read, but the report does not wait for long. */
const patience = "10 seconds"

/** Few at a time, because an item is read whole and may be large. */
const concurrency = 2

/** Names an exchange in a report. */
interface Exchange {
  readonly requestId: string
  readonly timestamp: number
}

/** The beginning of an answer, in one line. */
export const quotedAnswer = (answer: string): string =>
  excerpt(answer.trim().replace(/\s+/g, " "), answerLengthMax)

const read = Effect.fnUntraced(function* ({ requestId, timestamp }: Exchange) {
  const { get } = yield* InteractionStore
  const found = Option.getOrUndefined(
    yield* get({ requestId: RequestId.make(requestId), timestamp })
  )
  if (found === undefined || found.status === "awaiting_response") return ""
  return quotedAnswer(found.response.response)
})

/** Empty when the item is gone or cannot be read, or when its text was withheld. */
const answerOf = (exchange: Exchange) =>
  read(exchange).pipe(
    Effect.timeout(patience),
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("answer not quoted", { reason: error.message }), "")
    )
  )

export const withLastAnswer = Effect.fnUntraced(function* <
  Line extends Pick<MissedLine, "lastMiss">
>(line: Line) {
  const { lastMiss } = line
  if (lastMiss?.kind !== "none") return line
  const answer = yield* answerOf(lastMiss)
  return answer === "" ? line : { ...line, lastMiss: { ...lastMiss, answer } }
})

const withRatedAnswer = Effect.fnUntraced(function* (rating: BadRating) {
  if (rating.verdict === "noAnswer") return rating
  const answer = yield* answerOf(rating)
  return answer === "" ? rating : { ...rating, answer }
})

/** A whole list quotes no more answers than the e-mail, because each is an item to read. */
const quoted = <Line, E, R>(
  lines: ReadonlyArray<Line>,
  quote: (line: Line) => Effect.Effect<Line, E, R>
) =>
  Effect.forEach(lines, (line, at) => (at < listLengthMax ? quote(line) : Effect.succeed(line)), {
    concurrency
  })

/** Adds the answers as far as they can be read; an answer that cannot is left out. */
export const withAnswers = Effect.fnUntraced(function* (report: WeeklyReport) {
  const { ratedBadly, unanswered } = report
  return {
    ...report,
    unanswered: yield* quoted(unanswered, withLastAnswer),
    ...(ratedBadly === undefined ? {} : { ratedBadly: yield* quoted(ratedBadly, withRatedAnswer) })
  } satisfies WeeklyReport
})
