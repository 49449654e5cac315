/** A function's bundle is its whole folder, so that it finds on AWS what it finds here. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { buildBundles } from "../../../infra/bundles.ts"
import { readBundles } from "../../../ops/deploy/Bundle.ts"

beforeAll(async () => {
  await buildBundles()
})

layer(NodeServices.layer)("The bundles to upload", (it) => {
  it.effect("hold the code, its map, and the reporter's table of word vectors", () =>
    Effect.gen(function* () {
      const names = (yield* readBundles()).map(({ files, id }) => [id, Object.keys(files)])
      assert.deepStrictEqual(names, [
        ["ProcessorFunction", ["main.mjs", "main.mjs.map"]],
        ["ReporterFunction", ["main.mjs", "main.mjs.map", "meaning/wordVectors.gz"]]
      ])
    })
  )

  it.effect("are not there before the build, which the error says", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const empty = yield* fs.makeTempDirectoryScoped()
      const fault = yield* Effect.flip(readBundles(`${empty}/`))
      assert.strictEqual(fault.what, "The bundles are not built.")
      assert.strictEqual(fault.mend, "npm run build")
    })
  )
})
