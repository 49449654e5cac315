/** The door's bundle: no schema, no configuration reader, and nothing of our chatbot. */
import { assert, describe, it } from "@effect/vitest"
import { build } from "esbuild"
import { workerSettings } from "../../../infra/bundles.ts"

const { metafile } = await build({
  ...workerSettings,
  sourcemap: false,
  metafile: true,
  entryPoints: ["src/programs/recorder/main.ts"]
})

/** The files of which any part is in the bundle. */
const inputs = Object.values(metafile.outputs).flatMap((output) =>
  Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)
)

const within = (pattern: RegExp) => inputs.filter((path) => pattern.test(path))

describe("The bundle of a wrapped Worker", () => {
  it("holds the door, and the parts of Effect that run it", () => {
    assert.isNotEmpty(within(/^src\/programs\/recorder\/deliver\.ts$/))
    assert.isNotEmpty(within(/node_modules\/effect\/dist\/.*effect\.js$/))
  })

  it("holds no schema and no configuration reader of Effect", () => {
    assert.isEmpty(within(/node_modules\/effect\/.*\/(?:Schema\w*|Config\w*|Arbitrary)\.js$/))
    assert.isEmpty(within(/node_modules\/effect\/.*\/internal\/schema\//))
  })

  it("holds nothing of our chatbot, the functions, or the AWS client", () => {
    assert.isEmpty(within(/^src\/programs\/(?!recorder\/)/))
    assert.isEmpty(within(/^src\/layers\/(?:Answerer|knowledge|dynamodb|aws\/|ses)/))
    assert.isEmpty(within(/node_modules\/@aws-sdk\//))
  })
})
