/** The computed units are those that the engine reports. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { originalTraces } from "../../../bench/cost/originalTraces.ts"
import { ourTraces } from "../../../bench/cost/ourTraces.ts"
import { compareUnits } from "../../../bench/cost/units.ts"
import { makeSides } from "../../../bench/processor/Sides.ts"
import { readProseSample, type Sample } from "../../../bench/processor/samples.ts"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { writeUnitsOf } from "../../../ops/cost/Footprint.ts"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import { indexes } from "../../../src/layers/dynamodb/InteractionItem.ts"
import * as InteractionStoreDynamoDb from "../../../src/layers/InteractionStoreDynamoDb.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import { enrich, tellers } from "../../../src/programs/processor/enrich.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import {
  anyCorrelated,
  queryHalf,
  responseHalf,
  withNewRequestId
} from "../../contracts/fixtures/interactions.ts"
import * as LocalTable from "../../contracts/fixtures/LocalTable.ts"
import * as Meter from "../../contracts/fixtures/Meter.ts"

const store = Layer.unwrap(
  Effect.map(LocalTable.LocalTable, ({ tableName }) =>
    InteractionStoreDynamoDb.layer({ tableName })
  )
)
const services = Layer.mergeAll(
  store,
  Meter.layer,
  AgentClassifierIsbot.layer,
  LanguageDetectorEld.layer
).pipe(Layer.provideMerge(LocalTable.layer("dynoxide")), Layer.provideMerge(NodeServices.layer))

/** Table, then week and session index, summed over the writes since the last reading. */
const readUnits = Effect.gen(function* () {
  const meter = yield* Meter.Meter
  const writes = (yield* meter.read).map(({ GlobalSecondaryIndexes = {}, Table }) => [
    Table?.CapacityUnits ?? 0,
    ...[indexes.week, indexes.session].map(
      (index) => GlobalSecondaryIndexes[index]?.CapacityUnits ?? 0
    )
  ])
  return [0, 1, 2].map((part) => writes.reduce((sum, units) => sum + (units[part] ?? 0), 0))
})

const computed = Effect.fnUntraced(function* (sample: Sample) {
  const { table } = yield* readDefinitions()
  const { traces } = yield* ourTraces(sample, table)
  return { ours: traces, original: originalTraces(sample) }
})

layer(services)("The units of a question", (it) => {
  it.effect.prop(
    "are those of the engine, for each part of the table",
    [anyCorrelated],
    ([any]) =>
      Effect.gen(function* () {
        const [store, traitTellers] = [yield* InteractionStore, yield* tellers]
        const { ours } = yield* computed(any)
        yield* readUnits
        const whole = withNewRequestId(any)
        yield* store.record(whole, enrich(whole, traitTellers).traits)
        assert.deepStrictEqual(yield* readUnits, [...writeUnitsOf(ours.together)])
        const other = withNewRequestId(any)
        yield* store.record(queryHalf(other), enrich(queryHalf(other), traitTellers).traits)
        yield* store.record(responseHalf(other))
        assert.deepStrictEqual(yield* readUnits, [...writeUnitsOf(ours.apart)])
      }),
    { timeout: 60_000 }
  )
})

it.live("the units of a question are those of the engine at every size, in both designs", () =>
  Effect.gen(function* () {
    const sides = yield* makeSides()
    for (const eventKb of [1, 20, 190]) {
      const sample = yield* readProseSample(eventKb * 1024)
      const size = { eventKb, ...(yield* computed(sample)) }
      const rows = yield* Effect.promise(() => compareUnits(sides, sample, size))
      assert.lengthOf(rows, 4)
      for (const { measure, ours, reference } of rows) assert.strictEqual(ours, reference, measure)
    }
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
)
