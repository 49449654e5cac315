/** The stored item itself, beyond what the adapter shows: its bytes and its price. */
import { randomBytes } from "node:crypto"
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib"
import { DeleteItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { assert, layer } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { itemBytes } from "../../bench/cost/ItemSize.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import { bodyBytesMax, encodeBody } from "../../src/layers/dynamodb/EventBody.ts"
import { indexes, keyAttributes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import {
  Correlated,
  eventsOf,
  type Interaction,
  interactionKey
} from "../../src/schema/Interaction.ts"
import { summaryOf, unreadable } from "../../src/schema/InteractionSummary.ts"
import type { InteractionTraits } from "../../src/schema/InteractionTraits.ts"
import { periodOf, utcWeekId } from "../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"
import {
  anyMeasured,
  queryHalf,
  responseHalf,
  someCorrelated,
  withNewRequestId
} from "./fixtures/interactions.ts"
import { countsUnits, LocalTable, runsOf } from "./fixtures/LocalTable.ts"
import { Meter } from "./fixtures/Meter.ts"

/** DynamoDB's own limit. */
const itemBytesMax = 400 * 1024

const now = Date.UTC(2026, 10, 18, 12)

const record = (interaction: Interaction, traits?: InteractionTraits) =>
  InteractionStore.use((store) => store.record(interaction, traits))

/** Records the parts, and takes what they became out of the table again. */
const itemOf = Effect.fnUntraced(function* (
  parts: ReadonlyArray<Interaction>,
  traits?: InteractionTraits
) {
  const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
  yield* Effect.forEach(parts, (part) => record(part, traits))
  const { Attributes } = yield* Effect.promise(() =>
    client.send(
      new DeleteItemCommand({
        TableName: tableName,
        Key: keyAttributes(interactionKey(parts[0]!)),
        ReturnValues: "ALL_OLD"
      })
    )
  )
  assert.isDefined(Attributes)
  return Attributes
})

/** Units per write: the table's, then those of the indexes that it touched. */
const readMeter = Effect.gen(function* () {
  const meter = yield* Meter
  return (yield* meter.read).map(({ GlobalSecondaryIndexes = {}, Table }) => [
    Table?.CapacityUnits,
    ...[indexes.week, indexes.session].map((index) => GlobalSecondaryIndexes[index]?.CapacityUnits)
  ])
})

type Services = InteractionStore | DynamoDb | LocalTable | Meter

export const suite = (name: string, services: Layer.Layer<Services, unknown>) =>
  layer(services)(`${name} holds the stored item:`, (it) => {
    it.effect.prop(
      "the same bytes of the same interaction, whole or by halves in either order",
      [anyMeasured],
      ([any]) =>
        Effect.gen(function* () {
          const whole = withNewRequestId(any)
          const expected = yield* itemOf([whole])
          const halves = [queryHalf(whole), responseHalf(whole)]
          assert.deepStrictEqual(yield* itemOf(halves), expected)
          assert.deepStrictEqual(yield* itemOf(halves.toReversed()), expected)
        }),
      { arbitrary: { runs: runsOf(100) } }
    )

    it.effect("the largest halves fit into one item, beside the longest plain attributes", () =>
      Effect.gen(function* () {
        const wide = (length: number) => "\u{1D4B3}".repeat(length)
        const text = () => wide(300) + randomBytes(bodyBytesMax - 900).toString("base64")
        const { query, response } = someCorrelated(now, { query: text(), response: text() })
        const sessionId = SessionId.make("\u{FF5E}".repeat(128))
        const largest = Correlated.make({
          query: { ...query, sessionId, metadata: { country: wide(300), lostBefore: 2 ** 53 - 1 } },
          response: { ...response, sessionId, model: wide(300) }
        })
        const traits: InteractionTraits = {
          agent: "bot",
          device: wide(30),
          browser: wide(30),
          askedIn: "de",
          answeredIn: "en",
          referrerHost: "a".repeat(253),
          own: 1
        }
        const item = yield* itemOf([queryHalf(largest), responseHalf(largest)], traits)
        assert.deepInclude(item, { status: { S: "correlated" } })
        for (const { B: body } of [item.queryEvent ?? {}, item.responseEvent ?? {}]) {
          assert.isAbove(body?.length ?? 0, 0.995 * bodyBytesMax)
        }
        assert.isAtMost(itemBytes(item), itemBytesMax)
      })
    )

    it.effect("a half that comes after its interaction was deleted is stored alone", () =>
      Effect.gen(function* () {
        const whole = someCorrelated(now)
        yield* itemOf([queryHalf(whole)])
        const late = yield* itemOf([responseHalf(whole)])
        const fresh = someCorrelated(now)
        const early = yield* itemOf([responseHalf(fresh)])
        assert.deepInclude(late, { status: { S: "awaiting_query" } })
        assert.deepStrictEqual(late, { ...early, requestId: { S: whole.query.requestId } })
      })
    )

    it.effect("a repeat that an earlier version compressed otherwise is a duplicate", () =>
      Effect.gen(function* () {
        const whole = someCorrelated(now)
        yield* record(whole)
        const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
        const { bytes } = encodeBody(whole.query)
        const older = brotliCompressSync(brotliDecompressSync(bytes), {
          params: { [constants.BROTLI_PARAM_QUALITY]: 4 }
        })
        assert.notDeepEqual(new Uint8Array(older), bytes)
        yield* Effect.promise(() =>
          client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: keyAttributes(interactionKey(whole)),
              UpdateExpression: "SET queryEvent = :older",
              ExpressionAttributeValues: { ":older": { B: older } }
            })
          )
        )
        assert.deepInclude(yield* record(whole), { stored: 0, duplicates: 2, conflicts: 0 })
      })
    )

    it.effect.skipIf(!countsUnits)(
      "a small whole interaction costs one unit on the table and on each index",
      () =>
        Effect.gen(function* () {
          yield* readMeter
          assert.strictEqual((yield* record(someCorrelated(now))).writeUnits, 3)
          assert.deepStrictEqual(yield* readMeter, [[1, 1, 1]])
        })
    )

    it.effect.skipIf(!countsUnits)("halves that come alone cost twice that, in either order", () =>
      Effect.gen(function* () {
        for (const order of [
          [queryHalf, responseHalf],
          [responseHalf, queryHalf]
        ]) {
          const whole = someCorrelated(now)
          yield* readMeter
          for (const half of order) yield* record(half(whole))
          assert.deepStrictEqual(yield* readMeter, [
            [1, 1, 1],
            [1, 1, 1]
          ])
        }
      })
    )

    it.effect("an unreadable item is named in the log, and stops no summary", () =>
      Effect.gen(function* () {
        const lastWeek = now - 7 * 86_400_000
        const [damaged, whole] = [someCorrelated(lastWeek), someCorrelated(lastWeek + 1)]
        for (const interaction of [damaged, whole]) yield* record(interaction)
        const [client, { tableName }] = [yield* DynamoDb, yield* LocalTable]
        yield* Effect.promise(() =>
          client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: keyAttributes(interactionKey(damaged)),
              UpdateExpression: "SET matchType = :other",
              ExpressionAttributeValues: { ":other": { S: "of another version" } }
            })
          )
        )
        const store = yield* InteractionStore
        const period = periodOf(utcWeekId(lastWeek), DateTime.zoneMakeNamedUnsafe("UTC"))
        const summaries = yield* Stream.runCollect(store.summaries(period))
        assert.sameDeepMembers([...summaries], [unreadable, summaryOf(whole)])
        const [line] = yield* CapturedLog.CapturedLog
        assert.deepInclude(line, {
          level: "Error",
          message: "unreadable item left out",
          fields: { requestId: interactionKey(damaged).requestId }
        })
      }).pipe(Effect.provide(CapturedLog.layer))
    )

    it.effect(
      "texts that are too large for an item are cut with a marker, counted, and cut alike again",
      () =>
        Effect.gen(function* () {
          const text = () => randomBytes(300_000).toString("base64")
          const [query, response] = [text(), text()]
          const large = someCorrelated(now, { query, response })
          const first = yield* record(large)
          assert.deepInclude(first, { stored: 2, duplicates: 0, conflicts: 0, cut: 2 })
          const again = yield* record(large)
          assert.deepInclude(again, { stored: 0, duplicates: 2, conflicts: 0, cut: 0 })
          const store = yield* InteractionStore
          const stored = Option.getOrThrow(yield* store.get(interactionKey(large)))
          const texts = eventsOf(stored).map((event) =>
            event.eventType === "query" ? event.query : event.response
          )
          for (const [index, whole] of [query, response].entries()) {
            const [kept = "", marker = ""] = texts[index]?.split("\n") ?? []
            assert.isAbove(kept.length, 200_000)
            assert.isTrue(whole.startsWith(kept))
            assert.strictEqual(marker, `[cut: ${kept.length} of ${whole.length} characters kept]`)
          }
        })
    )
  })
