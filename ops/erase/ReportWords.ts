/** Takes questions out of frozen reports: their words, and never a number. */
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { decodeReport, type LedgerKey, ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { positionOf } from "../installation/WeekIndex.ts"

/** What stands in a report where a question was. */
const erased = "(erased)"

/**
 * The same JSON without these words; the very same text when it has none of them. Every list of a
 * report has its questions under one name, so that reports of other versions lose theirs too.
 */
const withoutQuestions = (json: string, questions: ReadonlySet<unknown>): string => {
  let isFound = false
  const report: unknown = JSON.parse(json, (name, value: unknown) => {
    if (name !== "question" || !questions.has(value)) return value
    isFound = true
    return erased
  })
  return isFound ? JSON.stringify(report) : json
}

/** Somebody else wrote the report at the same time. */
class ReportChanged extends Data.TaggedError("ReportChanged")<{ readonly report: string }> {
  override get message() {
    return `the report of ${this.report} changed meanwhile: run it again`
  }
}

/** What a run has read may still get into its report, when nobody knows the words any more. */
class ReportInProgress extends Data.TaggedError("ReportInProgress")<{
  readonly reports: ReadonlyArray<string>
}> {
  override get message() {
    return `the report of ${this.reports.join(", ")} is still being made: run it again later`
  }
}

interface StoredReport {
  readonly entry: LedgerKey
  readonly item: Item
}

const nameOf = ({ interim, weekId }: LedgerKey): string =>
  interim === undefined ? weekId : `${weekId} (interim)`

const weekMs = 7 * 86_400_000

/** Every entry that may speak of these: a week of another zone, and the week after, included. */
const findEntries = Effect.fnUntraced(function* (table: Table, items: ReadonlyArray<Item>) {
  const times = items.map((item) => positionOf(item).timestamp).sort((a, b) => a - b)
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const weeks = utcWeeksOf({ startMs: Math.max(0, first - weekMs), endMs: last + 2 * weekMs })
  const entries = weeks.flatMap(
    (weekId): ReadonlyArray<LedgerKey> => [{ weekId }, { weekId, interim: true }]
  )
  const there = yield* getItems(table, entries.map(ledgerKey), { consistent: true })
  const found = entries.flatMap((entry): ReadonlyArray<StoredReport> => {
    const item = there.get(nameOfItem(ledgerKey(entry)))
    return item === undefined ? [] : [{ entry, item }]
  })
  const now = yield* Clock.currentTimeMillis
  const inProgress = found.filter(({ item }) => isInProgress(item, now))
  return { found, inProgress: inProgress.map(({ entry }) => nameOf(entry)) }
})

const isInProgress = ({ leaseUntil, report, state }: Item, now: number): boolean =>
  state?.S === "claimed" && report === undefined && Number(leaseUntil?.N) > now

const replace = (table: Table, entry: LedgerKey, before: string, after: string) =>
  table
    .write("UpdateItem", (client, options) =>
      client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: ledgerKey(entry),
          UpdateExpression: "SET report = :after",
          ConditionExpression: "report = :before",
          ExpressionAttributeValues: { ":before": { S: before }, ":after": { S: after } }
        }),
        options
      )
    )
    .pipe(
      Effect.catchTag("ConditionFailed", () =>
        Effect.fail(new ReportChanged({ report: nameOf(entry) }))
      )
    )

/** Reports by what became of the questions in them. */
export interface ReportsDone {
  readonly rewritten: ReadonlyArray<string>
  /** Of another version, so nobody can tell whether there are more of their words. */
  readonly unreadable: ReadonlyArray<string>
}

/** Longer than a run of the reporter can hold a week. */
const untilMade = Schedule.spaced("2 seconds").pipe(Schedule.upTo({ duration: "5 minutes" }))

/** What is to be erased, and how. */
export interface Erasing {
  readonly dryRun: boolean
  /** Reports are being made from what is to be erased, so these are waited for. */
  readonly onWait: (reports: ReadonlyArray<string>) => Effect.Effect<void>
}

/** The entries once nobody makes one of them; a dry run takes them as they are. */
const settledEntries = Effect.fnUntraced(function* (
  table: Table,
  items: ReadonlyArray<Item>,
  { dryRun, onWait }: Erasing
) {
  const look = findEntries(table, items)
  const { found, inProgress } = yield* look
  if (dryRun || inProgress.length === 0) return found
  yield* onWait(inProgress)
  const later = yield* Effect.repeat(look, {
    schedule: untilMade,
    while: (seen) => seen.inProgress.length > 0
  })
  if (later.inProgress.length === 0) return later.found
  return yield* new ReportInProgress({ reports: later.inProgress })
})

/** Takes the items' questions out of every report where they may have come up. */
export const eraseFromReports = Effect.fnUntraced(function* (
  table: Table,
  items: ReadonlyArray<Item>,
  erasing: Erasing
) {
  const done = { rewritten: Array.of<string>(), unreadable: Array.of<string>() }
  if (items.length === 0) return done
  const questions = new Set(items.flatMap(({ question }) => question?.S || []))
  for (const { entry, item } of yield* settledEntries(table, items, erasing)) {
    const json = item.report?.S
    if (json === undefined) continue
    if (Option.isNone(decodeReport(json))) done.unreadable.push(nameOf(entry))
    const after = Option.getOrElse(
      Option.liftThrowable(withoutQuestions)(json, questions),
      () => json
    )
    if (after === json) continue
    if (!erasing.dryRun) yield* replace(table, entry, json, after)
    done.rewritten.push(nameOf(entry))
  }
  return done satisfies ReportsDone
})
