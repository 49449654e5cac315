/** The line as CloudWatch reads it: the Embedded Metric Format, with the logger that writes it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import * as TestConsole from "effect/testing/TestConsole"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as JsonLogger from "../../../src/layers/JsonLogger.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { poison, recordOf } from "./RecordExamples.ts"
import { idsReturned } from "./World.ts"

/** AWS allows names of 1 to 1024 characters, units of its list, and at most 100 metrics. */
const MetricName = Schema.String.check(Schema.isBetweenLength(1, 1024))
const Embedded = Schema.Struct({
  Timestamp: Schema.Int,
  CloudWatchMetrics: Schema.NonEmptyArray(
    Schema.Struct({
      Namespace: Schema.String.check(Schema.isBetweenLength(1, 256)),
      Dimensions: Schema.Array(Schema.Array(Schema.String).check(Schema.isMaxLength(30))),
      Metrics: Schema.NonEmptyArray(
        Schema.Struct({ Name: MetricName, Unit: Schema.Literals(["Count", "Milliseconds"]) })
      ).check(Schema.isMaxLength(100))
    })
  )
})
const Line = Schema.StructWithRest(Schema.Struct({ _aws: Embedded }), [
  Schema.Record(Schema.String, Schema.Unknown)
])

const lines = Effect.fnUntraced(function* (...records: ReadonlyArray<QueueRecord>) {
  yield* idsReturned(records, { budget: 5000 }).pipe(
    Effect.provide(
      Layer.mergeAll(
        InteractionStoreMemory.layer,
        AgentClassifierIsbot.layer,
        LanguageDetectorEld.layer,
        JsonLogger.layer("Info")
      )
    )
  )
  return (yield* TestConsole.logLines).map(String)
})

const lineOf = Effect.fnUntraced(function* (...records: ReadonlyArray<QueueRecord>) {
  const line = (yield* lines(...records)).at(-1) ?? ""
  return Schema.decodeUnknownSync(Line)(JSON.parse(line))
})

const secret = "secret-4711"
const loud = [
  recordOf(
    "q1",
    queryEvent({ query: secret, metadata: { userAgent: `${secret}bot`, referer: secret } })
  ),
  recordOf("r1", responseEvent({ response: secret, model: secret })),
  recordOf("q2", queryEvent({ requestId: requestIdOf(2), query: secret })),
  poison("bad", "g", `{"query":"${secret}`)
]

describe("The line of a batch", () => {
  it.effect("names metrics that stand in it as numbers, once each", () =>
    Effect.gen(function* () {
      for (const records of [[], loud]) {
        const line = yield* lineOf(...records)
        const [directive] = line._aws.CloudWatchMetrics
        const names = directive.Metrics.map(({ Name }) => Name)
        assert.strictEqual(new Set(names).size, names.length)
        for (const name of names) {
          assert.isTrue(Number.isFinite(line[name]), `${name} is a finite number`)
          assert.isAtLeast(Number(line[name]), 0)
        }
        for (const dimension of directive.Dimensions.flat()) assert.isString(line[dimension])
      }
    })
  )

  it.effect("bears the time of the batch, in epoch milliseconds", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      const line = yield* lineOf(...loud)
      assert.strictEqual(line._aws.Timestamp, askedAt)
      assert.strictEqual(line.time, new Date(askedAt).toISOString())
    })
  )

  it.effect(
    "makes few enough metrics to be free, and has no dimension that would multiply them",
    () =>
      Effect.gen(function* () {
        const [directive] = (yield* lineOf(...loud))._aws.CloudWatchMetrics
        assert.isAtMost(directive.Metrics.length, 10)
        assert.deepStrictEqual(directive.Dimensions, [[]])
      })
  )

  it.effect("is one line of numbers, beside its time, level and message: never content", () =>
    Effect.gen(function* () {
      const all = yield* lines(...loud)
      for (const line of all) {
        assert.notInclude(line, "4711")
        assert.notInclude(line, "\n")
      }
      const { _aws, level, message, time, ...counts } = JSON.parse(all.at(-1) ?? "")
      assert.deepStrictEqual([level, message], ["INFO", "batch processed"])
      for (const [name, count] of Object.entries(counts)) assert.isNumber(count, name)
      assert.deepInclude(counts, {
        records: 4,
        decoded: 3,
        undecodable: 1,
        correlated: 1,
        halves: 1
      })
    })
  )
})
