/** Takes questions out of frozen reports: their words, and never a number. */
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Item } from "../../src/layers/DynamoDb.ts"
import { decodeReport, type Entry, encodeReport, ledgerKey } from "../../src/layers/LedgerItem.ts"
import { utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import type { WeeklyReport } from "../../src/schema/WeeklyReport.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import type { Span } from "../installation/WeekIndex.ts"

/** What stands in a report where a question was. */
export const erased = "(erased)"

const without =
  (questions: ReadonlySet<string>) =>
  <L extends { readonly question: string }>(line: L): L =>
    questions.has(line.question) ? { ...line, question: erased } : line

/** The same report without these words; the very same one when it has none of them. */
export const withoutQuestions = (
  report: WeeklyReport,
  questions: ReadonlySet<string>
): WeeklyReport => {
  const { closed, missed, topQuestions, unanswered } = report
  const mentions = [...topQuestions, ...unanswered, ...closed, ...missed]
  if (!mentions.some(({ question }) => questions.has(question))) return report
  return {
    ...report,
    topQuestions: topQuestions.map(without(questions)),
    unanswered: unanswered.map(without(questions)),
    closed: closed.map(without(questions)),
    // only the next week's report looks for these, by their words
    missed: missed.filter(({ question }) => !questions.has(question))
  }
}

/** Somebody else wrote the report at the same time. */
class ReportChanged extends Data.TaggedError("ReportChanged")<{ readonly report: string }> {
  override get message() {
    return `the report of ${this.report} changed meanwhile: run it again`
  }
}

interface Found {
  readonly entry: Entry
  readonly item: Item
}

const nameOf = ({ interim, weekId }: Entry): string =>
  interim === undefined ? weekId : `${weekId} (interim)`

const weekMs = 7 * 86_400_000

/** Every entry that may speak of the span: a week of another zone, and the week after, included. */
const findEntries = Effect.fnUntraced(function* (table: Table, { endMs, startMs }: Span) {
  const weeks = utcWeeksOf({ startMs: Math.max(0, startMs - weekMs), endMs: endMs + 2 * weekMs })
  const entries = weeks.flatMap(
    (weekId): ReadonlyArray<Entry> => [{ weekId }, { weekId, interim: true }]
  )
  const items = yield* getItems(table, entries.map(ledgerKey), { consistent: true })
  return entries.flatMap((entry): ReadonlyArray<Found> => {
    const item = items.get(nameOfItem(ledgerKey(entry)))
    return item === undefined ? [] : [{ entry, item }]
  })
})

const replace = (table: Table, entry: Entry, before: string, after: WeeklyReport) =>
  table
    .write("UpdateItem", (client, options) =>
      client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: ledgerKey(entry),
          UpdateExpression: "SET report = :after",
          ConditionExpression: "report = :before",
          ExpressionAttributeValues: {
            ":before": { S: before },
            ":after": { S: encodeReport(after) }
          }
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
  /** Of another version, so their words cannot be told from the rest. */
  readonly unreadable: ReadonlyArray<string>
  /** Being made at this moment, perhaps from what is about to be deleted. */
  readonly inProgress: ReadonlyArray<string>
}

const isInProgress = ({ leaseUntil, report, state }: Item, now: number): boolean =>
  state?.S === "claimed" && report === undefined && Number(leaseUntil?.N) > now

/** Goes through the reports of a span, and beyond where its questions may have come up again. */
export const eraseFromReports = Effect.fnUntraced(function* (
  table: Table,
  span: Span,
  questions: ReadonlySet<string>,
  { dryRun }: { readonly dryRun: boolean }
) {
  const now = yield* Clock.currentTimeMillis
  const done = { rewritten: [], unreadable: [], inProgress: [] } as {
    [K in keyof ReportsDone]: Array<string>
  }
  for (const { entry, item } of yield* findEntries(table, span)) {
    const json = item.report?.S
    if (isInProgress(item, now)) done.inProgress.push(nameOf(entry))
    if (json === undefined) continue
    const report = decodeReport(json)
    if (Option.isNone(report)) {
      done.unreadable.push(nameOf(entry))
      continue
    }
    const after = withoutQuestions(report.value, questions)
    if (after === report.value) continue
    if (!dryRun) yield* replace(table, entry, json, after)
    done.rewritten.push(nameOf(entry))
  }
  return done satisfies ReportsDone
})
