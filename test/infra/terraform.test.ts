/** The definitions as Terraform reads them; its binary judges them where it is installed. */
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parse } from "@cdktf/hcl2json"
import { afterAll, assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

const source = fileURLToPath(new URL("../../infra/terraform/", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "terraform-"))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const terraform = (cwd: string, ...args: ReadonlyArray<string>) =>
  spawnSync("terraform", args, { cwd, encoding: "utf8" })

const isMissing = terraform(source, "version").error !== undefined

const Variables = Schema.Struct({
  variable: Schema.Record(
    Schema.String,
    Schema.Tuple([
      Schema.Struct({
        description: Schema.String,
        type: Schema.String,
        validation: Schema.optionalKey(Schema.Array(Schema.Unknown))
      })
    ])
  )
})

const variables = Schema.decodeUnknownSync(Variables)(
  await parse("variables.tf", readFileSync(`${source}variables.tf`, "utf8"))
).variable

describe("Terraform's files", () => {
  it("are parsed, the example of a backend among them", async () => {
    const files = readdirSync(source).filter((file) => /\.tf(?:\.example)?$/.test(file))
    assert.include(files, "backend.s3.tf.example")
    for (const file of files) {
      assert.isNotEmpty(Object.keys(await parse(file, readFileSync(source + file, "utf8"))), file)
    }
  })

  it.skipIf(isMissing)("are formatted as terraform fmt does it", () => {
    const { status, stdout } = terraform(source, "fmt", "-check", "-diff")
    assert.deepStrictEqual({ status, stdout }, { status: 0, stdout: "" })
  })
})

const required = { report_from: "reports@example.com", alarm_email: "owner@example.com" }
const split = { table: { write: 15, read: 9 }, week_index: { write: 5, read: 12 } }
const capacity = (write: number, read: number) => ({ ...split, session_index: { write, read } })

/** Values that Terraform must refuse, each with a word of the reason. */
const refused: ReadonlyArray<readonly [name: string, value: unknown, reason: string]> = [
  ["region", "moon", "AWS region"],
  ["name", "CV", "3 to 40 lower-case"],
  ["tags", { "aws:owner": "me" }, "aws:"],
  ["processor_timeout_seconds", 901, "10 to 900"],
  ["processor_timeout_seconds", 30.5, "whole seconds"],
  ["max_receive_count", 3, "5 to 1000"],
  ["delivery", "poll", "trigger or schedule"],
  ["drain_minutes", 0, "1 to 60"],
  ["drain_minutes", 1.5, "whole minutes"],
  ["billing_mode", "FREE", "PAY_PER_REQUEST"],
  ["capacity", capacity(6, 4), "write capacity"],
  ["capacity", capacity(5, 5), "read capacity"],
  ["capacity", capacity(0, 4), "at least one"],
  ["report_time_zone", "London", "IANA"],
  ["report_from", "Reports <reports@example.com>", "sender"],
  ["alarm_email", "owner", "alarm address"],
  ["budget_dollars", 0, "budget"],
  ["log_retention_days", 31, "CloudWatch"],
  ["code_bucket", "Code", "3 to 63 lower-case"]
]

/** A plan of the variables alone, which needs neither the provider nor an account. */
const plan = (given: Readonly<Record<string, unknown>>) => {
  copyFileSync(`${source}variables.tf`, join(folder, "variables.tf"))
  const values = Object.entries({ ...required, ...given }).map(
    ([name, value]) => `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`
  )
  const { status, stderr } = terraform(folder, "plan", "-input=false", "-no-color", ...values)
  return { status, reason: stderr.replace(/\s*[│╷╵]\s*/g, " ") }
}

describe("a variable", () => {
  it("has a description, and a validation unless it is true or false", () => {
    for (const [name, [{ description, type, validation = [] }]] of Object.entries(variables)) {
      assert.match(description, /^[A-Z].*\.$/s, name)
      if (!type.includes("bool")) assert.isNotEmpty(validation, name)
    }
  })

  it("with a validation has a refused value below", () => {
    const validated = Object.entries(variables).filter(([, [{ validation }]]) => validation)
    assert.sameMembers(
      validated.map(([name]) => name),
      [...new Set(refused.map(([name]) => name))]
    )
  })

  it.skipIf(isMissing)(
    "may be left out, except the two addresses that only the owner knows",
    () => {
      assert.strictEqual(plan({}).status, 0)
      assert.strictEqual(
        plan({ capacity: capacity(5, 4), billing_mode: "PAY_PER_REQUEST" }).status,
        0
      )
    }
  )

  for (const [name, value, reason] of refused) {
    it.skipIf(isMissing)(`${name} = ${JSON.stringify(value)} is refused with its reason`, () => {
      const refusal = plan({ [name]: value })
      assert.strictEqual(refusal.status, 1)
      assert.include(refusal.reason, reason)
      assert.include(refusal.reason, `var.${name}`)
    })
  }
})
