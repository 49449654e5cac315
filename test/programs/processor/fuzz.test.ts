/** Any SQS event and any fault of the store end in a well-formed response, without a loss. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { batchOf } from "../../../src/programs/processor/SqsEvent.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { eventKey, type Interaction, interactionKey } from "../../../src/schema/Interaction.ts"
import { StoreRejected, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { sqsEvents } from "./SqsEvents.ts"
import { isStored, returnedWithin, world } from "./World.ts"

/** Time for one retry and not always for two. */
const budget = 200

const Fault = Schema.Literals([
  "none",
  "rejects",
  "is throttled",
  "breaks",
  "hangs",
  "rejects after writing",
  "breaks after writing"
])
const faults = Arbitrary.array(Arbitrary.schema(Fault), { minLength: 0, maxLength: 12 })

const rejected = new StoreRejected({ operation: "PutItem", detail: "ValidationException" })
const throttled = new StoreUnavailable({ operation: "PutItem", detail: "Throttling" })
const aBug: Effect.Effect<never> = Effect.sync(() => {
  throw new Error("a bug")
})

const nameOf = ({ requestId, timestamp }: { requestId: string; timestamp: number }) =>
  `${requestId}#${timestamp}`

/** Each call of the store meets the next fault; `failed` are the interactions that last failed. */
const unreliable = (plan: ReadonlyArray<typeof Fault.Type>) => {
  const failed = new Set<string>()
  let calls = 0
  const layer = world((record, interaction: Interaction) =>
    Effect.suspend(() => {
      const name = nameOf(interactionKey(interaction))
      const fault = plan[calls] ?? "none"
      calls += 1
      if (fault === "none") {
        failed.delete(name)
        return record(interaction)
      }
      failed.add(name)
      if (fault === "rejects") return Effect.fail(rejected)
      if (fault === "is throttled") return Effect.fail(throttled)
      if (fault === "breaks") return aBug
      if (fault === "hangs") return Effect.never
      const after = fault === "rejects after writing" ? Effect.fail(rejected) : aBug
      return Effect.andThen(record(interaction), after)
    })
  )
  return { failed, layer }
}

/** The first of each id, in the order of the batch: the only ids that an answer may have. */
const isSubsequence = (ids: ReadonlyArray<string>, of: ReadonlyArray<string>): boolean => {
  let next = 0
  for (const id of of) if (id === ids[next]) next += 1
  return next === ids.length
}

const assertBatch = Effect.fnUntraced(function* (event: unknown, failed: ReadonlySet<string>) {
  const batch = batchOf(event)
  if (Result.isFailure(batch)) return
  const { records } = batch.success
  const returned = yield* returnedWithin(budget, ...records)
  assert.strictEqual(new Set(returned).size, returned.length, "each id once")
  const ids = records.map(({ messageId }) => messageId)
  assert.isTrue(isSubsequence(returned, ids), "ids of the batch, in its order")
  const guilty = new Set<string>()
  for (const record of records) {
    const decoded = decodeMessage(record.body)
    const isEvent = Result.isSuccess(decoded)
    if (!isEvent || failed.has(nameOf(eventKey(decoded.success)))) guilty.add(record.groupId)
    const isReturned = returned.includes(record.messageId)
    if (!isReturned) assert.isTrue(isEvent && (yield* isStored(record)), "stored, or returned")
  }
  for (const id of returned) {
    const groups = records.filter(({ messageId }) => messageId === id)
    assert.isTrue(
      groups.some(({ groupId }) => guilty.has(groupId)),
      "returned with its own group"
    )
  }
})

describe("The generated events", () => {
  it.effect("are sound, damaged and no events of the trigger at all", () =>
    Effect.gen(function* () {
      const events = yield* Arbitrary.sampleEffect(sqsEvents, { count: 1000 })
      const batches = events.map(batchOf)
      const read = batches.filter(Result.isSuccess).map(({ success }) => success)
      const records = read.flatMap((batch) => batch.records)
      const decoded = records.filter(({ body }) => Result.isSuccess(decodeMessage(body)))
      assert.isAbove(batches.length - read.length, 50, "refused as a whole")
      assert.isAbove(read.filter(({ nameless }) => nameless > 0).length, 50, "nameless records")
      assert.isAbove(records.filter(({ groupId, messageId }) => groupId === messageId).length, 50)
      assert.isAbove(decoded.length, 1000, "decodable records")
      assert.isAbove(records.length - decoded.length, 500, "undecodable records")
    })
  )
})

describe("Any event of the trigger, with a store that fails at random,", () => {
  it.effect.prop(
    "is answered with ids of its own, in order, and loses no record",
    [sqsEvents, faults],
    ([event, plan]) => {
      const { failed, layer } = unreliable(plan)
      return assertBatch(event, failed).pipe(Effect.provide(layer, { local: true }))
    },
    { arbitrary: { runs: 20_000 }, timeout: 120_000 }
  )
})
