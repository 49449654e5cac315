/** Whole histories under faults; `npm run simulate` lives through as many more as one likes. */
import { readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Campaign, coveredFrom } from "./Campaign.ts"
import { readDeployment } from "./Deployment.ts"
import { simulate } from "./simulate.ts"

const Regressions = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ seed: Schema.Int, why: Schema.String }))
)
const regressions = Schema.decodeUnknownSync(Regressions)(
  readFileSync(new URL("regressions.json", import.meta.url), "utf8")
)

const deployment = await Effect.runPromise(Effect.provide(readDeployment, NodeServices.layer))

/** Away from the seeds that one tries by hand. */
const firstSeed = 1_000_000

describe("The simulated system", () => {
  it(`keeps every promise in ${coveredFrom} histories, in which every fault occurs`, {
    timeout: 300_000
  }, () => {
    const campaign = new Campaign(deployment)
    for (let n = 0; n < coveredFrom; n += 1) campaign.live(firstSeed + n)
    assert.strictEqual(campaign.story, "")
    assert.deepStrictEqual(campaign.uncovered, [])
  })

  for (const { seed, why } of regressions) {
    it(`keeps every promise in the history of seed ${seed}: ${why}`, () => {
      const campaign = new Campaign(deployment)
      campaign.live(seed)
      assert.strictEqual(campaign.story, "")
    })
  }

  it("lives through the same history again, from the same seed", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [one, other] = [simulate(deployment, seed, true), simulate(deployment, seed, true)]
      assert.isNotEmpty(one.trace)
      assert.deepStrictEqual(other, one)
    }
  })
})
