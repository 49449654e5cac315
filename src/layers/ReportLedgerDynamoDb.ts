import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { WeekId } from "../schema/IsoWeek.ts"
import { reportKeptUntil } from "../schema/report/WeeklyReport.ts"
import { type StoreError, StoreRejected } from "../services/InteractionStore.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped
} from "../services/ReportLedger.ts"
import { type ConditionFailed, callPatiently, DynamoDb, type Item } from "./dynamodb/DynamoDb.ts"
import { ttlAttribute } from "./dynamodb/InteractionItem.ts"
import {
  decodeReport,
  encodeReport,
  type LedgerKey,
  ledgerKey,
  reportExpiresAt
} from "./dynamodb/LedgerItem.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  claim: ["dynamodb:UpdateItem"],
  freeze: ["dynamodb:UpdateItem"],
  confirm: ["dynamodb:UpdateItem"],
  skip: ["dynamodb:UpdateItem"],
  reports: ["dynamodb:GetItem"],
  release: ["dynamodb:UpdateItem"]
} satisfies Record<keyof ReportLedger["Service"], ReadonlyArray<string>>

const isNew = "attribute_not_exists(#state)"
const leaseHasEnded = "(#state = :claimed AND leaseUntil <= :now)"
const isMine = "(#state = :claimed AND #owner = :owner)"

const names = { "#state": "state", "#owner": "owner" }

interface Change {
  readonly entry: LedgerKey
  readonly set: string
  readonly when: string
  readonly values: Item
}

const update = (tableName: string, { entry, set, values, when }: Change) =>
  new UpdateItemCommand({
    TableName: tableName,
    Key: ledgerKey(entry),
    UpdateExpression: `SET ${set}`,
    ConditionExpression: when,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ":claimed": { S: "claimed" }, ...values },
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  })

const frozenOf = (item: Item) => {
  const json = item.report?.S
  if (json === undefined) return Effect.succeed({})
  return Option.match(decodeReport(json), {
    onNone: () =>
      Effect.fail(new StoreRejected({ operation: "claim", detail: "unreadable frozen report" })),
    onSome: (frozen) => Effect.succeed({ frozen })
  })
}

const refusal = (weekId: WeekId, item: Item = {}) => {
  if (item.state?.S === "skipped") return new ReportSkipped({ weekId })
  return item.state?.S === "confirmed"
    ? new ReportAlreadySent({ weekId, messageId: item.messageId?.S ?? "" })
    : new ReportInProgress({ weekId, leaseUntil: Number(item.leaseUntil?.N ?? 0) })
}

/**
 * Taken when nobody has it, when its holder's time is up, or again when the first answer was lost.
 */
const claimOf = (
  entry: LedgerKey,
  { leaseUntil, now, owner }: { owner: string; leaseUntil: number; now: number }
): Change => ({
  entry,
  set: [
    "#state = :claimed, #owner = :owner, leaseUntil = :until",
    "claims = if_not_exists(claims, :zero) + :one"
  ].join(", "),
  when: `${isNew} OR ${leaseHasEnded} OR ${isMine}`,
  values: {
    ":owner": { S: owner },
    ":until": { N: String(leaseUntil) },
    ":now": { N: String(now) },
    ":zero": { N: "0" },
    ":one": { N: "1" }
  }
})

const confirmation = (messageId: string, now: number) => ({
  ":confirmed": { S: "confirmed" },
  ":messageId": { S: messageId },
  ":now": { N: String(now) }
})

/**
 * A report that an older version froze and this one cannot read is as good as never made, and so
 * is one that has expired and is not deleted yet.
 */
const readReport = Effect.fnUntraced(function* (
  client: DynamoDBClient,
  tableName: string,
  weekId: WeekId
) {
  const now = yield* Clock.currentTimeMillis
  const { Item: item } = yield* callPatiently("GetItem", (o) =>
    client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: ledgerKey({ weekId }),
        ProjectionExpression: "report"
      }),
      o
    )
  ).pipe(Effect.catchTag("ConditionFailed", Effect.die))
  if (item?.report === undefined) return []
  const report = decodeReport(item.report.S)
  if (Option.isNone(report)) yield* Effect.logWarning("unreadable report left out", { weekId })
  return Option.toArray(report).filter((kept) => reportKeptUntil(kept) > now)
})

const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb

  const write = (change: Change): Effect.Effect<Item, StoreError | ConditionFailed> =>
    callPatiently("UpdateItem", (o) => client.send(update(tableName, change), o)).pipe(
      Effect.map(({ Attributes = {} }) => Attributes)
    )

  /** A write that only the holder of the claim may do; `unless` it is what was done already. */
  const writeAsHolder = (held: Claim, set: string, values: Item, unless?: string) =>
    write({
      entry: held,
      set,
      when: unless === undefined ? isMine : `${isMine} OR (#owner = :owner AND ${unless})`,
      values: { ":owner": { S: held.owner }, ...values }
    }).pipe(
      Effect.asVoid,
      Effect.catchTag("ConditionFailed", () => Effect.fail(new ClaimLost({ weekId: held.weekId })))
    )

  const claim: ReportLedger["Service"]["claim"] = ({ leaseSeconds, owner, ...entry }) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const leaseUntil = now + leaseSeconds * 1000
      const item = yield* write(claimOf(entry, { owner, leaseUntil, now }))
      return Claim.make({ ...entry, owner, leaseUntil, ...(yield* frozenOf(item)) })
    }).pipe(
      Effect.catchTag("ConditionFailed", ({ item }) => Effect.fail(refusal(entry.weekId, item)))
    )

  return ReportLedger.of({
    claim,
    reports: (weekIds) =>
      Effect.forEach(weekIds, (weekId) => readReport(client, tableName, weekId), {
        concurrency: "unbounded"
      }).pipe(Effect.map((found) => found.flat())),
    freeze: (held, report) =>
      writeAsHolder(held, `report = :report, ${ttlAttribute} = :expiresAt`, {
        ":report": { S: encodeReport(report) },
        ":expiresAt": { N: String(reportExpiresAt(report)) }
      }),
    confirm: (held, messageId) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        writeAsHolder(
          held,
          "#state = :confirmed, messageId = :messageId, confirmedAt = :now",
          confirmation(messageId, now),
          "#state = :confirmed AND messageId = :messageId"
        )
      ),
    skip: (held) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        writeAsHolder(
          held,
          "#state = :skipped, skippedAt = :now",
          { ":skipped": { S: "skipped" }, ":now": { N: String(now) } },
          "#state = :skipped"
        )
      ),
    release: (held) => writeAsHolder(held, "leaseUntil = :ended", { ":ended": { N: "0" } })
  })
})

export const layer = (options: Options) => Layer.effect(ReportLedger, make(options))
