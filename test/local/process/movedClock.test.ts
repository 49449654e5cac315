import { execFileSync } from "node:child_process"
import { assert, describe, it } from "@effect/vitest"
import { clockFlags } from "../../../local/process/movedClock.ts"

const dayMs = 86_400_000

const inNode = (aheadMs: number, expression: string): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [...clockFlags(aheadMs), "-e", `console.log(JSON.stringify(${expression}))`],
      { encoding: "utf8" }
    )
  )

describe("A moved clock", () => {
  for (const days of [-30, 0, 3]) {
    it(`is ${days} days ahead in a process, however it is read`, () => {
      const before = Date.now()
      const read = inNode(days * dayMs, "[Date.now(), new Date().getTime()]") as Array<number>
      for (const at of read) {
        assert.isAtLeast(at, before + days * dayMs)
        assert.isAtMost(at, Date.now() + days * dayMs)
      }
    })
  }

  it("leaves dates that are made from a value", () => {
    const read = "[new Date(5).getTime(), new Date(2026, 0).getFullYear(), Date.UTC(1970, 0)]"
    assert.deepStrictEqual(inNode(dayMs, read), [5, 2026, 0])
  })
})
