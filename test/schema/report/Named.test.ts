import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import {
  addAllNamed,
  addNamed,
  counting,
  type Named,
  noneNamed
} from "../../../src/schema/report/Named.ts"
import { shuffled } from "./SummaryExamples.ts"

const few = { ...counting, namesMax: 5 }

/** Up to forty names, many of them more than once. */
const someNames = Arbitrary.array(
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 }))),
  { maxLength: 40 }
).pipe(Arbitrary.map((numbers) => numbers.map((n) => (n === 0 ? "" : `name ${n}`))))

const sumOf = (names: ReadonlyArray<string>): Named<number> => {
  const sum = noneNamed(few)
  for (const name of names) addNamed(sum, name, 1, few)
  return sum
}

const both = (one: Named<number>, other: Named<number>): Named<number> => {
  const sum = noneNamed(few)
  addAllNamed(sum, one, few)
  addAllNamed(sum, other, few)
  return sum
}

describe("Sums by name in bounded memory", () => {
  it.prop("are the same in any order", [someNames, Schema.Int], ([names, seed]) => {
    assert.deepStrictEqual(sumOf(shuffled(names, seed)), sumOf(names))
  })

  it.prop("of parts add up to the whole", [someNames, someNames], ([a, b]) => {
    assert.deepStrictEqual(both(sumOf(a), sumOf(b)), sumOf([...a, ...b]))
    assert.deepStrictEqual(both(sumOf(b), sumOf(a)), sumOf([...a, ...b]))
  })

  it.prop("add up in any grouping", [someNames, someNames, someNames], ([a, b, c]) => {
    const [x, y, z] = [sumOf(a), sumOf(b), sumOf(c)]
    assert.deepStrictEqual(both(both(x, y), z), both(x, both(y, z)))
  })

  it.prop("lose nothing, and are whole for each name that they tell", [someNames], ([names]) => {
    const { byName, order, others } = sumOf(names)
    assert.isAtMost(byName.size, few.namesMax)
    assert.sameMembers([...order], [...byName.keys()])
    let told = others
    for (const [name, count] of byName) {
      told += count
      assert.strictEqual(count, names.filter((other) => other === name).length)
    }
    assert.strictEqual(told, names.length)
    if (new Set(names).size <= few.namesMax) assert.strictEqual(others, 0)
    if (names.includes("")) assert.isTrue(byName.has(""))
  })
})
