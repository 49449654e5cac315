/** The buttons weigh little, import no package, and load on a server too. */
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { build } from "esbuild"
import { feedback } from "../../../infra/bundles.ts"

const { metafile, outputFiles } = await build({ ...feedback(), metafile: true })
const text = outputFiles[0]?.text ?? ""

describe("The buttons for votes", () => {
  it("are at most 3 KB minified, and 1.7 KB gzipped", () => {
    assert.isAtMost(Buffer.byteLength(text), 3 * 1024)
    assert.isAtMost(gzipSync(text).length, 1.7 * 1024)
  })

  it("import no package", () => {
    for (const path of Object.keys(metafile.inputs)) assert.match(path, /^src\//)
    assert.notMatch(text, /\bimport\b|\brequire\(/)
  })

  it("may be imported by a server that renders the page", async () => {
    await import("../../../src/programs/feedback/main.ts")
    assert.isFalse("customElements" in globalThis)
  })
})
