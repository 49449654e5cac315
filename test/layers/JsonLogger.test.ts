import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as TestClock from "effect/testing/TestClock"
import * as TestConsole from "effect/testing/TestConsole"
import * as JsonLogger from "../../src/layers/JsonLogger.ts"
import { MailerUnavailable } from "../../src/services/Mailer.ts"

/** The lines that the effect writes, parsed. */
const linesOf = Effect.fnUntraced(function* (
  logging: Effect.Effect<unknown>,
  minimumLevel: LogLevel.LogLevel = "Info"
) {
  yield* Effect.provide(logging, JsonLogger.layer(minimumLevel))
  const lines = yield* TestConsole.logLines
  return lines.map((line) => {
    assert.isString(line)
    assert.notInclude(String(line), "\n")
    return JSON.parse(String(line))
  })
})

describe("A log line", () => {
  it.effect("goes to stderr in a command, whose standard output holds results only", () =>
    Effect.gen(function* () {
      const logging = Effect.provideService(Effect.logInfo("one"), Logger.LogToStderr, true)
      assert.deepStrictEqual(yield* linesOf(logging), [])
      assert.lengthOf(yield* TestConsole.errorLines, 1)
    })
  )

  it.effect("is one flat JSON object with its time, level, message and fields", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 10, 16, 7))
      const lines = yield* linesOf(Effect.logInfo("batch processed", { records: 10, stored: 9 }))
      assert.deepStrictEqual(lines, [
        {
          time: "2026-11-16T07:00:00.000Z",
          level: "INFO",
          message: "batch processed",
          records: 10,
          stored: 9
        }
      ])
    })
  )

  it.effect("has the annotations as fields", () =>
    Effect.gen(function* () {
      const annotated = Effect.logWarning("late").pipe(Effect.annotateLogs({ week: "2026-W47" }))
      assert.containsSubset(yield* linesOf(annotated), [{ level: "WARN", week: "2026-W47" }])
    })
  )

  it.effect("has the message of a failure, and the name and frames of a defect", () =>
    Effect.gen(function* () {
      const error = new MailerUnavailable({ detail: "Throttling", accepted: "no" })
      const cause = Cause.combine(Cause.fail(error), Cause.die(new TypeError("of secret-4711")))
      const [line] = yield* linesOf(Effect.logError("not sent", cause, { weekId: "2026-W47" }))
      assert.include(line, { level: "ERROR", message: "not sent", weekId: "2026-W47" })
      assert.match(line.cause, /^MailerUnavailable: Throttling; defect TypeError\n +at /)
      assert.notInclude(JSON.stringify(line), "secret-4711")
    })
  )

  it.effect("has an error that is logged without a cause as its cause", () =>
    Effect.gen(function* () {
      const error = new MailerUnavailable({ detail: "Throttling", accepted: "no" })
      const [line] = yield* linesOf(Effect.logError("not sent", error))
      assert.include(line, { level: "ERROR", message: "not sent" })
      assert.match(line.cause, /^MailerUnavailable: Throttling/)
    })
  )

  it.effect("has no cause when nothing failed", () =>
    Effect.gen(function* () {
      const [line] = yield* linesOf(Effect.logInfo("fine"))
      assert.hasAllKeys(line, ["time", "level", "message"])
    })
  )

  it.effect("joins the texts of a message, and leaves line ends escaped", () =>
    Effect.gen(function* () {
      const [line] = yield* linesOf(Effect.logInfo("one\ntwo", "three"))
      assert.strictEqual(line.message, "one\ntwo three")
    })
  )

  it.effect("is not written below the minimum level", () =>
    Effect.gen(function* () {
      const logging = Effect.all([
        Effect.logDebug("debug"),
        Effect.logInfo("info"),
        Effect.logWarning("warning"),
        Effect.logFatal("fatal")
      ])
      const lines = yield* linesOf(logging, "Warn")
      assert.deepStrictEqual(
        lines.map(({ level, message }) => [level, message]),
        [
          ["WARN", "warning"],
          ["FATAL", "fatal"]
        ]
      )
    })
  )
})
