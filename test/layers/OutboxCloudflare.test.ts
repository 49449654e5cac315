import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import * as OutboxCloudflare from "../../src/layers/OutboxCloudflare.ts"
import { messageOf } from "../../src/schema/QueueMessage.ts"
import { Outbox } from "../../src/services/Outbox.ts"
import { someCorrelated } from "../contracts/fixtures/interactions.ts"

const silent = OutboxCloudflare.layer({ sendBatch: () => new Promise(() => undefined) })

it.effect("an outbox that never answers is unavailable while the platform still waits", () =>
  Effect.gen(function* () {
    const { query } = someCorrelated(0)
    const putting = yield* Outbox.use(({ put }) => put([messageOf(query)])).pipe(
      Effect.flip,
      Effect.forkChild
    )
    yield* TestClock.adjust("15 seconds")
    assert.strictEqual((yield* Fiber.join(putting))._tag, "OutboxUnavailable")
  }).pipe(Effect.provide(silent))
)
