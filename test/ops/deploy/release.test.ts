/** A function's release is everything that makes it, without the other function. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { parseDocument } from "yaml"
import { isRecord } from "../../../infra/definitions/Expression.ts"
import { zipOf } from "../../../ops/deploy/Bundle.ts"
import { releaseOf, withCode } from "../../../ops/deploy/Release.ts"
import { templateText } from "../../infra/Template.ts"

const ids = ["ProcessorFunction", "ReporterFunction"] as const
const names: ReadonlyArray<string> = Object.keys(parseDocument(templateText).toJS().Parameters)
const parameters = Object.fromEntries(names.map((name) => [name, "one"]))

type Path = ReadonlyArray<string | number>

/** Every single value inside, however deep. */
const leaves = (value: unknown, path: Path): ReadonlyArray<Path> => {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...path, index]))
  return isRecord(value)
    ? Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, name]))
    : [path]
}

const changed = (path: Path, value: unknown): string => {
  const document = parseDocument(templateText)
  document.setIn(path, value)
  return document.toString()
}

const releases = (template: string, given = parameters, key = "code") =>
  ids.map((id) => releaseOf(template, id, key, given))

const before = releases(templateText)

/** Which of the two functions are another release. */
const moved = (after: ReadonlyArray<string>): ReadonlyArray<boolean> =>
  after.map((release, index) => release !== before[index])

const source = parseDocument(templateText).toJS()

/** Properties that a function might get. */
const added = ["EphemeralStorage", "Layers", "SnapStart", "Tracing", "VpcConfig", "KmsKeyArn"]

describe("a release", () => {
  for (const [index, id] of ids.entries()) {
    const properties = ["Resources", id, "Properties"]
    it(`of ${id} moves with each of its properties, and the other one does not`, () => {
      const paths = leaves(source.Resources[id].Properties, properties)
      assert.isAbove(paths.length, 15)
      for (const path of [...paths, ...added.map((name) => [...properties, name])]) {
        const isMoved = moved(releases(changed(path, "another")))
        assert.deepStrictEqual(isMoved, [index === 0, index === 1], path.join("."))
      }
    })
  }

  it("of both moves with a new memory size for all functions, and with all that they share", () => {
    const shared = ["Globals", "Function"]
    for (const path of [...leaves(source.Globals.Function, shared), [...shared, "MemorySize"]]) {
      assert.deepStrictEqual(
        moved(releases(changed(path, "another"))),
        [true, true],
        path.join(".")
      )
    }
  })

  it("moves with the value of each parameter in it, except how it comes into use", () => {
    const used = names.map((name) =>
      moved(releases(templateText, { ...parameters, [name]: "two" }))
    )
    const by = (index: number) => names.filter((_, each) => used[each]?.[index])
    assert.includeMembers(by(0), ["Name", "TableName", "ProcessorTimeoutSeconds"])
    assert.includeMembers(by(1), ["Name", "TableName", "SiteName", "ReportTo", "ModelPrices"])
    assert.notInclude(by(0), "SiteName")
    const none = names.filter((_, each) => !used[each]?.some(Boolean))
    // the delivery makes or leaves out the mapping, which is apart from the functions
    const apart = ["Delivery", "GradualDeployment", "ProcessorRelease", "ReporterRelease"]
    assert.sameMembers(none, apart)
  })

  it("moves with the code, and stays with a comment", () => {
    assert.deepStrictEqual(moved(releases(templateText, parameters, "other")), [true, true])
    assert.deepStrictEqual(moved(releases(`# new\n${templateText}`)), [false, false])
  })

  it("is deployed with the code's place, and otherwise with the template as it is written", () => {
    const bundles = ids.map((id) => ({ id, key: `${id}.zip` }))
    const deployed = withCode(templateText, "bucket", bundles)
    const given = parseDocument(deployed).toJS()
    assert.strictEqual(
      given.Resources.ProcessorFunction.Properties.CodeUri,
      "s3://bucket/ProcessorFunction.zip"
    )
    assert.include(deployed, `!Sub \${Name}-processor`)
    assert.include(deployed, "Timeout: !Ref ProcessorTimeoutSeconds")
    for (const id of ids)
      given.Resources[id].Properties.CodeUri = source.Resources[id].Properties.CodeUri
    assert.deepStrictEqual(given, source)
  })
})

describe("a bundle", () => {
  it.effect("has the same bytes for the same files, whenever it is zipped", () =>
    Effect.gen(function* () {
      const files = { "main.mjs": Buffer.from("code"), "main.mjs.map": Buffer.from("{}") }
      const [one, other] = [yield* zipOf(files), yield* zipOf(files)]
      assert.isTrue(one.equals(other))
      assert.include(one.toString("latin1"), "main.mjs.map")
    })
  )
})
