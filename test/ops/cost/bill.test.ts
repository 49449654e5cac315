/** Laws of the bill, on the designs as they are defined and on meters of any kind. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { type Delivery, type Design, worstDelivery } from "../../../ops/cost/Design.ts"
import { designsOf } from "../../../ops/cost/estimate.ts"
import { breaksOf } from "../../../ops/cost/FreeUpTo.ts"
import { billOf, lineOf, type Meter } from "../../../ops/cost/Meter.ts"
import { metersOf } from "../../../ops/cost/metersOf.ts"
import { peaksOf } from "../../../ops/cost/Peaks.ts"

const both = Effect.gen(function* () {
  const traffic = { eventKb: 20, answerMs: 1 }
  const scheduled = yield* designsOf(traffic, { delivery: "schedule" })
  return { ...(yield* designsOf(traffic)), drained: scheduled.ours }
})

class Designs extends Context.Service<Designs, Effect.Success<typeof both>>()("test/Designs") {
  static readonly layer = Layer.effect(Designs, both)
}

const whole = (minimum: number, maximum: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

const questions = whole(0, 50_000_000)
const sizes = Arbitrary.schema(Schema.Literals([1, 2, 10]))
const deliveries = Arbitrary.all([Arbitrary.schema(Schema.Literals([2, 5])), sizes, whole(1, 40)])

type Delivered = readonly [pollers: number, messagesPerBatch: number, answerMs: number]

/** The design with so full batches; one that a schedule drains has no pollers. */
const delivered = (design: Design, [pollers, messagesPerBatch, answerMs]: Delivered): Design => {
  const { drainsPerMonth: runs } = design.deployment
  const delivery: Delivery =
    runs > 0
      ? { by: "schedule", runs, messagesPerBatch }
      : { by: "trigger", pollers, messagesPerBatch }
  return { ...design, delivery, answerMs }
}

/** Sums in different order may differ by this. */
const nothing = 1e-9

layer(Designs.layer.pipe(Layer.provide(NodeServices.layer)))("The bill of both designs", (it) => {
  it.effect.prop(
    "never falls when there are more questions, nor does any line of it",
    [questions, questions, deliveries],
    ([some, more, delivery]) =>
      Effect.gen(function* () {
        const { drained, original, ours } = yield* Designs
        for (const design of [ours, drained, original]) {
          for (const meter of metersOf(delivered(design, delivery))) {
            const [less, rest] = [lineOf(meter, some), lineOf(meter, some + more)]
            assert.isAtMost(less.usage, rest.usage, meter.name)
            assert.isAtMost(less.usd, rest.usd, meter.name)
          }
        }
      })
  )

  it.effect.prop(
    "is the sum of its lines, each of which is what is billable at its price",
    [questions, deliveries],
    ([count, delivery]) =>
      Effect.gen(function* () {
        const { drained, original, ours } = yield* Designs
        for (const design of [ours, drained, original]) {
          const meters = metersOf(delivered(design, delivery))
          const { lines, usd } = billOf(meters, count)
          assert.lengthOf(lines, meters.length)
          assert.closeTo(
            usd,
            lines.reduce((sum, line) => sum + line.usd, 0),
            nothing
          )
          for (const [at, { billable, free, usage, usd: price }] of lines.entries()) {
            assert.isAtLeast(billable, 0)
            assert.closeTo(billable, Math.max(0, usage - free), nothing)
            assert.closeTo(price, billable * (meters[at]?.price.usd ?? Number.NaN), nothing)
          }
        }
      })
  )

  it.effect.prop(
    "stays what it is without traffic up to the first break, and is more with one question more",
    [deliveries],
    ([delivery]) =>
      Effect.gen(function* () {
        const { drained, original, ours } = yield* Designs
        for (const design of [ours, drained, original]) {
          const meters = metersOf(delivered(design, delivery))
          const [first] = breaksOf(meters)
          assert.isDefined(first)
          const standing = billOf(meters, 0).usd
          assert.strictEqual(billOf(meters, first.questions).usd, standing)
          assert.isAbove(billOf(meters, first.questions + 1).usd, standing)
        }
      })
  )

  it.effect.prop(
    "is broken first by the meter that takes the fewest questions",
    [deliveries],
    ([delivery]) =>
      Effect.gen(function* () {
        const { drained, original, ours } = yield* Designs
        for (const design of [ours, drained, original]) {
          const meters = metersOf(delivered(design, delivery))
          const [first, ...later] = breaksOf(meters)
          assert.isDefined(first)
          for (const { questions: more } of later) assert.isAtLeast(more, first.questions)
          const others = meters.filter(({ name }) => name !== first.meter)
          for (const meter of others) {
            const [free, at] = [lineOf(meter, 0).usd, lineOf(meter, first.questions).usd]
            assert.strictEqual(at, free, meter.name)
          }
        }
      })
  )

  it.effect("holds only mails and kept bundles up to the first break, which no bill shows", () =>
    Effect.gen(function* () {
      const { ours } = yield* Designs
      const meters = metersOf(ours)
      const [first] = breaksOf(meters)
      const { lines, usd } = billOf(meters, first?.questions ?? 0)
      assert.deepStrictEqual(
        lines.filter((line) => line.usd > 0).map(({ service }) => service),
        ["SES", "S3"]
      )
      assert.isBelow(usd, 0.005)
    })
  )

  it.effect("is never more when Lambda polls less and batches are fuller", () =>
    Effect.gen(function* () {
      const { ours } = yield* Designs
      for (const count of [1000, 100_000, 1_000_000]) {
        const usd = [1, 2, 10].flatMap((full) =>
          [5, 2].map((pollers) => billOf(metersOf(delivered(ours, [pollers, full, 1])), count).usd)
        )
        const [most = 0] = usd
        for (const one of usd) assert.isAtMost(one, most)
      }
    })
  )

  it.effect("has a drain a minute in place of every endless poll, and stays free for longer", () =>
    Effect.gen(function* () {
      const { drained, ours } = yield* Designs
      const requests = (design: Design, count: number) =>
        metersOf(design)
          .find(({ service }) => service === "SQS")
          ?.usage(count) ?? Number.NaN
      const [polls, drains] = [requests(ours, 0), requests(drained, 0)]
      assert.strictEqual(drains - drained.deployment.runsPerMonth, 31 * 24 * 60)
      assert.isBelow(7 * drains, polls)
      assert.isBelow(7 * requests(drained, 10_000), requests(ours, 10_000))
      const [first] = breaksOf(metersOf(drained))
      assert.strictEqual(first?.service, "SQS")
      assert.isAtLeast(first?.questions ?? 0, 400_000)
    })
  )

  it.effect(
    "of drains is never more when their batches are fuller, nor than of single messages",
    () =>
      Effect.gen(function* () {
        const { drained } = yield* Designs
        for (const count of [1, 1000, 30_000, 100_000, 1_000_000]) {
          const usd = [1, 2, 10].map(
            (full) => billOf(metersOf(delivered(drained, [0, full, 1])), count).usd
          )
          assert.isAtMost(usd[1] ?? 0, usd[0] ?? 0)
          assert.isAtMost(usd[2] ?? 0, usd[0] ?? 0)
        }
        assert.deepStrictEqual(drained.delivery, worstDelivery(drained.deployment))
      })
  )

  it.effect("of the original design has the 120 write units of a question of 2 × 20 KB", () =>
    Effect.gen(function* () {
      const { lines } = billOf(metersOf((yield* Designs).original), 1000)
      const written = lines.find(({ meter }) => meter === "write units")
      assert.deepInclude(written, { usage: 120_000, free: 0, billable: 120_000 })
    })
  )

  it.effect("has Cloudflare's Paid plan when a day or an answer is more than the Free plan's", () =>
    Effect.gen(function* () {
      const { ours } = yield* Designs
      const plans = (count: number, answerMs: number) =>
        billOf(metersOf({ ...ours, answerMs }), count).lines.find(
          ({ meter }) => meter === "Paid plan"
        )?.usd
      assert.strictEqual(plans(3_100_000, 10), 0)
      assert.strictEqual(plans(3_100_001, 10), 5)
      assert.strictEqual(plans(1, 10.5), 5)
    })
  )

  it.effect("gives way at a peak where a question needs more than a second has", () =>
    Effect.gen(function* () {
      const { definitions, ours } = yield* Designs
      const [writing] = peaksOf(definitions, ours)
      const parts = [definitions.table, ...(definitions.table.GlobalSecondaryIndexes ?? [])]
      const rates = parts.map(
        ({ ProvisionedThroughput }, at) =>
          (ProvisionedThroughput?.WriteCapacityUnits ?? 0) /
          (ours.footprint.writeUnits.apart[at] ?? Number.NaN)
      )
      assert.strictEqual(writing?.questions, Math.min(...rates))
    })
  )
})

const anyMeter = Arbitrary.all([whole(0, 1000), whole(0, 20), whole(0, 2000), whole(0, 3)]).pipe(
  Arbitrary.map(
    ([standing, each, free, usd]): Meter => ({
      service: "any",
      name: `${standing} + ${each} x, ${free} free, at ${usd}`,
      price: { unit: "units", free, usd, source: "" },
      usage: (count) => standing + each * count
    })
  )
)

/** Solves the line's equation; a meter may exceed its free part from the start. */
const breakOf = (meter: Meter): number => {
  const [standing, each] = [meter.usage(0), meter.usage(1) - meter.usage(0)]
  const isNever = each === 0 || meter.price.usd === 0
  return isNever ? Infinity : Math.max(0, Math.floor((meter.price.free - standing) / each))
}

describe("Meters of any kind", () => {
  it.prop(
    "break where their equation says, the first one first",
    [Arbitrary.array(anyMeter)],
    ([meters]) => {
      const expected = meters.map(breakOf).filter(Number.isFinite)
      assert.deepStrictEqual(
        breaksOf(meters).map(({ questions: free }) => free),
        expected.sort((one, other) => one - other)
      )
    }
  )

  it.prop("cost nothing within their free parts", [anyMeter, whole(0, 100)], ([meter, count]) => {
    const { billable, free, usage, usd } = lineOf(meter, count)
    if (usage <= free) assert.deepStrictEqual([billable, usd], [0, 0])
    else assert.strictEqual(usd, (usage - free) * meter.price.usd)
  })
})
