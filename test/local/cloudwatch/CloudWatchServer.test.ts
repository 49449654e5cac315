import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { serve } from "../../../local/cloudwatch/CloudWatchServer.ts"
import { pointsOf } from "../../../local/cloudwatch/MetricPoint.ts"
import { metricLine } from "../../../src/runtime/MetricLine.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"

const at = Date.UTC(2026, 10, 16, 9, 30, 12)
const lineOf = (value: unknown, timestamp = at) =>
  JSON.stringify(metricLine({ stored: value }, [{ Name: "stored", Unit: "Count" }], timestamp))

const request = {
  Namespace: "cv-analytics",
  MetricName: "stored",
  StartTime: Date.UTC(2026, 10, 16) / 1000,
  EndTime: Date.UTC(2026, 10, 17) / 1000,
  Period: 3600,
  Statistics: ["Sum", "SampleCount"]
}

const ask = (endpoint: string, body: unknown, action = "GetMetricStatistics") =>
  Effect.promise(async () => {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: { "x-amz-target": `GraniteServiceVersion20100801.${action}` },
      body: typeof body === "string" ? body : JSON.stringify(body)
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  })

describe("The local metrics server", () => {
  it.live("answers sums and samples by the hour, also after a restart", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      yield* Effect.scoped(
        Effect.gen(function* () {
          const { read } = yield* serve({ port: 0, folder })
          yield* Effect.forEach([lineOf(2), lineOf(3), lineOf(5, at + 3_600_000)], read)
        })
      )
      const { endpoint } = yield* serve({ port: 0, folder })
      const hour = Date.UTC(2026, 10, 16, 9) / 1000
      const { body } = yield* ask(endpoint, request)
      assert.deepStrictEqual(body.Datapoints, [
        { Timestamp: hour, Sum: 5, SampleCount: 2 },
        { Timestamp: hour + 3600, Sum: 5, SampleCount: 1 }
      ])
    })
  )

  it.live("refuses requests that CloudWatch refuses, and unknown actions", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* serve({ port: 0, folder: yield* temporaryFolder })
      for (const [body, code] of [
        ["no json", "InvalidParameterValueException"],
        [{ ...request, Period: 90 }, "InvalidParameterValueException"],
        [{ ...request, Statistics: [] }, "InvalidParameterValueException"],
        [{ ...request, EndTime: request.StartTime }, "InvalidParameterValueException"],
        [{ ...request, Period: 60, EndTime: 2e9 }, "InvalidParameterCombinationException"]
      ] as const) {
        const answer = yield* ask(endpoint, body)
        assert.deepStrictEqual([answer.status, answer.body.__type], [400, code])
      }
      const { body } = yield* ask(endpoint, {}, "PutMetricData")
      assert.strictEqual(body.__type, "UnknownOperationException")
    })
  )

  it.live("names the folder that it cannot use, and the reason", () =>
    Effect.gen(function* () {
      const { message } = yield* Effect.flip(serve({ port: 0, folder: "/dev/null/metrics" }))
      const told = "/dev/null/metrics cannot be used: ENOTDIR"
      assert.strictEqual(message.slice(0, told.length), told)
    })
  )

  it("finds no metric in other lines, or in a value that is not a number", () => {
    for (const line of ["", "plain words", "{", "[]", `{"_aws":{}}`, `{"stored":1}`]) {
      assert.deepStrictEqual(pointsOf(line), [], line)
    }
    for (const value of ["3", null, undefined, Number.NaN]) {
      assert.deepStrictEqual(pointsOf(lineOf(value)), [])
    }
    assert.lengthOf(pointsOf(lineOf(0)), 1)
  })
})
