/** The SAM template passes AWS's published schemas and rules. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CelEngine, TemplateFile } from "@aws/cloudformation-validate"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { readSource, toCloudFormation } from "./CloudFormation.ts"

const folder = mkdtempSync(join(tmpdir(), "template-"))
const engine = new CelEngine()

afterAll(() => {
  engine.free()
  rmSync(folder, { recursive: true, force: true })
})

const complaints = (template: unknown): ReadonlyArray<string> => {
  const file = join(folder, "template.json")
  writeFileSync(file, JSON.stringify(template))
  const { diagnostics, status } = engine.validateStandard(new TemplateFile(file), {
    severityLevel: "WARN"
  })
  assert.strictEqual(status, "OK")
  return diagnostics.map(({ message, propertyPath, ruleId }) =>
    [ruleId, propertyPath, message].join(" ")
  )
}

interface Fields {
  [name: string]: Fields
}

/** The template with one value put in, or one taken out, somewhere inside. */
const changed = (path: ReadonlyArray<string>, value: unknown): unknown => {
  const source = readSource() as Fields
  const last = path.at(-1) ?? ""
  const at = path.slice(0, -1).reduce((inside, name) => inside[name] ?? assert.fail(name), source)
  if (value === undefined) delete at[last]
  else at[last] = value as Fields
  return source
}

const processor = ["Resources", "ProcessorFunction", "Properties"]
const reporter = ["Resources", "ReporterFunction", "Properties"]
const mapping = ["Resources", "ProcessorTrigger", "Properties"]

/** Faults that the schemas must notice, each with a word of the complaint. */
const faults: ReadonlyArray<readonly [path: ReadonlyArray<string>, value: unknown, said: string]> =
  [
    [[...processor, "MemorySzie"], 256, "MemorySzie"],
    [[...processor, "MemorySize"], 64, "128"],
    [[...processor, "MemorySize"], "much", "much"],
    [[...processor, "Handler"], undefined, "Handler"],
    [[...processor, "Role"], undefined, "Role"],
    [[...processor, "Role"], { Ref: "Rolle" }, "Rolle"],
    [[...processor, "FunctionName"], { "Fn::Sub": `\${Nmae}-processor` }, "Nmae"],
    [[...processor, "LoggingConfig", "LogFormat"], "Txt", "Txt"],
    [[...processor, "ReservedConcurrency"], 5, "ReservedConcurrency"],
    [[...reporter, "Timeout"], 0, "Properties.Timeout"],
    [[...reporter, "EventInvokeConfig", "MaximumRetryAttempts"], 3, "MaximumRetryAttempts"],
    [["Globals", "Function", "Runtime"], "nodejs20.x", "nodejs20.x"],
    [["Globals", "Function", "Architectures"], ["arm"], "arm"],
    [["Resources", "ProcessorTrigger", "Type"], "AWS::Lambda::Mapping", "AWS::Lambda::Mapping"],
    [["Resources", "ProcessorTrigger", "Condition"], "IsDriven", "IsDriven"],
    [[...mapping, "FunctionName"], { Ref: "ReporterFunction.Alas" }, "Alas"],
    [[...mapping, "BatchSzie"], 10, "BatchSzie"],
    [[...mapping, "BatchSize"], 0, "BatchSize"],
    [[...mapping, "FunctionResponseTypes"], ["ReportItemFailures"], "ReportItemFailures"],
    [["Parameters", "SiteName", "Typ"], "String", "Typ"],
    [["Parameters", "Forgotten"], { Type: "String" }, "Forgotten"]
  ]

/** Mistakes that SAM itself would refuse. */
const mistakes: ReadonlyArray<readonly [path: ReadonlyArray<string>, value: unknown]> = [
  [[...processor, "DeploymentPreference", "Type"], "Canary10Percent3Minutes"],
  [[...processor, "DeploymentPreference", "Alarm"], []],
  [["Resources", "ProcessorFunction", "Type"], "AWS::Serverless::Funktion"],
  [["Global"], {}]
]

describe("the SAM template", () => {
  it("passes AWS's schemas and rules", () => {
    assert.deepStrictEqual(complaints(toCloudFormation(readSource())), [])
  })

  for (const [path, value, said] of faults) {
    it(`is refused with ${path.slice(1).join(".")} = ${JSON.stringify(value)}`, () => {
      assert.include(complaints(toCloudFormation(changed(path, value))).join("\n"), said)
    })
  }

  for (const [path, value] of mistakes) {
    it(`cannot be read with ${path.slice(1).join(".") || path[0]} = ${JSON.stringify(value)}`, () => {
      assert.throws(() => toCloudFormation(changed(path, value)))
    })
  }
})
