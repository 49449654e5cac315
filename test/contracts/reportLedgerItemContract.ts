/** The ledger's items in the table, and those that another version has written. */
import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { assert, layer } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import { gapsKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { questionLengthMax } from "../../src/schema/InteractionSummary.ts"
import { periodOf, utcWeekId, type WeekId } from "../../src/schema/IsoWeek.ts"
import { keptUntil } from "../../src/schema/Retention.ts"
import { listLengthMax } from "../../src/schema/report/WeeklyReport.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { asked, reportOf } from "../schema/report/WeeklyExamples.ts"
import { LocalTable } from "./fixtures/LocalTable.ts"

const now = Date.UTC(2026, 10, 23, 7)
const utc = DateTime.zoneMakeOffset(0)
const weekMs = 7 * 86_400_000

const keyOf = (weekId: WeekId, part?: string) => ({
  requestId: { S: `report#${weekId}${part === undefined ? "" : `#${part}`}` },
  timestamp: { N: "0" }
})

/** Puts a text in the place of the report that the week has frozen. */
const overwrite = Effect.fnUntraced(function* (weekId: WeekId, text: string) {
  const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
  yield* Effect.promise(() =>
    client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: keyOf(weekId),
        UpdateExpression: "SET report = :text",
        ExpressionAttributeValues: { ":text": { S: text } }
      })
    )
  )
})

const itemOf = Effect.fnUntraced(function* (weekId: WeekId, part?: string) {
  const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
  const command = new GetItemCommand({ TableName: tableName, Key: keyOf(weekId, part) })
  return (yield* Effect.promise(() => client.send(command))).Item ?? {}
})

const unreadable = {
  "is no JSON": "{",
  "is of a version with fewer numbers": JSON.stringify({ questions: 3, sessions: 2 }),
  "is of a version with other names": JSON.stringify({
    ...reportOf([]),
    countries: [{ country: "SE", questions: 1 }]
  })
}

export const suite = (
  name: string,
  ledgerLayer: Layer.Layer<ReportLedger | DynamoDb | LocalTable, unknown>
) =>
  layer(ledgerLayer)(`${name}:`, (it) => {
    let weeks = 0
    const frozenWeek = Effect.fnUntraced(function* (report = reportOf([]), interim?: true) {
      yield* TestClock.setTime(now)
      weeks += 1
      const weekId = utcWeekId(weeks * weekMs)
      const ledger = yield* ReportLedger
      const entry = { weekId, ...(interim === undefined ? {} : { interim }) }
      const held = yield* ledger.claim({ ...entry, owner: "run", leaseSeconds: 60 })
      yield* ledger.freeze(held, report)
      yield* ledger.release(held)
      return weekId
    })

    for (const [kind, text] of Object.entries(unreadable)) {
      it.effect(`an earlier report that ${kind} is skipped, and the others are read`, () =>
        Effect.gen(function* () {
          const [first, old, last] = [yield* frozenWeek(), yield* frozenWeek(), yield* frozenWeek()]
          yield* overwrite(old, text)
          const { reports } = yield* ReportLedger
          assert.deepStrictEqual(yield* reports([first, old, last]), [reportOf([]), reportOf([])])
          assert.deepStrictEqual(yield* reports([old]), [])
        })
      )

      it.effect(`a week to be sent whose frozen report ${kind} is counted and frozen anew`, () =>
        Effect.gen(function* () {
          const weekId = yield* frozenWeek()
          yield* overwrite(weekId, text)
          const { claim, freeze, reports } = yield* ReportLedger
          const held = yield* claim({ weekId, owner: "next", leaseSeconds: 60 })
          assert.notProperty(held, "frozen")
          yield* freeze(held, reportOf([]))
          assert.deepStrictEqual(yield* reports([weekId]), [reportOf([])])
        })
      )
    }

    it.effect("every claim is counted, so that a second e-mail can be told afterwards", () =>
      Effect.gen(function* () {
        const weekId = yield* frozenWeek()
        const { claim, confirm } = yield* ReportLedger
        yield* confirm(yield* claim({ weekId, owner: "next", leaseSeconds: 60 }), "message-1")
        const item = yield* itemOf(weekId)
        assert.deepStrictEqual(
          [item.claims?.N, item.messageId?.S, item.confirmedAt?.N, item.state?.S],
          ["2", "message-1", String(now), "confirmed"]
        )
      })
    )

    it.effect("a channel's entry goes with the week's first questions", () =>
      Effect.gen(function* () {
        const weekId = yield* frozenWeek()
        const { claim } = yield* ReportLedger
        yield* claim({ weekId, channel: "discord", owner: "run", leaseSeconds: 60 })
        const item = yield* itemOf(weekId, "discord")
        assert.deepStrictEqual(
          item.expiresAt?.N,
          String(keptUntil(periodOf(weekId, utc).startMs) / 1000)
        )
      })
    )

    it.effect("the longest report fits an item, whatever visitors wrote", () =>
      Effect.gen(function* () {
        const text = (n: number) =>
          `${n} ${"\u0001".repeat(questionLengthMax)}`.slice(0, questionLengthMax)
        const questions = Array.from({ length: 120 }, (_, n) =>
          asked(text(n), { response: { matchType: "none", model: text(n).slice(0, 100) } })
        )
        const counted = reportOf(questions)
        assert.lengthOf(counted.unanswered, listLengthMax)
        const unanswered = counted.unanswered.map((line) => ({
          ...line,
          lastMiss: { ...line.lastMiss!, answer: text(0).slice(0, 160) }
        }))
        const report = { ...counted, unanswered }
        const weekId = yield* frozenWeek(report)
        assert.deepStrictEqual(yield* ReportLedger.use(({ reports }) => reports([weekId])), [
          report
        ])
      })
    )

    for (const [kind, interim] of [
      ["report", undefined],
      ["interim report", true]
    ] as const) {
      it.effect(`the item of a week's ${kind} is in neither index`, () =>
        Effect.gen(function* () {
          const item = yield* itemOf(yield* frozenWeek(reportOf([]), interim), interim && "interim")
          assert.property(item, "report")
          assert.doesNotHaveAnyKeys(item, ["week", "sessionId"])
        })
      )

      it.effect(`the table may delete a week's ${kind} 90 days after its first question`, () =>
        Effect.gen(function* () {
          const item = yield* itemOf(yield* frozenWeek(reportOf([]), interim), interim && "interim")
          const { startMs } = reportOf([]).period
          assert.strictEqual(item.expiresAt?.N, String(startMs / 1000 + 90 * 86_400))
        })
      )
    }

    it.effect("the item of the owner's gaps takes one write unit, however many they are", () =>
      Effect.gen(function* () {
        const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
        const { gaps, keepGaps } = yield* ReportLedger
        const many = Array.from({ length: 200 }, (_, n) => ({
          id: `2026-W47-${n}`,
          state: "answered" as const,
          since: now,
          wordings: ["abcdefg", "bcdefgh"]
        }))
        const left = yield* keepGaps(many)
        assert.lengthOf(yield* gaps, many.length - left)
        const command = new GetItemCommand({
          TableName: tableName,
          Key: gapsKey
        })
        const { Item = {} } = yield* Effect.promise(() => client.send(command))
        assert.isAtMost(JSON.stringify(Item).length, 1024)
        assert.doesNotHaveAnyKeys(Item, ["week", "sessionId", "expiresAt"])
      })
    )

    it.effect("gaps of another version are none", () =>
      Effect.gen(function* () {
        const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
        yield* Effect.promise(() =>
          client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: gapsKey,
              UpdateExpression: "SET gaps = :text",
              ExpressionAttributeValues: { ":text": { S: "2\n{}" } }
            })
          )
        )
        assert.deepStrictEqual(yield* ReportLedger.use(({ gaps }) => gaps), [])
      })
    )
  })
