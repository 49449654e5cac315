/** `npm run destroy`: never against an absent state, then all but the data, then the data too. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict"
import { renameSync } from "node:fs"
import * as Effect from "effect/Effect"
import { claim } from "../../examples/Finding.ts"
import { type Product, worker } from "./Product.ts"

const name = "cv-analytics"

export const destruction = Effect.fnUntraced(function* (product: Product) {
  const { checkout, workers, written } = product
  const state = `${checkout.folder}/infra/terraform/terraform.tfstate`
  const hidden = `${checkout.folder}/elsewhere`

  const refused = yield* claim(
    "destroy refuses, and changes nothing, where Terraform's state is elsewhere",
    Effect.gen(function* () {
      renameSync(state, hidden)
      written.length = 0
      const said = yield* checkout.run("destroy --yes", [name])
      renameSync(hidden, state)
      strictEqual(said.exitCode, 1)
      match(said.text, /state is elsewhere[\s\S]+cv-analytics\.fifo[\s\S]+Nothing was changed/)
      deepStrictEqual([written, workers.has(worker)], [[], true])
    })
  )
  const kept = yield* claim(
    "destroy leaves the data, and tells it as what is left",
    Effect.gen(function* () {
      const text = yield* checkout.succeed("destroy --yes", [name])
      const [, left = ""] = text.split("Left in AWS:\n")
      deepStrictEqual(left.trim().split(/\s+/), [
        "arn:aws:dynamodb:eu-west-1:123456789012:table/cv-analytics",
        "arn:aws:sqs:eu-west-1:123456789012:cv-analytics-dead-letters.fifo"
      ])
      strictEqual(workers.has(worker), false)
    })
  )
  const gone = yield* claim(
    "destroy with --delete-data leaves nothing",
    Effect.gen(function* () {
      const words = "destroy --yes --delete-data"
      match(
        yield* checkout.succeed(words, [name, "delete the data"]),
        /Nothing of it is left in AWS\./
      )
    })
  )
  return [refused, kept, gone]
})
