/** Terraform's commands: the same for what a plan shows and for what is run. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { attempt, runTool } from "./runTool.ts"
import { type Target, variablesOf } from "./Target.ts"

/**
 * In the target's workspace by a variable of the one process: `workspace select` would also move
 * whatever else runs in this checkout, a deployment of another stage for example.
 */
export const terraform = ({ workspace }: Target, ...args: ReadonlyArray<string>): CommandLine => ({
  tool: "terraform",
  args: ["-chdir=infra/terraform", ...args],
  environment: { TF_WORKSPACE: workspace }
})

/** Of the folder, and so of all workspaces. */
export const initialize: CommandLine = {
  tool: "terraform",
  args: ["-chdir=infra/terraform", "init", "-input=false"]
}

const variable = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value)

export const variableArguments = (target: Target): ReadonlyArray<string> =>
  Object.entries(variablesOf(target)).map(([name, value]) => `-var=${name}=${variable(value)}`)

const planFile = ({ workspace }: Target): string => `${workspace}.tfplan`

export const terraformCommands = (target: Target) => ({
  plan: terraform(
    target,
    "plan",
    "-input=false",
    "-detailed-exitcode",
    `-out=${planFile(target)}`,
    ...variableArguments(target)
  ),
  show: terraform(target, "show", "-json", planFile(target)),
  apply: { ...terraform(target, "apply", "-input=false", planFile(target)), shown: true },
  output: terraform(target, "output", "-json")
})

const Plan = Schema.fromJsonString(
  Schema.Struct({
    resource_changes: Schema.optionalKey(
      Schema.Array(
        Schema.Struct({
          address: Schema.String,
          change: Schema.Struct({ actions: Schema.Array(Schema.String) })
        })
      )
    )
  })
)

const unreadable = (command: string) => () =>
  new DeployFault({
    what: `terraform ${command} answered what this version does not understand.`,
    mend: "Is Terraform 1.10 or newer? terraform version"
  })

/** What visitors said is in these; the queue holds what was not yet stored. */
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

/** Prepares, and plans; refuses a plan that would lose data. */
export const planInfra = Effect.fnUntraced(function* (target: Target) {
  const commands = terraformCommands(target)
  yield* runTool(initialize)
  const planned = yield* attempt(commands.plan)
  if (planned.exitCode === 0) return { changed: false, text: "nothing to change" }
  // 2 = there are changes
  if (planned.exitCode !== 2) return yield* explain(commands.plan, planned)
  const { resource_changes: changes = [] } = yield* runTool(commands.show).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Plan)),
    Effect.catchTag("SchemaError", () => unreadable("show")())
  )
  const having = (action: string) => changes.filter(({ change }) => change.actions.includes(action))
  const lost = having("delete").filter(({ address }) => holdsData.has(address))
  if (lost.length > 0) return yield* losing(lost.map(({ address }) => address))
  const [create, update, remove] = ["create", "update", "delete"].map((name) => having(name).length)
  return { changed: true, text: `${create} to make, ${update} to change, ${remove} to remove` }
})

/** Makes what is missing and changes what differs; a plan without changes is not applied. */
export const applyInfra = Effect.fnUntraced(function* (target: Target) {
  const { changed, text } = yield* planInfra(target)
  if (changed) yield* runTool(terraformCommands(target).apply)
  return text
})

const Outputs = Schema.fromJsonString(
  Schema.Record(Schema.String, Schema.Struct({ value: Schema.Unknown }))
)

export type Outputs = Readonly<Record<string, string>>

const notDeployed = ({ stage }: Target) =>
  new DeployFault({
    what: "Terraform has no outputs here: the infrastructure is not deployed, or only half.",
    mend: `npm run deploy${stage === undefined ? "" : ` -- --stage ${stage}`}`
  })

/** Those of what is deployed; it has to be. */
export const readOutputs = Effect.fnUntraced(function* (
  target: Target,
  expected: ReadonlyArray<string>
) {
  const found = yield* runTool(terraformCommands(target).output).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Outputs)),
    Effect.catchTag("SchemaError", () => unreadable("output")())
  )
  const outputs: Outputs = Object.fromEntries(
    Object.entries(found).map(([name, { value }]) => [name, String(value)])
  )
  if (expected.some((name) => outputs[name] === undefined)) return yield* notDeployed(target)
  return outputs
})
