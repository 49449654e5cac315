/** Terraform itself writes plans of its built-in resources in the form that the doctor reads. */
import { spawnSync } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Commands } from "../../../ops/deploy/Commands.ts"
import * as CommandsOfSystem from "../../../ops/deploy/CommandsOfSystem.ts"
import { targetOf } from "../../../ops/deploy/Target.ts"
import { initialize, terraform } from "../../../ops/deploy/Terraform.ts"
import { differencesOf } from "../../../ops/doctor/Difference.ts"
import { readPlan } from "../../../ops/doctor/TerraformPlan.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { settings } from "../deploy/Operator.ts"

const isMissing = spawnSync("terraform", ["version"]).error !== undefined

const definition = `
variable "name" {}
variable "region" {}
variable "report_from" {}
variable "alarm_email" { sensitive = true }

resource "terraform_data" "policy" {
  input = {
    trust = jsonencode({
      Statement = [{ Effect = "Allow", Action = "a", Principal = var.report_from }]
    })
  }
}
resource "terraform_data" "secret" { input = var.alarm_email }
resource "terraform_data" "same" { input = var.region }
resource "terraform_data" "anew" { triggers_replace = var.name }
`

/** The tools of this machine, with Terraform in another folder. */
const inFolder = (folder: string) =>
  Layer.effect(
    Commands,
    Effect.map(Commands, ({ run }) =>
      Commands.of({
        run: (command) => run({ ...command, args: [`-chdir=${folder}`, ...command.args.slice(1)] })
      })
    )
  ).pipe(Layer.provide(CommandsOfSystem.layer))

const applied = [
  "name=old",
  "region=eu-west-1",
  "report_from=old@example.com",
  "alarm_email=hush@example.com"
].map((variable) => `-var=${variable}`)

it.live.skipIf(isMissing)(
  "reads what a plan says of a policy, a secret, a new and an unchanged resource",
  () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      writeFileSync(`${folder}/main.tf`, definition)
      const target = yield* targetOf(settings as never)
      const { changes, files } = yield* Effect.gen(function* () {
        const { run } = yield* Commands
        yield* run(initialize)
        yield* run(terraform(target, "apply", "-input=false", "-auto-approve", ...applied))
        const before = readdirSync(folder)
        const { resource_changes = [] } = yield* readPlan(target)
        return { changes: resource_changes, files: [before, readdirSync(folder)] as const }
      }).pipe(Effect.provide(inFolder(folder)))
      assert.deepStrictEqual(files[1], files[0])
      const said = Object.fromEntries(
        changes.map(({ address, change }) => [
          address,
          [change.actions.join(), ...differencesOf(change)]
        ])
      )
      assert.deepStrictEqual(said, {
        "terraform_data.policy": [
          "update",
          "input trust allows old@example.com a, which is not defined",
          "input trust lacks: allows reports@example.com a"
        ],
        "terraform_data.secret": ["update", "input differs, and is secret"],
        "terraform_data.same": ["no-op"],
        "terraform_data.anew": [
          "delete,create",
          'triggers replace is "old", but defined as "cv-analytics"'
        ]
      })
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer)),
  60_000
)
