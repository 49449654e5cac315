/** Reads questions: from a table since the last whole week began, or from a whole export. */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { FileRejected } from "../../cli/FileRejected.ts"
import { plural } from "../../cli/wording.ts"
import { quotedAnswer, withLastAnswer } from "../../src/programs/reporter/lastAnswers.ts"
import { readWeek } from "../../src/programs/reporter/readWeek.ts"
import { correlate, type Interaction } from "../../src/schema/Interaction.ts"
import { summaryOf } from "../../src/schema/InteractionSummary.ts"
import { InteractionTraits } from "../../src/schema/InteractionTraits.ts"
import {
  periodOf,
  previousWeek,
  utcWeekId,
  wallClock,
  weeksBefore
} from "../../src/schema/IsoWeek.ts"
import { boundQuestions } from "../../src/schema/report/boundQuestions.ts"
import { listedIn } from "../../src/schema/report/ContinuedGroups.ts"
import { missOf } from "../../src/schema/report/Miss.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { type HistoryRow, readHistory } from "../import/readHistory.ts"
import { Times } from "../import/Times.ts"
import { type AskedGroup, groupsIn } from "./AskedGroup.ts"

export interface Asked {
  readonly groups: ReadonlyArray<AskedGroup>
  /** The place and the time of these questions, in words. */
  readonly source: string
}

/** Each needs one item of the table. */
const answersMax = 25

/** Adds what the bot said to the most missed groups. */
const withAnswers = (groups: ReadonlyArray<AskedGroup>) =>
  Effect.forEach(
    groups.toSorted((one, other) => other.missed - one.missed),
    (group, place) => {
      const { lastMiss } = group
      if (lastMiss === undefined || place >= answersMax) return Effect.succeed(group)
      return Effect.map(withLastAnswer({ lastMiss }), (found) => ({ ...group, ...found }))
    },
    { concurrency: 2 }
  )

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Both the last whole week and the present one, under the ids of the last mail. */
export const readAskedAt = Effect.fn("gaps.readAsked")(function* (
  place: string,
  zone: DateTime.TimeZone.Named
) {
  const now = yield* Clock.currentTimeMillis
  const week = previousWeek(now, zone)
  const { startMs } = periodOf(week, zone)
  const period = { ...periodOf(utcWeekId(wallClock(now, zone)), zone), startMs }
  const { tally, ...reading } = yield* readWeek(period)
  const reports = yield* (yield* ReportLedger).reports([...weeksBefore(week, 1), week])
  const last = reports.at(-1)
  const groups = yield* groupsIn(tally, last === undefined ? [] : listedIn(last), now)
  const until = "readUntil" in reading ? `, in part: until ${dayOf(reading.readUntil)}` : ""
  return {
    groups: yield* withAnswers(groups),
    source: `${place}, questions since ${dayOf(startMs)}${until}`
  } satisfies Asked
})

const decodeTraits = Schema.decodeUnknownResult(Schema.fromJsonString(InteractionTraits))

/** The traits in a line of an export; a row of CSV tells none. */
const traitsOf = ({ text }: HistoryRow): InteractionTraits =>
  text === undefined ? {} : Result.getOrElse(decodeTraits(text), () => ({}))

/** All that an export with texts holds; a line that is cut ends it with one clear error. */
export const readAskedIn = Effect.fn("gaps.readAskedIn")(function* (
  file: string,
  zone: DateTime.TimeZone
) {
  const tally = empty()
  const said = new Map<string, string>()
  let questions = 0
  const { rows } = yield* readHistory(file, { times: new Times({ zone }) })
  yield* rows.pipe(
    Stream.runForEach((row) => {
      if (Result.isFailure(row.events)) {
        return new FileRejected({ file, detail: `line ${row.line}: ${row.events.failure.message}` })
      }
      const interaction = row.events.success
        .filter((event) => event.eventType !== "feedback")
        .reduce<Interaction | undefined>(correlate, undefined)
      if (interaction === undefined) return Effect.void
      const summary = summaryOf(interaction, traitsOf(row))
      observe(tally, summary)
      questions += 1
      if (interaction.status !== "awaiting_response" && missOf(summary)?.kind === "none") {
        said.set(summary.requestId, quotedAnswer(interaction.response.response))
      }
      return Effect.void
    })
  )
  boundQuestions(tally)
  const groups = yield* groupsIn(tally, [], yield* Clock.currentTimeMillis)
  return {
    groups: groups.map((group) => {
      const { lastMiss } = group
      const answer = lastMiss && said.get(lastMiss.requestId)
      return answer ? { ...group, lastMiss: { ...lastMiss, answer } } : group
    }),
    source: `${file}, ${plural(questions, "question")}`
  } satisfies Asked
})
