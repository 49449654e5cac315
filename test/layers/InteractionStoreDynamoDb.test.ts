/** The real client against an endpoint that answers as a test tells it. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { clientConfig } from "../../local/dynamodb/DynamoDbEngine.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import { correlate, eventKey } from "../../src/schema/Interaction.ts"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { keptUntil } from "../../src/schema/Retention.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { queryEvent } from "../schema/EventExamples.ts"
import { serveHttp } from "./HttpDouble.ts"

const throttled = JSON.stringify({
  __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
})

const storeAt = (port: number) =>
  InteractionStoreDynamoDb.layer({ tableName: "cv-analytics" }).pipe(
    Layer.provide(DynamoDb.layer(clientConfig(`http://127.0.0.1:${port}`)))
  )

const Text = Schema.Struct({ S: Schema.String })
const Query = Schema.Struct({
  ExclusiveStartKey: Schema.optionalKey(Schema.Struct({ requestId: Text })),
  ExpressionAttributeValues: Schema.Struct({
    ":week": Text,
    ":first": Schema.Struct({ N: Schema.String }),
    ":last": Schema.Struct({ N: Schema.String })
  })
})
type Query = typeof Query.Type
const decodeQuery = Schema.decodeSync(Schema.fromJsonString(Query))

/** Throttles the first requests, and answers the later ones with no item. */
const throttling = Effect.fnUntraced(function* (times: number) {
  const asked: Array<string> = []
  const port = yield* serveHttp((request, _, response) => {
    asked.push(String(request.headers["x-amz-target"]).replace(/^.*\./, ""))
    const isThrottled = asked.length <= times
    response.writeHead(isThrottled ? 400 : 200, { "content-type": "application/x-amz-json-1.0" })
    response.end(isThrottled ? throttled : "{}")
  })
  return { asked, store: storeAt(port) }
})

describe("A table that is throttled", () => {
  it.live("is asked again by a read", () =>
    Effect.gen(function* () {
      const { asked, store } = yield* throttling(2)
      const read = InteractionStore.use(({ get }) => get(eventKey(queryEvent())))
      assert.deepStrictEqual(yield* Effect.provide(read, store), Option.none())
      assert.deepStrictEqual(asked, ["GetItem", "GetItem", "GetItem"])
    })
  )

  it.live("is asked once by a write, because the processor tries again within its own budget", () =>
    Effect.gen(function* () {
      const { asked, store } = yield* throttling(2)
      const half = correlate(undefined, queryEvent())
      const write = InteractionStore.use(({ record }) => record(half))
      const error = yield* Effect.flip(Effect.provide(write, store))
      assert.strictEqual(error._tag, "StoreUnavailable")
      assert.deepStrictEqual(asked, ["UpdateItem"])
    })
  )
})

/** Answers queries with this many pages of one unreadable item, and notes what each asks for. */
const paging = Effect.fnUntraced(function* (pages: number) {
  const asked: Array<Query> = []
  const port = yield* serveHttp((_, body, response) => {
    asked.push(decodeQuery(body))
    const key = { requestId: { S: `r${asked.length}` } }
    const more = asked.length < pages ? { LastEvaluatedKey: key } : {}
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" })
    response.end(JSON.stringify({ Items: [key], ...more }))
  })
  return { asked, store: storeAt(port) }
})

describe("A week that is read in pages while some of it expires", () => {
  it.effect("is one range for all pages, because a page begins where the one before it ended", () =>
    Effect.gen(function* () {
      const { asked, store } = yield* paging(3)
      const period = periodOf(WeekId.make("2026-W34"), DateTime.zoneMakeNamedUnsafe("UTC"))
      yield* TestClock.setTime(keptUntil(period.startMs) + 3_600_000)
      yield* InteractionStore.use(({ summaries }) =>
        Stream.runForEach(summaries(period), () => TestClock.adjust("1 hour"))
      ).pipe(Effect.provide(store))
      const ranges = asked.map(({ ExpressionAttributeValues }) => ExpressionAttributeValues)
      assert.lengthOf(ranges, 3)
      assert.isAbove(Number(ranges[0]?.[":first"].N), period.startMs)
      for (const range of ranges) assert.deepStrictEqual(range, ranges[0])
      const after = asked.map(({ ExclusiveStartKey }) => ExclusiveStartKey?.requestId.S)
      assert.deepStrictEqual(after, [undefined, "r1", "r2"])
    })
  )
})
