/** Terraform's commands: a plan shows the same ones that a deployment runs. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import { attempt, type CommandLine, runTool } from "./Commands.ts"
import { DeployFault, understand, unreadableDefinitions } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { type Target, variablesOf } from "./Target.ts"

const inFolder = "-chdir=infra/terraform"

/**
 * A variable of the one process chooses the workspace. `workspace select` would also move whatever
 * else runs in this checkout, such as a deployment of another stage.
 */
export const terraform = ({ workspace }: Target, ...args: ReadonlyArray<string>): CommandLine => ({
  tool: "terraform",
  args: [inFolder, ...args],
  environment: { TF_WORKSPACE: workspace }
})

/** Prepares the folder, and so all workspaces. */
export const initialize: CommandLine = {
  tool: "terraform",
  args: [inFolder, "init", "-input=false"]
}

const variable = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value)

export const variableArguments = (target: Target): ReadonlyArray<string> =>
  Object.entries(variablesOf(target)).map(([name, value]) => `-var=${name}=${variable(value)}`)

export const terraformCommands = (target: Target) => {
  const planFile = `${target.workspace}.tfplan`
  return {
    plan: terraform(
      target,
      "plan",
      "-input=false",
      "-detailed-exitcode",
      `-out=${planFile}`,
      ...variableArguments(target)
    ),
    show: terraform(target, "show", "-json", planFile),
    apply: { ...terraform(target, "apply", "-input=false", planFile), shown: true },
    output: terraform(target, "output", "-json")
  }
}

const recent = "Is Terraform 1.10 or newer? terraform version"

const Change = Schema.Struct({
  address: Schema.String,
  change: Schema.Struct({ actions: Schema.Array(Schema.String) })
})

const Plan = Schema.fromJsonString(
  Schema.Struct({ resource_changes: Schema.optionalKey(Schema.Array(Change)) })
)

/** These hold the visitors' data, including events that still wait in the queue. */
export const holdsData = new Set([
  "aws_dynamodb_table.analytics",
  "aws_sqs_queue.dead_letters",
  "aws_sqs_queue.events"
])

const losing = (addresses: ReadonlyArray<string>) =>
  new DeployFault({
    what: `This would delete ${addresses.join(" and ")}, with the data in it. Nothing was changed.`,
    mend: "Its key, name or region was changed: change it back, or deploy another --stage."
  })

/** Prepares and plans; refuses a plan that would lose data. */
export const planInfra = Effect.fnUntraced(function* (target: Target) {
  const commands = terraformCommands(target)
  yield* runTool(initialize)
  const planned = yield* attempt(commands.plan)
  if (planned.exitCode === 0) return { changed: false, text: "nothing to change" }
  // 2 = there are changes
  if (planned.exitCode !== 2) return yield* explain(commands.plan, planned)
  const { resource_changes: changes = [] } = yield* runTool(commands.show).pipe(
    Effect.flatMap(understand(Plan, "terraform show", recent))
  )
  const having = (action: string) => changes.filter(({ change }) => change.actions.includes(action))
  const lost = having("delete").filter(({ address }) => holdsData.has(address))
  if (lost.length > 0) return yield* losing(lost.map(({ address }) => address))
  const [create, update, remove] = ["create", "update", "delete"].map((name) => having(name).length)
  return { changed: true, text: `${create} to make, ${update} to change, ${remove} to remove` }
})

/** Makes missing resources and changes different ones; a plan without changes is not applied. */
export const applyInfra = Effect.fnUntraced(function* (target: Target) {
  const { changed, text } = yield* planInfra(target)
  if (changed) yield* runTool(terraformCommands(target).apply)
  return text
})

const Outputs = Schema.fromJsonString(
  Schema.Record(Schema.String, Schema.Struct({ value: Schema.Unknown }))
)

export type Outputs = Readonly<Record<string, string>>

/** The outputs that a whole deployment has. */
export const outputNames = readTerraform({}).pipe(
  Effect.map(({ outputs }) => Object.keys(outputs)),
  Effect.mapError(unreadableDefinitions)
)

const notDeployed = ({ stage }: Target) =>
  new DeployFault({
    what: "Terraform has no outputs here: the infrastructure is not deployed, or only half.",
    mend: `npm run deploy${stage === undefined ? "" : ` -- --stage ${stage}`}`
  })

/** Fails unless every output of the definitions is deployed. */
export const readOutputs = Effect.fnUntraced(function* (
  target: Target,
  expected: ReadonlyArray<string>
) {
  const deployed = yield* runTool(terraformCommands(target).output).pipe(
    Effect.flatMap(understand(Outputs, "terraform output", recent))
  )
  const outputs: Outputs = Object.fromEntries(
    Object.entries(deployed).map(([name, { value }]) => [name, String(value)])
  )
  if (expected.some((name) => outputs[name] === undefined)) return yield* notDeployed(target)
  return outputs
})
