/** Each rule on a sample that it refuses, so that a rule that can no longer fail is seen. */
import { assert, describe, it } from "@effect/vitest"
import { rules } from "./rules.ts"
import { SourceFile } from "./SourceFile.ts"

type Sample = Readonly<Record<string, string>>

const lines = (count: number): string => "const a = 1\n".repeat(count)
const body = (count: number): string => "  call()\n".repeat(count)
const machineFolder = ["", "work", "main", "src"].join("/")
const outsideFolder = ["..", "shared", "design.md"].join("/")
const leftOver = ["FIX", "ME"].join("")

const filesOf = (sample: Sample) =>
  Object.entries(sample).map(([path, text]) => new SourceFile(path, text))

/** Every path of these samples breaks its rule, and is the one that the rule names. */
const refused: Readonly<Record<keyof typeof rules, Sample>> = {
  "a floor imports only itself and the floors below it": {
    "src/schema/A.ts": 'import { b } from "../../cli/b.ts"',
    "src/layers/B.ts": 'const b = await import("../../ops/b.ts")',
    "src/programs/edge/main.ts": 'import manifest from "../../../package.json"',
    "cli/a.ts": 'import { b } from "../src/schema/B.ts"',
    "cli/b.ts": 'import { build } from "../build.ts"',
    "infra/a.ts": 'import { b } from "../local/b.ts"',
    "local/a.ts": 'import { b } from "../ops/b.ts"',
    "ops/a.ts": 'import type { b } from "../bench/b.ts"',
    "bench/a.ts": 'import { b } from "../test/b.ts"',
    "examples/a/worker.ts": 'import { b } from "../../src/schema/chat/B.ts"',
    "examples/cv-chatbot/page/a.ts": 'import { b } from "../../../src/schema/B.ts"',
    "examples/cv-chatbot/page/b.ts": 'import { b } from "../../../src/programs/recorder/main.ts"'
  },
  "a closed room is entered by its door": {
    "local/a.ts": 'import { Store } from "./sqs/Store.ts"',
    "test/layers/a.test.ts": 'import { Store } from "../../local/sqs/Store.ts"'
  },
  "no files import each other in a circle": {
    "local/a.ts": 'import { b } from "./b.ts"',
    "local/b.ts": 'export * from "./c.ts"',
    "local/c.ts": 'import type { a } from "./a.ts"'
  },
  "a file of src imports only what its folder may": {
    "src/schema/A.ts": 'import { B } from "../services/B.ts"',
    "src/services/A.ts": 'export { b } from "../layers/B.ts"',
    "src/runtime/A.ts": 'import { B } from "../schema/B.ts"',
    "src/schema/B.ts": 'import { A } from "../runtime/A.ts"',
    "src/layers/A.ts": 'import type { B } from "../programs/edge/B.ts"',
    "src/programs/edge/program.ts": 'import * as B from "../../layers/B.ts"',
    "src/programs/edge/A.ts": 'import { b } from "../reporter/B.ts"',
    "src/programs/edge/B.ts": 'import { b } from "./main.ts"',
    "src/programs/edge/C.ts": 'import { b } from "./layers.ts"',
    "src/programs/edge/D.ts": 'import { b } from "../recorder/B.ts"',
    "src/programs/edge/layers.ts": 'import { b } from "./main.ts"',
    "src/programs/processor/A.ts": 'import { b } from "../recorder/main.ts"',
    "src/programs/edge/main.ts": 'import { b } from "../reporter/program.ts"',
    "src/programs/reporter/render/A.ts": 'import { b } from "../../../layers/B.ts"',
    "src/programs/reporter/main.ts": 'import { b } from "../../../local/b.ts"',
    "src/layers/B.ts": 'const b = await import("../../ops/b.ts")',
    "src/layers/C.ts": 'import "../../test/b.ts"',
    "src/layers/D.ts": 'import { b } from "../../bench/b.ts"',
    "src/elsewhere/A.ts": 'import { b } from "../schema/B.ts"'
  },
  "every file at the top of src/layers exports layer": {
    "src/layers/A.ts": "// export const layer = 1\nexport const layers = 1",
    "src/layers/B.ts": 'const b = "\\\nexport const layer = 1"'
  },
  "only layers and main.ts import packages other than effect": {
    "src/schema/A.ts": 'import { b } from "node:zlib"',
    "src/services/A.ts": 'import type { B } from "@aws-sdk/client-sqs"',
    "src/programs/edge/program.ts": 'import { AwsClient } from "aws4fetch"'
  },
  "effect is imported by sub-path": {
    "src/schema/A.ts": 'import { Schema } from "effect"',
    "local/a.ts": 'import { NodeRuntime } from "@effect/platform-node"',
    "test/a.test.ts": 'import type { Effect } from "effect"'
  },
  "every file of src is imported": { "src/schema/A.ts": "// import ./A.ts" },
  "src never reads process.env": {
    "src/layers/A.ts": "const { B } = process.env",
    "src/programs/edge/main.ts": "const b = process?.env.B",
    "src/programs/edge/A.ts": 'const b = process["env"].B'
  },
  "src logs through Effect": {
    "src/layers/A.ts": 'console.log("b")',
    "src/programs/edge/main.ts": 'console?.error("b")'
  },
  "src below main.ts takes the time from Clock": {
    "src/layers/A.ts": "const b = Date.now()",
    "src/layers/B.ts": "const b = new Date()",
    "src/layers/C.ts": "const b = new Date"
  },
  "src below main.ts takes chance from Random": { "src/layers/A.ts": "const b = Math.random()" },
  "src below main.ts waits through Effect": {
    "src/layers/A.ts": "setTimeout(b, 1)",
    "src/layers/B.ts": "globalThis.setInterval(b, 1)"
  },
  "src ignores no failure": {
    "src/layers/A.ts": "b.pipe(Effect.ignore)",
    "src/programs/edge/main.ts": "Effect.ignoreCause(b)"
  },
  "only main.ts runs an Effect": {
    "src/layers/A.ts": "Effect.runFork(b)",
    "src/programs/edge/program.ts": "await runtime.runPromiseExit(b)"
  },
  "no file is over 300 lines": { "src/schema/A.ts": lines(301), "a.ts": lines(301) },
  "the median file of src is at most 80 lines": { "src/schema/A.ts": lines(81) },
  "no function is over 70 lines": {
    "src/schema/A.ts": `const a = (b: number) => {\n${body(70)}}\n`,
    "src/schema/B.ts": `function a(b: B): Promise<C> {\n${body(70)}}\n`,
    "ops/a.ts": `const a = Effect.gen(function* () {\n${body(70)}})\n`,
    "bench/a.ts": `class A {\n  b() {\n${body(70)}  }\n}\n`
  },
  "no line is over 100 columns": { "local/a.ts": `// ${"b".repeat(98)}` },
  "every file and folder is named after a concept": {
    "src/schema/index.ts": "",
    "src/utils/A.ts": "",
    "src/layers/QueueManager.ts": "",
    "local/Types.ts": "",
    "test/helpers.test.ts": ""
  },
  "nothing is left over to be done": {
    "docs/a.md": `${leftOver}: b`,
    "src/a.ts": `// ${leftOver}`
  },
  "no text names a folder of one machine": { "docs/a.md": `see ${machineFolder}` },
  "no text names what lies outside of the project": { "docs/a.md": `see ${outsideFolder}` },
  "no text refers to a tracker": { "docs/a.md": `as in issue ${12}`, "a.tf": `# Issue #${3}` }
}

const accepted: Readonly<Record<string, Sample>> = {
  "imports inside the allowed folders, of any form": {
    "src/schema/A.ts": 'import * as Schema from "effect/Schema"',
    "src/schema/B.ts": 'import { A } from "./A.ts"',
    "src/services/C.ts": 'import type { B } from "../schema/B.ts"',
    "src/layers/D.ts":
      'import { C } from "../services/C.ts"\nimport { SQS } from "@aws-sdk/sqs"\nexport const layer = 1',
    "src/programs/edge/program.ts": 'import { C } from "../../services/C.ts"',
    "src/programs/edge/layers.ts":
      'import * as D from "../../layers/D.ts"\nimport "./program.ts"\nimport "aws4fetch"',
    "src/programs/edge/main.ts": 'import "./layers.ts"\nimport "./program.ts"'
  },
  "an adapter that only a test imports": {
    "src/layers/A.ts": "export const layer = 1",
    "test/a.test.ts": 'import * as A from "../src/layers/A.ts"'
  },
  "banned words in comments, strings and patterns": {
    "src/layers/A.ts":
      '// Date.now()\nexport const layer = ["console.log", /process.env/, `Math.random`]',
    "test/a.test.ts": 'import "../src/layers/A.ts"\nconst a = \'import { b } from "effect"\''
  },
  "a date made from a given time, and an Effect run in main.ts": {
    "src/programs/edge/main.ts": "Effect.runPromise(new Date(timeMs))"
  },
  "files, functions and lines at their limits, and a longer class": {
    "local/a.ts": `class A extends B("a") {\n${body(98)}}\n${lines(200)}`,
    "local/b.ts": `const a = () => {\n${body(68)}}\n// ${"b".repeat(97)}\n`,
    "src/programs/edge/main.ts": lines(80)
  },
  "names that hold a vague word among others": {
    "local/KnowledgeBase.ts": "",
    "local/Database.ts": ""
  },
  "a web address that ends in such a folder": { "docs/a.md": `https://cv.example${machineFolder}` },
  "the check that guards against what lies outside": { ".ci/run": `grep ${outsideFolder}` }
}

describe("each rule refuses its sample", () => {
  for (const [sentence, rule] of Object.entries(rules)) {
    it(sentence, () => {
      const sample = refused[sentence as keyof typeof rules]
      const found = rule(filesOf(sample)).map((text) => text.replace(/:\d+: .*$/, ""))
      assert.deepStrictEqual([...new Set(found)].sort(), Object.keys(sample).sort())
    })
  }

  it("and names the line and what to do instead", () => {
    const sample = { "src/layers/A.ts": "// b\n\nconst b = Date.now()\n" }
    assert.deepStrictEqual(rules["src below main.ts takes the time from Clock"](filesOf(sample)), [
      "src/layers/A.ts:3: Date.now; use Clock.currentTimeMillis"
    ])
  })
})

describe("all rules accept", () => {
  for (const [sentence, sample] of Object.entries(accepted)) {
    it(sentence, () => {
      const found = Object.values(rules).flatMap((rule) => rule(filesOf(sample)))
      assert.deepStrictEqual(found, [])
    })
  }
})
