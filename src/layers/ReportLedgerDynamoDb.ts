import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { WeekId } from "../schema/IsoWeek.ts"
import { decodeReport, encodeReport } from "../schema/report/FrozenReport.ts"
import { decodeMarks, encodeMarks, type GapMark } from "../schema/report/GapMark.ts"
import { reportKeptUntil } from "../schema/report/WeeklyReport.ts"
import {
  Claim,
  type ClaimKey,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped,
  SendsUnanswered,
  sendsMax
} from "../services/ReportLedger.ts"
import { callPatiently, DynamoDb, type Item, read } from "./dynamodb/DynamoDb.ts"
import { ttlAttribute } from "./dynamodb/InteractionItem.ts"
import { entryExpiresAt, gapsKey, ledgerKey, reportExpiresAt } from "./dynamodb/LedgerItem.ts"
import { watching } from "./dynamodb/WatchItem.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  claim: ["dynamodb:UpdateItem"],
  renew: ["dynamodb:UpdateItem"],
  freeze: ["dynamodb:UpdateItem"],
  attempt: ["dynamodb:UpdateItem"],
  withdraw: ["dynamodb:UpdateItem"],
  confirm: ["dynamodb:UpdateItem"],
  skip: ["dynamodb:UpdateItem"],
  reports: ["dynamodb:GetItem"],
  gaps: ["dynamodb:GetItem"],
  keepGaps: ["dynamodb:UpdateItem"],
  release: ["dynamodb:UpdateItem"],
  watched: ["dynamodb:GetItem"],
  keepWatched: ["dynamodb:UpdateItem"]
} satisfies Record<keyof ReportLedger["Service"], ReadonlyArray<string>>

const isNew = "attribute_not_exists(#state)"
const leaseHasEnded = "(#state = :claimed AND leaseUntil <= :now)"
const isMine = "(#state = :claimed AND #owner = :owner)"
/** A request that is late on its way must not shorten a lease that was renewed since. */
const endsEarlier = "leaseUntil <= :until"

interface Change {
  readonly set: string
  readonly when: string
  readonly values: Item
}

/** Takes a week that is free or whose lease has ended, or again when the first answer was lost. */
const claiming = (owner: string, leaseUntil: number, now: number): Change => ({
  set: [
    "#state = :claimed, #owner = :owner, leaseUntil = :until",
    "claims = if_not_exists(claims, :zero) + :one"
  ].join(", "),
  when: `${isNew} OR ${leaseHasEnded} OR (${isMine} AND ${endsEarlier})`,
  values: {
    ":owner": { S: owner },
    ":until": { N: String(leaseUntil) },
    ":now": { N: String(now) },
    ":zero": { N: "0" },
    ":one": { N: "1" }
  }
})

/** The entry of a channel or an alert freezes no report with which it could expire. */
const expiring = ({ alert, channel, weekId }: ClaimKey, change: Change): Change =>
  (channel ?? alert) === undefined
    ? change
    : {
        ...change,
        set: `${change.set}, ${ttlAttribute} = :expiresAt`,
        values: { ...change.values, ":expiresAt": { N: String(entryExpiresAt(weekId)) } }
      }

const unansweredOf = (item: Item) => {
  const unanswered = Number(item.unanswered?.N ?? 0)
  return unanswered === 0 ? {} : { unanswered }
}

/** Leaves alone a claim that was given back, whose lease ends at 0. */
const renewing = ({ leaseUntil, owner }: Claim): Change => ({
  set: "leaseUntil = :until",
  when: `${isMine} AND leaseUntil > :zero AND ${endsEarlier}`,
  values: {
    ":owner": { S: owner },
    ":until": { N: String(leaseUntil) },
    ":zero": { N: "0" }
  }
})

/** A report that cannot be read is counted again, because its week must not wait for ever. */
const frozenOf = Effect.fnUntraced(function* (weekId: WeekId, item: Item) {
  const json = item.report?.S
  if (json === undefined) return {}
  const frozen = decodeReport(json)
  if (Option.isSome(frozen)) return { frozen: frozen.value }
  yield* Effect.logWarning("unreadable frozen report: the week is counted again", { weekId })
  return {}
})

const refusal = (weekId: WeekId, item: Item = {}) => {
  if (item.state?.S === "skipped") return new ReportSkipped({ weekId })
  return item.state?.S === "confirmed"
    ? new ReportAlreadySent({ weekId, messageId: item.messageId?.S ?? "" })
    : new ReportInProgress({ weekId, leaseUntil: Number(item.leaseUntil?.N ?? 0) })
}

/** The ledger's items in one table: its conditional writes, and the reading of a report. */
const entriesOf = (client: DynamoDb["Service"], tableName: string) => {
  const write = (key: ClaimKey, { set, values, when }: Change) => {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: ledgerKey(key),
      UpdateExpression: `SET ${set}`,
      ConditionExpression: when,
      ExpressionAttributeNames: { "#state": "state", "#owner": "owner" },
      ExpressionAttributeValues: { ":claimed": { S: "claimed" }, ...values },
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD"
    })
    return callPatiently("UpdateItem", (o) => client.send(command, o))
  }

  /** Writes as the holder of the claim; `isRepeat` tells that the same was written before. */
  const writeAsHolder = (held: Claim, set: string, values: Item, isRepeat?: string) =>
    write(held, {
      set,
      when: isRepeat === undefined ? isMine : `${isMine} OR (#owner = :owner AND ${isRepeat})`,
      values: { ":owner": { S: held.owner }, ...values }
    }).pipe(
      Effect.asVoid,
      Effect.catchTag("ConditionFailed", () => Effect.fail(new ClaimLost({ weekId: held.weekId })))
    )

  /** Leaves out a report that has expired or that this version cannot read. */
  const readReport = Effect.fnUntraced(function* (weekId: WeekId) {
    const now = yield* Clock.currentTimeMillis
    const command = new GetItemCommand({
      TableName: tableName,
      Key: ledgerKey({ weekId }),
      ProjectionExpression: "report"
    })
    const { Item: item } = yield* read("GetItem", (o) => client.send(command, o))
    if (item?.report === undefined) return []
    const report = decodeReport(item.report.S)
    if (Option.isNone(report)) yield* Effect.logWarning("unreadable report left out", { weekId })
    return Option.toArray(report).filter((kept) => reportKeptUntil(kept) > now)
  })

  return { write, writeAsHolder, readReport }
}

/** Counts the e-mails by writing a number, not an increment, so that a write may be repeated. */
const counting = (writeAsHolder: ReturnType<typeof entriesOf>["writeAsHolder"]) => {
  const write = (held: Claim, amount: number) =>
    writeAsHolder(held, "unanswered = :unanswered", { ":unanswered": { N: String(amount) } })
  return {
    attempt: Effect.fn("ReportLedger.attempt")(function* (held: Claim) {
      const { unanswered = 0, weekId } = held
      if (unanswered >= sendsMax) return yield* new SendsUnanswered({ weekId })
      yield* write(held, unanswered + 1)
    }),
    withdraw: Effect.fn("ReportLedger.withdraw")((held: Claim) => write(held, held.unanswered ?? 0))
  }
}

/** The item of the owner's gaps. */
const gapsOf = (client: DynamoDb["Service"], tableName: string) => ({
  gaps: Effect.gen(function* () {
    const command = new GetItemCommand({ TableName: tableName, Key: gapsKey })
    const { Item: item } = yield* read("GetItem", (o) => client.send(command, o))
    if (item?.gaps?.S === undefined) return []
    const marks = decodeMarks(item.gaps.S)
    if (marks === undefined) yield* Effect.logWarning("unreadable gaps left out: push them again")
    return marks ?? []
  }).pipe(Effect.withSpan("ReportLedger.gaps")),
  keepGaps: Effect.fn("ReportLedger.keepGaps")(function* (marks: ReadonlyArray<GapMark>) {
    const { left, text } = encodeMarks(marks)
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: gapsKey,
      UpdateExpression: "SET gaps = :gaps",
      ExpressionAttributeValues: { ":gaps": { S: text } }
    })
    yield* read("UpdateItem", (o) => client.send(command, o))
    return left
  })
})

const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb
  const { readReport, write, writeAsHolder } = entriesOf(client, tableName)

  return ReportLedger.of({
    ...watching(client, tableName),
    claim: Effect.fn("ReportLedger.claim")(function* ({ leaseSeconds, owner, ...key }) {
      const now = yield* Clock.currentTimeMillis
      const leaseUntil = now + leaseSeconds * 1000
      const { Attributes = {} } = yield* Effect.catchTag(
        write(key, expiring(key, claiming(owner, leaseUntil, now))),
        "ConditionFailed",
        ({ item }) => Effect.fail(refusal(key.weekId, item))
      )
      const frozen = yield* frozenOf(key.weekId, Attributes)
      return Claim.make({ ...key, owner, leaseUntil, ...frozen, ...unansweredOf(Attributes) })
    }),
    renew: Effect.fn("ReportLedger.renew")(function* (held, leaseSeconds) {
      const leaseUntil = (yield* Clock.currentTimeMillis) + leaseSeconds * 1000
      const later = { ...held, leaseUntil }
      return yield* write(held, renewing(later)).pipe(
        Effect.as(later),
        Effect.catchTag("ConditionFailed", ({ item = {} }) => {
          const known = Number(item.leaseUntil?.N)
          return item.state?.S === "claimed" && item.owner?.S === held.owner && known > leaseUntil
            ? Effect.succeed({ ...held, leaseUntil: known })
            : Effect.fail(new ClaimLost({ weekId: held.weekId }))
        })
      )
    }),
    reports: Effect.fn("ReportLedger.reports")(function* (weekIds) {
      return (yield* Effect.forEach(weekIds, readReport, { concurrency: "unbounded" })).flat()
    }),
    freeze: Effect.fn("ReportLedger.freeze")((held, report) =>
      writeAsHolder(held, `report = :report, ${ttlAttribute} = :expiresAt`, {
        ":report": { S: encodeReport(report) },
        ":expiresAt": { N: String(reportExpiresAt(report)) }
      })
    ),
    ...counting(writeAsHolder),
    confirm: Effect.fn("ReportLedger.confirm")(function* (held, messageId) {
      const now = yield* Clock.currentTimeMillis
      yield* writeAsHolder(
        held,
        "#state = :confirmed, messageId = :messageId, confirmedAt = :now",
        {
          ":confirmed": { S: "confirmed" },
          ":messageId": { S: messageId },
          ":now": { N: String(now) }
        },
        "#state = :confirmed AND messageId = :messageId"
      )
    }),
    skip: Effect.fn("ReportLedger.skip")(function* (held) {
      const now = yield* Clock.currentTimeMillis
      yield* writeAsHolder(
        held,
        "#state = :skipped, skippedAt = :now",
        { ":skipped": { S: "skipped" }, ":now": { N: String(now) } },
        "#state = :skipped"
      )
    }),
    ...gapsOf(client, tableName),
    release: Effect.fn("ReportLedger.release")((held) =>
      writeAsHolder(held, "leaseUntil = :ended", { ":ended": { N: "0" } })
    )
  })
})

export const layer = (options: Options) => Layer.effect(ReportLedger, make(options))
