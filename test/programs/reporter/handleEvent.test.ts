import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { handleEvent } from "../../../src/programs/reporter/handleEvent.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { endMs, mondayMorning, options, outbox, startMs, week, world } from "./ReporterWorld.ts"

const handled = (event: unknown) => handleEvent(event, "run-1", options)

describe("The reporter's event", () => {
  it.effect("asks for the last week that is over when it comes from the schedule", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const event = { version: "0", "detail-type": "Scheduled Event" }
      assert.include(yield* handled(event), { weekId: week, outcome: "sent" })
    }).pipe(Effect.provide(world()))
  )

  it.effect("may name a week, and ask to send its report again", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(endMs + 30 * 86_400_000)
      assert.include(yield* handled({ weekId: week }), { weekId: week, outcome: "sent" })
      assert.include(yield* handled({ weekId: week }), { outcome: "already_done" })
      assert.include(yield* handled({ weekId: week, resend: true }), { outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 2)
    }).pipe(Effect.provide(world()))
  )

  it.effect("that names an impossible week fails, is counted, and sends no e-mail", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(startMs)
      yield* Effect.flip(handled({ weekId: "2026-W60" }))
      const messages = (yield* CapturedLog.CapturedLog).map(({ message }) => message)
      assert.deepStrictEqual(messages, ["report failed"])
      assert.deepStrictEqual(yield* outbox, [])
    }).pipe(Effect.provide(world()))
  )
})
