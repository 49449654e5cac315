import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import * as DrainSchedule from "../../../local/lambda/DrainSchedule.ts"
import { FunctionError, FunctionFailure } from "../../../local/lambda/FunctionError.ts"

const payload = { drain: true }

/** A schedule of a minute, with what it was told and what it tells. */
const started = Effect.fnUntraced(function* (
  answer: Effect.Effect<{ readonly payload: unknown }, FunctionError>
) {
  const invoked: Array<unknown> = []
  const reports: Array<DrainSchedule.DrainReport> = []
  yield* DrainSchedule.make({
    every: "1 minute",
    payload,
    invoke: (given) => {
      invoked.push(given)
      return answer
    },
    onDrain: (report) => Effect.sync(() => void reports.push(report))
  })
  return { invoked, reports }
})

describe("The local schedule of drains", () => {
  it.effect("invokes the function with its payload every minute, and tells what it answered", () =>
    Effect.gen(function* () {
      const answer = { batches: 1, messages: 3, returned: 1, ended: "queue empty" }
      const { invoked, reports } = yield* started(Effect.succeed({ payload: answer }))
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(invoked, [])
      yield* TestClock.adjust("61 seconds")
      assert.deepStrictEqual(invoked, [payload, payload])
      const report = { messages: 3, returned: 1, durationMs: 0, error: undefined }
      assert.deepStrictEqual(reports, [report, report])
    })
  )

  it.effect("does not wait for a run that goes on", () =>
    Effect.gen(function* () {
      const { invoked, reports } = yield* started(Effect.never)
      yield* TestClock.adjust("3 minutes")
      assert.lengthOf(invoked, 3)
      assert.deepStrictEqual(reports, [])
    })
  )

  it.effect("tells of a run that failed, and does not try it again", () =>
    Effect.gen(function* () {
      const reason = FunctionFailure.TimedOut({ timeoutSeconds: 60 })
      const error = new FunctionError({ functionName: "processor", requestId: "1", reason })
      const { invoked, reports } = yield* started(Effect.fail(error))
      yield* TestClock.adjust("1 minute")
      assert.lengthOf(invoked, 1)
      assert.deepStrictEqual(reports, [{ messages: 0, returned: 0, durationMs: 0, error }])
    })
  )
})
