/** The request for the free tier's meters, which no client of AWS's SDK makes here. */
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import * as FreeTier from "../../../ops/aws/FreeTier.ts"
import { type AwsAnswers, hangUp, refuse, serveAws } from "./AwsDouble.ts"

const asked = Effect.fnUntraced(function* (answers: AwsAnswers) {
  const { requests, settings } = yield* serveAws(answers)
  const { endpoint, ...others } = settings
  const result = yield* FreeTier.FreeTier.use((send) =>
    send(new FreeTier.GetFreeTierUsageCommand())
  ).pipe(
    Effect.provide(FreeTier.layer),
    Effect.provideService(AwsSettings, others),
    Effect.provideService(
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromUnknown({ AWS_ENDPOINT_URL: endpoint })
    ),
    Effect.result
  )
  return { requests, result }
}, Effect.scoped)

describe("the free tier", () => {
  it.effect("is asked where the variable of all clients leads", () =>
    Effect.gen(function* () {
      const { requests, result } = yield* asked(() => ({ freeTierUsages: [] }))
      assert.deepStrictEqual(requests, [
        { operation: "GetFreeTierUsage", input: { maxResults: 1000 } }
      ])
      assert.deepStrictEqual(result._tag === "Success" && result.success, { freeTierUsages: [] })
    })
  )

  it.effect("is told with AWS's name for what it refuses", () =>
    Effect.gen(function* () {
      const { result } = yield* asked(() => refuse("com.amazon#ExpiredTokenException", "too old"))
      const fault = result._tag === "Failure" ? result.failure : undefined
      assert.strictEqual(fault?.code, "ExpiredTokenException")
      assert.strictEqual(fault?.kind, "LoggedOut")
    })
  )

  it.effect("is told as unreachable where the connection ends", () =>
    Effect.gen(function* () {
      const { result } = yield* asked(() => hangUp)
      assert.strictEqual(result._tag === "Failure" && result.failure.kind, "Unreachable")
    })
  )
})
