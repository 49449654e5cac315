/** Takes questions and answers out of frozen reports; the numbers stay. */
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import { decodeReport } from "../../src/schema/report/FrozenReport.ts"
import type { ClaimKey } from "../../src/services/ReportLedger.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import { reportWithout, type SessionTexts } from "./reportWithout.ts"

/** Another process wrote the report at the same time. */
class ReportChanged extends Data.TaggedError("ReportChanged")<{ readonly report: string }> {
  override get message() {
    return `the report of ${this.report} changed meanwhile: run it again`
  }
}

/** A reporter that is still running may put questions into its report that it has read before. */
class ReportBeingMade extends Data.TaggedError("ReportBeingMade")<{
  readonly reports: ReadonlyArray<string>
}> {
  override get message() {
    return `the report of ${this.reports.join(", ")} is still being made: run it again later`
  }
}

interface StoredReport {
  readonly key: ClaimKey
  readonly item: Item
}

const nameOf = ({ interim, weekId }: ClaimKey): string =>
  interim === undefined ? weekId : `${weekId} (interim)`

const weekMs = 7 * 86_400_000

const isInProgress = ({ leaseUntil, report, state }: Item, now: number): boolean =>
  state?.S === "claimed" && report === undefined && Number(leaseUntil?.N) > now

/** Finds all reports that may quote the items, from a week before them to a week after. */
const findReports = Effect.fnUntraced(function* (table: Table, items: ReadonlyArray<Item>) {
  const times = items.map((item) => positionOf(item).timestamp).sort((a, b) => a - b)
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const weeks = utcWeeksOf({ startMs: Math.max(0, first - weekMs), endMs: last + 2 * weekMs })
  const keys = weeks.flatMap(
    (weekId): ReadonlyArray<ClaimKey> => [{ weekId }, { weekId, interim: true }]
  )
  const stored = yield* getItems(table, keys.map(ledgerKey), { consistent: true })
  const reports = keys.flatMap((key): ReadonlyArray<StoredReport> => {
    const item = stored.get(nameOfItem(ledgerKey(key)))
    return item === undefined ? [] : [{ key, item }]
  })
  const now = yield* Clock.currentTimeMillis
  const inProgress = reports.filter(({ item }) => isInProgress(item, now))
  return { reports, inProgress: inProgress.map(({ key }) => nameOf(key)) }
})

const replace = (table: Table, key: ClaimKey, before: string, after: string) =>
  table
    .write(
      new UpdateItemCommand({
        TableName: table.name,
        Key: ledgerKey(key),
        UpdateExpression: "SET report = :after",
        ConditionExpression: "report = :before",
        ExpressionAttributeValues: { ":before": { S: before }, ":after": { S: after } }
      })
    )
    .pipe(
      Effect.catchTag("ConditionFailed", () =>
        Effect.fail(new ReportChanged({ report: nameOf(key) }))
      )
    )

export interface ReportsDone {
  readonly rewritten: ReadonlyArray<string>
  /** Reports of another version, which may quote the questions elsewhere. */
  readonly unreadable: ReadonlyArray<string>
}

/** A run of the reporter ends within 15 minutes, and a crashed one's claim two minutes later. */
const untilMade = Schedule.spaced("2 seconds").pipe(Schedule.upTo({ duration: "18 minutes" }))

export interface Erasing {
  readonly dryRun: boolean
  /** Runs before the erasure waits for reports that are being made. */
  readonly onWait: (reports: ReadonlyArray<string>) => Effect.Effect<void>
}

/** Waits until no report is being made; a dry run takes the reports as they are. */
const settledReports = Effect.fnUntraced(function* (
  table: Table,
  items: ReadonlyArray<Item>,
  { dryRun, onWait }: Erasing
) {
  const look = findReports(table, items)
  const { inProgress, reports } = yield* look
  if (dryRun || inProgress.length === 0) return reports
  yield* onWait(inProgress)
  const later = yield* Effect.repeat(look, {
    schedule: untilMade,
    while: (seen) => seen.inProgress.length > 0
  })
  if (later.inProgress.length === 0) return later.reports
  return yield* new ReportBeingMade({ reports: later.inProgress })
})

/** All by which the items' texts are known elsewhere. */
export const textsOf = (items: ReadonlyArray<Item>): SessionTexts => ({
  questions: new Set(items.flatMap(({ question }) => question?.S || [])),
  requestIds: new Set(items.map((item) => positionOf(item).requestId))
})

/** Takes the items' texts out of every report that may quote them. */
export const eraseFromReports = Effect.fnUntraced(function* (
  table: Table,
  items: ReadonlyArray<Item>,
  erasing: Erasing
) {
  const done = { rewritten: Array.of<string>(), unreadable: Array.of<string>() }
  if (items.length === 0) return done
  const texts = textsOf(items)
  for (const { item, key } of yield* settledReports(table, items, erasing)) {
    const json = item.report?.S
    if (json === undefined) continue
    if (Option.isNone(decodeReport(json))) done.unreadable.push(nameOf(key))
    const rewritten = Option.liftThrowable(reportWithout)(json, texts)
    const after = Option.getOrElse(rewritten, () => json)
    if (after === json) continue
    if (!erasing.dryRun) yield* replace(table, key, json, after)
    done.rewritten.push(nameOf(key))
  }
  return done satisfies ReportsDone
})
