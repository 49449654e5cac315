/** The footprint that `ops cost` computes with, beside the code that it was measured on. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { originOf } from "../../../bench/cost/footprint.ts"
import { ourTraces } from "../../../bench/cost/ourTraces.ts"
import { readProseSample } from "../../../bench/processor/samples.ts"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { readFootprint } from "../../../ops/cost/Footprint.ts"
import { betweenSizes } from "../../../ops/cost/sizes.ts"

describe("the footprint", () => {
  it.live("is that of the code and the table as they are", () =>
    Effect.gen(function* () {
      const { table } = yield* readDefinitions()
      const { origin } = yield* readFootprint
      assert.strictEqual(
        origin,
        yield* originOf(table),
        "ops/cost/footprint.json is older than the processor, its messages or its table. " +
          "Refresh it with: npm run bench -- cost --footprint (the times too, in minutes: " +
          "npm run bench -- cost)"
      )
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("lies near what would be measured at a size between the measured ones", () =>
    Effect.gen(function* () {
      const { table } = yield* readDefinitions()
      const { sizes } = yield* readFootprint
      for (const eventKb of [3, 33, 150]) {
        const { traces } = yield* ourTraces(yield* readProseSample(eventKb * 1024), table)
        const { ours } = betweenSizes(sizes, eventKb)
        assert.closeTo(ours.tableBytes, traces.tableBytes, 0.04 * traces.tableBytes)
        // another piece of prose may have no language, which the index then does not hold
        for (const [at, bytes] of traces.indexBytes.entries()) {
          assert.closeTo(ours.indexBytes[at] ?? 0, bytes, 24)
        }
        assert.closeTo(ours.sentBytes[0] ?? 0, traces.sentBytes[0] ?? 0, 1)
      }
    }).pipe(Effect.provide(NodeServices.layer))
  )
})

describe("a size between two others", () => {
  const measured = [
    { eventKb: 1, side: { bytes: [10, 0] } },
    { eventKb: 3, side: { bytes: [30, 0] } },
    { eventKb: 4, side: { bytes: [50, 0] } }
  ]

  it("has all numbers in proportion, and goes on beyond the last one", () => {
    const at = (eventKb: number) => betweenSizes(measured, eventKb).side.bytes
    assert.deepStrictEqual([1, 2, 3, 4].map(at), [
      [10, 0],
      [20, 0],
      [30, 0],
      [50, 0]
    ])
    assert.deepStrictEqual(at(5), [70, 0])
  })
})
