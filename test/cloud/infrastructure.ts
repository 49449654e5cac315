/** Everything that Terraform's files define can be made, and is then as defined. */
import { deepStrictEqual, match } from "node:assert/strict"
import * as Effect from "effect/Effect"
import { claim, type Finding } from "../examples/Finding.ts"
import { type Cloud, call } from "./Cloud.ts"
import { bring, differencesIn, inOrder, remove, typeOf } from "./terraform/Resources.ts"

export const infrastructure = Effect.fnUntraced(function* ({ clients, desired }: Cloud) {
  const { resources, tags } = desired
  const findings: Array<Finding> = []
  const missing = yield* call(() => differencesIn(clients, resources))
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

const table = "aws_dynamodb_table.analytics"

/** Takes everything down again, last things first, but for the table. */
export const removal = Effect.fnUntraced(function* ({ clients, desired }: Cloud) {
  const { resources } = desired
  const refused = yield* claim(
    "the table's protection refuses its deletion",
    call(async () => {
      const removed = await remove(clients, table, resources[table] ?? {}).catch(String)
      match(String(removed), /DeletionProtection/)
    })
  )
  const removed = yield* claim(
    "everything else can be removed",
    call(async () => {
      const { [table]: _, ...others } = resources
      for (const address of inOrder(others).toReversed()) {
        await remove(clients, address, others[address] ?? {})
      }
      const left = await differencesIn(clients, others)
      deepStrictEqual(
        left.flatMap(({ address, found }) => (found === undefined ? [address] : [])),
        inOrder(others)
      )
    })
  )
  return [refused, removed]
})
