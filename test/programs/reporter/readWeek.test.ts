/** A week that is too large to read in time is reported as far as it was read. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { asked } from "../../schema/report/WeeklyExamples.ts"
import { frozen, mondayMorning, outbox, runOf, startMs, world } from "./ReporterWorld.ts"

const minuteMs = 60_000

/** A week of one question a minute, each on a page of its own that takes so many minutes to read. */
const pagedWeek = (questions: number, minutesPerPage: number) =>
  Layer.succeed(
    InteractionStore,
    InteractionStore.of({
      record: () => Effect.die("not recorded"),
      get: () => Effect.die("not got"),
      newest: () => Effect.die("not asked"),
      vote: () => Effect.die("not recorded"),
      voteOn: () => Effect.die("not got"),
      summaries: () =>
        Stream.paginate(0, (n) =>
          Effect.as(Effect.sleep(minutesPerPage * minuteMs), [
            [asked(`Question ${n}?`, { timestamp: startMs + n * minuteMs })],
            n + 1 < questions ? Option.some(n + 1) : Option.none()
          ] as const)
        )
    })
  )

const reported = Effect.gen(function* () {
  yield* TestClock.setTime(mondayMorning)
  const run = yield* Effect.forkChild(runOf({}, { quietWeek: "skip" }))
  yield* TestClock.adjust("11 minutes")
  assert.include(yield* Fiber.join(run), { outcome: "sent" })
  const [mail] = yield* outbox
  return { report: (yield* frozen())!, text: mail?.text.replaceAll(/\s+/g, " ") ?? "" }
})

describe("A week that takes too long to read", () => {
  it.effect("is reported until the last question that was read, and the e-mail says so", () =>
    Effect.gen(function* () {
      const { report, text } = yield* reported
      assert.include(report, { questions: 4, readUntil: startMs + 3 * minuteMs })
      assert.include(
        text,
        "Counts the questions until Monday 16 November 2026, 00:03 (Europe/London); " +
          "the rest could not be read in time."
      )
      assert.notInclude(text, "not over yet")
    }).pipe(Effect.provide(world({ store: pagedWeek(100, 2) })))
  )

  it.effect("is reported even if nothing could be read, because it is not known to be quiet", () =>
    Effect.gen(function* () {
      const { report } = yield* reported
      assert.include(report, { questions: 0, readUntil: startMs })
    }).pipe(Effect.provide(world({ store: pagedWeek(100, 20) })))
  )
})

describe("A week that is read in time", () => {
  it.effect("is whole, and the e-mail says nothing of it", () =>
    Effect.gen(function* () {
      const { report, text } = yield* reported
      assert.strictEqual(report.questions, 4)
      assert.notProperty(report, "readUntil")
      assert.notInclude(text, "the rest could not be read")
    }).pipe(Effect.provide(world({ store: pagedWeek(4, 2) })))
  )
})
