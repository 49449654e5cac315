import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import * as MeaningWords from "../../../src/layers/MeaningWords.ts"
import { compose } from "../../../src/programs/reporter/compose.ts"
import { leaseSeconds } from "../../../src/programs/reporter/Lease.ts"
import { run } from "../../../src/programs/reporter/program.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import * as CapturedLog from "../CapturedLog.ts"
import * as CrashPlan from "./CrashPlan.ts"
import {
  askedAt,
  frozen,
  gauge,
  ledgerAwayUntil,
  mailerAfter,
  mondayMorning,
  options,
  outbox,
  platform,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

const steps = ["claim", "count", "freeze", "renew", "send", "confirm"] as const

/** Between the mail service's acceptance and the ledger's confirmation. */
const isWindow = ({ how, step, when }: CrashPlan.CrashPlan) =>
  (step === "send" && when === "after") ||
  (step === "confirm" && when === "before" && how !== "fails")

/** A confirmation that could not be written, or whose answer was lost, the same run tries again. */
const isMended = ({ how, step }: CrashPlan.CrashPlan) => step === "confirm" && how === "fails"

const isFrozen = ({ step, when }: CrashPlan.CrashPlan) =>
  ["renew", "send", "confirm"].includes(step) || (step === "freeze" && when === "after")

/** A claim whose answer was lost, whose holder is gone, or whose e-mail is out ends with its lease. */
const holdsOn = ({ how, step, when }: CrashPlan.CrashPlan) => {
  if (step === "claim") return when === "after"
  if (step === "confirm") return when === "before" && how !== "fails"
  return how === "is killed"
}

const crashed = Effect.fnUntraced(function* (plan: CrashPlan.CrashPlan) {
  yield* TestClock.setTime(mondayMorning)
  yield* askedAt(1, startMs)
  const first = yield* Effect.forkChild(Effect.exit(runOf()))
  yield* TestClock.adjust("10 seconds")
  assert.strictEqual(Exit.isSuccess(yield* Fiber.join(first)), isMended(plan))
  yield* (yield* CrashPlan.Process).replace
  yield* askedAt(2, startMs + 1)
  const second = yield* Effect.forkChild(runOf({ owner: "run-2" }))
  yield* TestClock.adjust("10 seconds")
  assert.strictEqual(second.pollUnsafe() === undefined, holdsOn(plan))
  yield* TestClock.adjust(`${leaseSeconds} seconds`)
  assert.notStrictEqual((yield* Fiber.join(second)).outcome, "held")
  assert.include(yield* runOf({ owner: "run-3" }), { outcome: "already_done" })
  return { mails: yield* outbox, report: (yield* frozen())! }
})

describe("A run that ends at a step is taken up by the next one:", () => {
  for (const step of steps) {
    for (const when of ["before", "after"] as const) {
      for (const how of ["fails", "dies", "is killed"] as const) {
        const plan = { step, when, how }
        const mailCount = isWindow(plan) ? "the same e-mail twice" : "one e-mail"
        it.effect(`${mailCount} when it ${how} ${when} ${step}`, () =>
          Effect.gen(function* () {
            const { mails, report } = yield* crashed(plan)
            assert.strictEqual(report.questions, isFrozen(plan) ? 1 : 2)
            const mail = compose(report, options)
            assert.deepStrictEqual(mails, isWindow(plan) ? [mail, mail] : [mail])
          }).pipe(
            Effect.provide(
              Layer.mergeAll(
                CrashPlan.layer(plan),
                MeaningWords.layer,
                gauge(Option.none()),
                platform({}),
                CapturedLog.layer
              )
            )
          )
        )
      }
    }
  }

  it.effect("one e-mail when the ledger is away for half a minute after it was sent", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const first = yield* Effect.forkChild(runOf())
      yield* TestClock.adjust(`${leaseSeconds} seconds`)
      assert.include(yield* Fiber.join(first), { outcome: "sent" })
      assert.include(yield* runOf({ owner: "run-2" }), { outcome: "already_done" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world({ ledger: ledgerAwayUntil(mondayMorning + 30_000) })))
  )

  it.effect("a defect in rendering gives the week back, and sends nothing", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const unrenderable = {
        ...options,
        get siteName(): string {
          throw new Error("broken template")
        }
      }
      const exit = yield* Effect.exit(run({ weekId: undefined, owner: "run-1" }, unrenderable))
      assert.isTrue(Exit.hasDies(exit))
      assert.deepStrictEqual(yield* outbox, [])
      assert.include(yield* runOf({ owner: "run-2" }), { outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("an interruption gives the week back, and sends nothing", () =>
    Effect.gen(function* () {
      const reached = yield* Deferred.make<void>()
      const stuck = Effect.andThen(Deferred.succeed(reached, undefined), Effect.never)
      yield* Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const first = yield* Effect.forkChild(runOf())
        yield* Deferred.await(reached)
        yield* Fiber.interrupt(first)
        const ledger = yield* ReportLedger
        const claim = yield* ledger.claim({ weekId: week, owner: "next", leaseSeconds })
        assert.strictEqual(claim.owner, "next")
        assert.deepStrictEqual(yield* outbox, [])
      }).pipe(Effect.provide(world({ mailer: mailerAfter(stuck) })))
    })
  )
})
