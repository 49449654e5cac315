/** The shape of the project: who imports whom, how big things are, what stands nowhere. */
import { assert, describe, it } from "@effect/vitest"
import { readProject } from "./tidy/Project.ts"
import { rules } from "./tidy/rules.ts"
import { isProduct, isTypeScript } from "./tidy/SourceFile.ts"

const project = readProject()

describe("the project", () => {
  it("is read", () => {
    const paths = project.map(({ path }) => path)
    assert.include(paths, "src/programs/edge/main.ts")
    assert.include(paths, "infra/terraform/table.tf")
    assert.isFalse(paths.some((path) => /^(?:node_modules|dist|\.git)\//.test(path)))
  })

  it("has balanced braces once comments, strings and patterns are blanked", () => {
    const unbalanced = project
      .filter((file) => isTypeScript(file) && isProduct(file))
      .filter(({ code }) => code.split("{").length !== code.split("}").length)
    assert.deepStrictEqual(
      unbalanced.map(({ path }) => path),
      []
    )
  })
})

describe("tidy", () => {
  for (const [sentence, rule] of Object.entries(rules)) {
    it(sentence, () => assert.deepStrictEqual(rule(project), []))
  }
})
