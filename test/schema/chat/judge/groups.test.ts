import { assert, describe, it } from "@effect/vitest"
import { packGroups, unpackGroups } from "../../../../src/schema/chat/judge/groups.ts"

const unpacked = (packed: string, count: number): ReadonlyArray<ReadonlyArray<number>> => {
  const places = new Uint8Array(2 ** 20)
  unpackGroups(packed, count, places)
  const groups = Array.from({ length: count }, () => Array.of<number>())
  for (const [place, group] of places.entries()) {
    if (group > 0) groups[group - 1]?.push(place)
  }
  return groups
}

describe("Packed groups", () => {
  it.each([
    [[[]]],
    [[[0], [1], [65_535]]],
    [[[], [0, 1, 2, 3], [], [7, 524_287]]],
    [[Array.from({ length: 3000 }, (_, index) => index * 7 + (index % 5))]]
  ])("are the same after unpacking: %j", (groups) =>
    assert.deepStrictEqual(unpacked(packGroups(groups), groups.length), groups))

  it("may be broken into lines", () => {
    const packed = packGroups([[3, 500, 70_000]])
    assert.deepStrictEqual(unpacked(`\n${packed.slice(0, 3)}\n${packed.slice(3)}`, 1), [
      [3, 500, 70_000]
    ])
  })
})
