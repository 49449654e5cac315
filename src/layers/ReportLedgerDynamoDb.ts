import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { WeekId } from "../schema/IsoWeek.ts"
import { WeeklyReport } from "../schema/WeeklyReport.ts"
import { type StoreError, StoreRejected } from "../services/InteractionStore.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger
} from "../services/ReportLedger.ts"
import { type ConditionFailed, callPatiently, DynamoDb, type Item } from "./DynamoDb.ts"

export interface Options {
  readonly tableName: string
}

const ReportJson = Schema.fromJsonString(WeeklyReport)
const encodeReport = Schema.encodeSync(ReportJson)
const decodeReport = Schema.decodeUnknownOption(ReportJson)

/** Ledger items have no `week` and no `sessionId`, so they stay out of both indexes. */
const ledgerKey = (weekId: WeekId): Item => ({
  requestId: { S: `report#${weekId}` },
  timestamp: { N: "0" }
})

const isNew = "attribute_not_exists(#state)"
const leaseHasEnded = "(#state = :claimed AND leaseUntil <= :now)"
const isMine = "(#state = :claimed AND #owner = :owner)"

const names = { "#state": "state", "#owner": "owner" }

interface Change {
  readonly weekId: WeekId
  readonly set: string
  readonly when: string
  readonly values: Item
}

const update = (tableName: string, { set, values, weekId, when }: Change) =>
  new UpdateItemCommand({
    TableName: tableName,
    Key: ledgerKey(weekId),
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

const refusal = (weekId: WeekId, item: Item = {}) =>
  item.state?.S === "confirmed"
    ? new ReportAlreadySent({ weekId, messageId: item.messageId?.S ?? "" })
    : new ReportInProgress({ weekId, leaseUntil: Number(item.leaseUntil?.N ?? 0) })

const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb

  const write = (change: Change): Effect.Effect<Item, StoreError | ConditionFailed> =>
    callPatiently("UpdateItem", (o) => client.send(update(tableName, change), o)).pipe(
      Effect.map(({ Attributes = {} }) => Attributes)
    )

  /** A write that only the holder of the claim may do. */
  const writeAsHolder = (claim: Claim, set: string, values: Item) =>
    write({
      weekId: claim.weekId,
      set,
      when: isMine,
      values: { ":owner": { S: claim.owner }, ...values }
    }).pipe(
      Effect.asVoid,
      Effect.catchTag("ConditionFailed", () => Effect.fail(new ClaimLost({ weekId: claim.weekId })))
    )

  const claim: ReportLedger["Service"]["claim"] = ({ leaseSeconds, owner, weekId }) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const leaseUntil = now + leaseSeconds * 1000
      const item = yield* write({
        weekId,
        set: [
          "#state = :claimed, #owner = :owner, leaseUntil = :until",
          "claims = if_not_exists(claims, :zero) + :one"
        ].join(", "),
        // a claim of its own is a try whose answer was lost
        when: `${isNew} OR ${leaseHasEnded} OR ${isMine}`,
        values: {
          ":owner": { S: owner },
          ":until": { N: String(leaseUntil) },
          ":now": { N: String(now) },
          ":zero": { N: "0" },
          ":one": { N: "1" }
        }
      })
      return Claim.make({ weekId, owner, leaseUntil, ...(yield* frozenOf(item)) })
    }).pipe(Effect.catchTag("ConditionFailed", ({ item }) => Effect.fail(refusal(weekId, item))))

  /** A report that an older version froze and this one cannot read is as good as never made. */
  const report = (weekId: WeekId) =>
    callPatiently("GetItem", (o) =>
      client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: ledgerKey(weekId),
          ProjectionExpression: "report"
        }),
        o
      )
    ).pipe(
      Effect.map(({ Item: item }) => Option.toArray(decodeReport(item?.report?.S))),
      Effect.catchTag("ConditionFailed", Effect.die)
    )

  return ReportLedger.of({
    claim,
    reports: (weekIds) =>
      Effect.map(Effect.forEach(weekIds, report, { concurrency: "unbounded" }), (found) =>
        found.flat()
      ),
    freeze: (held, report) =>
      writeAsHolder(held, "report = :report", { ":report": { S: encodeReport(report) } }),
    confirm: (held, messageId) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        writeAsHolder(held, "#state = :confirmed, messageId = :messageId, confirmedAt = :now", {
          ":confirmed": { S: "confirmed" },
          ":messageId": { S: messageId },
          ":now": { N: String(now) }
        })
      ),
    release: (held) => writeAsHolder(held, "leaseUntil = :ended", { ":ended": { N: "0" } })
  })
})

export const layer = (options: Options) => Layer.effect(ReportLedger, make(options))
