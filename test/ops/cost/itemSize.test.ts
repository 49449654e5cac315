import { assert, describe, it } from "@effect/vitest"
import { itemBytes } from "../../../bench/cost/ItemSize.ts"
import { projected, type Table, writesOf } from "../../../bench/cost/TableUse.ts"
import { readUnitsOf, writeUnitsOf } from "../../../ops/cost/Footprint.ts"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"

const item = (pk: string, fields: Item = {}): Item => ({ pk: { S: pk }, ...fields })

const index = (IndexName: string, ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE") => ({
  IndexName,
  KeySchema: [{ AttributeName: IndexName, KeyType: "HASH" as const }],
  Projection: { ProjectionType, NonKeyAttributes: ["kept"] }
})

const table: Table = {
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  GlobalSecondaryIndexes: [index("all", "ALL"), index("some", "INCLUDE")]
}

const text = (length: number) => ({ S: "a".repeat(length) })

describe("An item's size", () => {
  const sizes: ReadonlyArray<readonly [Item, number]> = [
    [{ a: { S: "bc" } }, 3],
    [{ é: { S: "€" } }, 5],
    [{ a: { B: new Uint8Array(10) } }, 11],
    [{ a: { N: "0" } }, 2],
    [{ a: { N: "7" } }, 3],
    [{ a: { N: "1763000000000" } }, 4],
    [{ a: { N: "0.75" } }, 3],
    [{ a: { N: "-12.50" } }, 5],
    [{ a: { N: "1.25e-7" } }, 4],
    [{ a: { BOOL: true } }, 2],
    [{ a: { NULL: true } }, 2],
    [{ a: { M: {} } }, 4],
    [{ a: { M: { b: { S: "c" } } } }, 7],
    [{ a: { L: [{ N: "7" }, { S: "b" }] } }, 9]
  ]
  for (const [sized, bytes] of sizes) {
    it(`of ${JSON.stringify(sized)} is ${bytes} bytes`, () =>
      assert.strictEqual(itemBytes(sized), bytes))
  }

  it("is rounded up to a kilobyte for a write, and to four for half a unit of a read", () => {
    assert.deepStrictEqual(writeUnitsOf({ table: [1, 1024], index: [1025] }), [2, 2])
    assert.deepStrictEqual([1, 4096, 4097].map(readUnitsOf), [0.5, 0.5, 1])
  })
})

const writeUse = (before: Item | undefined, after: Item | undefined) =>
  writeUnitsOf(writesOf(table, before, after))

describe("A write", () => {
  it("costs the larger of what was there and what is there now, as a delete does", () => {
    const [small, large] = [item("a"), item("a", { text: text(5000) })]
    for (const [before, after] of [
      [undefined, large],
      [small, large],
      [large, small],
      [large, undefined]
    ]) {
      assert.deepStrictEqual(writeUse(before, after), [5, 0, 0])
    }
  })

  it("costs again on an index that has all, and only its own part on one that has some", () => {
    const whole = item("a", { all: text(1), some: text(1), kept: text(2000), other: text(3000) })
    assert.deepStrictEqual(writeUse(undefined, whole), [5, 5, 2])
  })

  it("costs nothing on an index whose keys it lacks, or whose part it does not change", () => {
    const [before, after] = [text(1), text(2)].map((other) => item("a", { some: text(1), other }))
    assert.deepStrictEqual(writeUse(undefined, item("a")), [1, 0, 0])
    assert.deepStrictEqual(writeUse(before, after), [1, 0, 0])
  })

  it("projects the table's keys and the index's, and what is included", () => {
    const [, some] = table.GlobalSecondaryIndexes ?? []
    assert.isDefined(some)
    const kept = projected(table, some, item("a", { some: text(1), kept: text(1), left: text(1) }))
    assert.sameMembers(Object.keys(kept ?? {}), ["pk", "some", "kept"])
  })
})
