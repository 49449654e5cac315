/** The deployment's assumptions about Terraform, tested with its binary and without a provider. */
import { spawnSync } from "node:child_process"
import { existsSync, writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { type CommandLine, Commands } from "../../../ops/deploy/Commands.ts"
import * as CommandsOfSystem from "../../../ops/deploy/CommandsOfSystem.ts"
import { explain } from "../../../ops/deploy/explain.ts"
import { targetOf } from "../../../ops/deploy/Target.ts"
import { initialize, terraform } from "../../../ops/deploy/Terraform.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { until } from "../../local/lambda/fixtures/processes.ts"
import { settings } from "./Operator.ts"

const isMissing = spawnSync("terraform", ["version"]).error !== undefined

const definition = `
variable "value" { default = 1 }
resource "terraform_data" "one" {
  input = var.value
  provisioner "local-exec" {
    command = "touch begun; while [ ! -e go ]; do sleep 0.1; done"
  }
}
`

const stage = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  writeFileSync(`${folder}/main.tf`, definition)
  const { run } = yield* Commands
  const here = (command: CommandLine) =>
    run({ ...command, args: [`-chdir=${folder}`, ...command.args.slice(1)] })
  const target = { ...(yield* targetOf(settings as never)), workspace: "staging" }
  yield* here(initialize)
  const inStage = (...args: ReadonlyArray<string>) => here(terraform(target, ...args))
  const inProduction = (...args: ReadonlyArray<string>) =>
    here(terraform({ ...target, workspace: "default" }, ...args))
  return { folder, go: () => writeFileSync(`${folder}/go`, ""), inProduction, inStage }
})

const live = <A, E>(
  sentence: string,
  body: Effect.Effect<A, E, Commands | NodeServices.NodeServices | Scope.Scope>
) =>
  it.live.skipIf(isMissing)(sentence, () =>
    Effect.provide(body, CommandsOfSystem.layer.pipe(Layer.provideMerge(NodeServices.layer)))
  )

describe("Terraform", () => {
  live(
    "plans, applies and lists in the workspace of its variable, which it makes, and in no other",
    Effect.gen(function* () {
      const { go, inProduction, inStage } = yield* stage
      go()
      const nothing = yield* inStage("state", "list")
      assert.strictEqual(nothing.exitCode, 1)
      assert.include(nothing.stderr, "No state file was found")
      const plan = yield* inStage("plan", "-input=false", "-detailed-exitcode", "-out=one.tfplan")
      assert.strictEqual(plan.exitCode, 2, plan.stderr)
      assert.notInclude(plan.stdout, "\u001b[")
      assert.strictEqual((yield* inStage("apply", "-input=false", "one.tfplan")).exitCode, 0)
      assert.strictEqual((yield* inStage("state", "list")).stdout, "terraform_data.one\n")
      assert.strictEqual((yield* inProduction("output", "-json")).stdout, "{}\n")
      assert.strictEqual((yield* inProduction("state", "list")).exitCode, 1)
      const stale = yield* inStage("apply", "-input=false", "one.tfplan")
      assert.include(
        explain({ tool: "terraform", args: [] }, stale).what,
        "since the plan was made"
      )
    })
  )

  live(
    "says whose lock it is when another is at it",
    Effect.gen(function* () {
      const { folder, go, inStage } = yield* stage
      const first = yield* Effect.forkChild(inStage("apply", "-input=false", "-auto-approve"))
      yield* until(() => existsSync(`${folder}/begun`))
      const second = yield* inStage("plan", "-input=false")
      const { what } = explain({ tool: "terraform", args: ["plan"] }, second)
      assert.match(what, /^Terraform's state is locked by another deploy \([0-9a-f-]{36}\)\./)
      go()
      assert.strictEqual((yield* Fiber.join(first)).exitCode, 0)
    })
  )
})
