import { existsSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"

const root = new URL("../../", import.meta.url)
const page = readFileSync(new URL("docs/security.md", root), "utf8")

/** The rows of the table below a heading, without its head. */
const rowsBelow = (heading: string): ReadonlyArray<ReadonlyArray<string>> =>
  (page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.split(" | "))

const testsIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = ""]) => path)

describe("the page on security", () => {
  it("names for every threat a test that there is", () => {
    const threats = rowsBelow("Threats")
    assert.isAbove(threats.length, 10)
    for (const cells of threats) {
      const tests = testsIn(cells[2] ?? "")
      assert.isNotEmpty(tests, cells[0])
      for (const path of tests) assert.isTrue(existsSync(new URL(path, root)), path)
    }
  })

  it("says of everything that is stored how long, and who can read it", () => {
    for (const cells of rowsBelow("What is stored")) assert.lengthOf(cells, 4, cells[0])
  })
})
