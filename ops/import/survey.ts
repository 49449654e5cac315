/** Reads a whole file before anything is sent: what it is, and which of its rows can be stored. */
import * as Console from "effect/Console"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { FileRejected } from "../../cli/FileRejected.ts"
import { progress } from "../../cli/progress.ts"
import { plural } from "../../cli/wording.ts"
import { applyPrivacy, privacyModeDefault } from "../../src/schema/redaction/Privacy.ts"
import { makeRedactor } from "../../src/schema/redaction/Redaction.ts"
import type { Input } from "./flags.ts"
import { type Choice, type Imported, importHistory, type RejectedRow } from "./importHistory.ts"
import { type History, readHistory } from "./readHistory.ts"
import type { DayOrder } from "./readTime.ts"
import { Times } from "./Times.ts"

/** Names this many rejected rows one by one, and counts all. */
const namedMax = 100

/** Texts of another tool are redacted, because nobody chose to keep them here. */
const privacyOf = ({ patterns, privacy }: Input, { isOwn }: History) =>
  applyPrivacy(
    Option.getOrElse(privacy, () => (isOwn ? "full" : privacyModeDefault)),
    makeRedactor(patterns)
  )

export interface Surveyed {
  readonly history: History
  readonly times: Times
  readonly counts: Imported
  readonly named: ReadonlyArray<RejectedRow>
  /** The place where the file cannot be read on. */
  readonly fault: FileRejected | undefined
  /** The next reading of the same rows needs this. */
  readonly choice: Omit<Choice, "onFault" | "onRejected" | "onSent">
}

/** Reads all rows with dates in one order, or in none yet. */
const readAll = Effect.fnUntraced(function* (
  input: Input,
  zone: DateTime.TimeZone,
  order: DayOrder | undefined
) {
  const { file, fromLine } = input
  const otherwise = Option.getOrUndefined(Option.map(input.time, Date.parse))
  const times = new Times({ zone, order }, otherwise)
  const map = Option.getOrElse(input.map, () => "")
  const history = yield* readHistory(file, { times, map, fromLine })
  const choice = { rows: history.rows, isOfAnyAge: input.keepDates === "none" }
  const named: Array<RejectedRow> = []
  const advance = progress("rows read")
  let fault: FileRejected | undefined
  const counts = yield* importHistory(
    {
      ...choice,
      // nothing leaves this machine yet, and redaction takes longer than all else
      makePrivate: (event) => event,
      onRejected: (row) => {
        if (row.reason !== "expired" && named.length < namedMax) named.push(row)
      },
      onSent: ({ rows }) => advance(rows),
      onFault: (found) => {
        fault = found
      }
    },
    Effect.succeed
  )
  const makePrivate = privacyOf(input, history)
  return {
    history,
    times,
    counts,
    named,
    fault,
    choice: { ...choice, makePrivate }
  } satisfies Surveyed
})

/** The order of all dates that show one; undefined if none does, or if they differ. */
const shownOrder = ({ counts }: Times): DayOrder | undefined => {
  if (counts.dmy > 0 && counts.mdy === 0) return "dmy"
  return counts.mdy > 0 && counts.dmy === 0 ? "mdy" : undefined
}

/** Fails for dates that leave a choice which no row decides. */
export const survey = Effect.fn("import.survey")(function* (input: Input, zone: DateTime.TimeZone) {
  const given = Option.getOrUndefined(input.timeFormat)
  const first = yield* readAll(input, zone, given)
  const shown = shownOrder(first.times)
  const found =
    given === undefined && first.times.counts.either > 0 && shown !== undefined
      ? yield* readAll(input, zone, shown)
      : first
  const { ambiguous_time: undecided } = found.counts.rejected
  if (undecided > 0) {
    const { dmy } = found.times.counts
    const why = dmy > 0 ? "other rows show both orders" : "no row shows their order"
    return yield* new FileRejected({
      file: input.file,
      detail:
        `has dates such as 03/04/2026 in ${plural(undecided, "row")}, and ${why}: ` +
        "give --time-format dmy (3 April) or --time-format mdy (March 4)"
    })
  }
  for (const { detail, line } of found.named) yield* Console.error(`line ${line}: ${detail}`)
  return found
})
