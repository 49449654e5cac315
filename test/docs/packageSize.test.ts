/** The README says by how much the package enlarges a Worker, and little more than that. */
import { readFileSync } from "node:fs"
import { assert, it } from "@effect/vitest"
import { buildPackage } from "../../infra/npmPackage.ts"

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")

it("the README says how much the package adds to a bundle, which is at most 75 KB", async () => {
  const said = Number(/adds (\d+) KB gzipped/.exec(readme)?.[1])
  const added = (await buildPackage()).gzipped / 1024
  assert.isAtMost(said, 75)
  assert.isAtMost(added, said)
  assert.isAtLeast(added, said - 3)
})
