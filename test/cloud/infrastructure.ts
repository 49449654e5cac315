/** What Terraform's files define can be made, and is then what they define. */
import { deepStrictEqual } from "node:assert/strict"
import * as Effect from "effect/Effect"
import { claim, type Finding } from "../examples/Finding.ts"
import { type Cloud, call } from "./Cloud.ts"
import { bring, differencesIn, typeOf } from "./terraform/Resources.ts"

export const infrastructure = Effect.fnUntraced(function* ({ clients, desired }: Cloud) {
  const { resources, tags } = desired
  const findings: Array<Finding> = []
  const missing = yield* Effect.orDie(call(() => differencesIn(clients, resources)))
  for (const type of new Set(missing.map(({ address }) => typeOf(address)))) {
    const ofType = missing.filter(({ address }) => typeOf(address) === type)
    const names = Object.entries(resources).filter(([address]) => typeOf(address) === type)
    const made = call(async () => {
      for (const each of ofType) await bring(clients, tags, each)
      const left = await differencesIn(clients, Object.fromEntries(names))
      deepStrictEqual(
        left.map(({ address, found, names }) => ({ address, found, names })),
        []
      )
    })
    findings.push(yield* claim(`${type}: ${names.length} made, and found as defined`, made))
  }
  return findings
})
