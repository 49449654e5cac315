import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as RateLimitCloudflare from "../../src/layers/RateLimitCloudflare.ts"
import { RateLimit } from "../../src/services/RateLimit.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"

const visitor = "192.0.2.1"

const admitted = (limit: RateLimitCloudflare.RateLimitBinding["limit"]) =>
  RateLimit.use(({ admits }) => admits(visitor)).pipe(
    Effect.provide(RateLimitCloudflare.layer({ limit }))
  )

describe("A question is admitted", () => {
  for (const success of [true, false]) {
    it.effect(`${success ? "while" : "no longer than"} Cloudflare's counter allows it`, () =>
      Effect.gen(function* () {
        const keys: Array<string> = []
        const result = yield* admitted(async ({ key }) => {
          keys.push(key)
          return { success }
        })
        assert.strictEqual(result, success)
        assert.deepStrictEqual(keys, [visitor])
      })
    )
  }

  for (const [how, limit] of [
    ["rejects", () => Promise.reject(new Error("no counter"))],
    [
      "throws",
      () => {
        throw new Error("no counter")
      }
    ]
  ] as const) {
    it.effect(`when the limiter ${how}, because a fault must not keep visitors out`, () =>
      Effect.gen(function* () {
        assert.isTrue(yield* admitted(limit))
        const lines = yield* CapturedLog.CapturedLog
        assert.deepStrictEqual(
          lines.map(({ level, message }) => [level, message]),
          [["Warn", "no limit of questions"]]
        )
        assert.notInclude(lines[0]?.whole, visitor)
      }).pipe(Effect.provide(CapturedLog.layer))
    )
  }

  it.effect("always where no limiter is bound", () =>
    Effect.gen(function* () {
      const { admits } = yield* RateLimit
      assert.isTrue(yield* admits(visitor))
    })
  )
})
