/**
 * Stands in for the program `terraform`, whose provider for AWS cannot be had everywhere. It reads
 * the files in `-chdir`, keeps its state beside them, and talks to the endpoint of its environment.
 * It refuses sub-commands that the product does not use, takes no lock and judges no variable.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import { open } from "../Clients.ts"
import { applyPlan, StepFailed } from "./applyPlan.ts"
import { readDesired, type Values } from "./Desired.ts"
import { hasChanges, type Plan, planOf } from "./Plan.ts"
import { planJson, stateJson } from "./planJson.ts"
import { empty, fileContent, outputsOf, readState, terraformVersion, writeState } from "./State.ts"

class Refused extends Error {}

const { AWS_ENDPOINT_URL: endpoint = "", TF_WORKSPACE: workspace = "default" } = process.env

const words = process.argv.slice(2)
const flags = words.filter((word) => word.startsWith("-"))
const [command = "", ...operands] = words.filter((word) => !word.startsWith("-"))

const valuesOf = (flag: string): ReadonlyArray<string> =>
  flags.flatMap((each) => (each.startsWith(`-${flag}=`) ? [each.slice(flag.length + 2)] : []))

const [folder = "."] = valuesOf("chdir")

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const sayJson = (value: unknown): void => say(JSON.stringify(value))

/** Terraform knows each variable's type; here whatever reads as JSON is JSON. */
const variables = Object.fromEntries(
  valuesOf("var").map((text) => {
    const [name = "", ...rest] = text.split("=")
    const value = rest.join("=")
    return [name, /^(?:-?\d+(?:\.\d+)?|true|false|[[{].*)$/.test(value) ? JSON.parse(value) : value]
  })
)

/** Everything that an application of the plan needs, beside what is shown of it. */
interface PlanFile {
  readonly plan: Plan
  readonly serial: number
  readonly tags: Readonly<Record<string, string>>
  readonly variables: Values
}

const clients = open(endpoint)

const state = () => readState(folder, workspace) ?? empty()

const planNow = async (isDestroy: boolean): Promise<PlanFile> => {
  const desired = await Effect.runPromise(
    Effect.provide(readDesired(variables, folder), NodeServices.layer)
  )
  const wanted = isDestroy ? { resources: {}, outputs: {} } : desired
  const before = state()
  const plan = await planOf(clients, before, wanted, {
    targets: valuesOf("target"),
    isRefreshOnly: flags.includes("-refresh-only")
  })
  return { plan, serial: before.serial, tags: desired.tags, variables: desired.variables }
}

const readPlan = (name: string): PlanFile => JSON.parse(readFileSync(resolve(folder, name), "utf8"))

const carryOut = async ({ plan, serial, tags, variables }: PlanFile): Promise<void> => {
  const before = state()
  if (before.serial !== serial) throw new Refused("Saved plan is stale")
  await applyPlan(plan, before, {
    clients,
    tags,
    region: String(variables.region),
    save: (next) => writeState(folder, workspace, next),
    tell: say
  })
}

const plan = async (): Promise<number> => {
  const made = await planNow(flags.includes("-destroy"))
  const [file] = valuesOf("out")
  if (file !== undefined) writeFileSync(resolve(folder, file), JSON.stringify(made))
  const isChanged = hasChanges(made.plan)
  say(isChanged ? "Plan: there are changes." : "No changes. Your infrastructure matches.")
  return isChanged && flags.includes("-detailed-exitcode") ? 2 : 0
}

const shown = ([name]: ReadonlyArray<string>) => {
  if (name === undefined) return stateJson(state().resources, state().outputs)
  const made = readPlan(name)
  return planJson(made.plan, made.variables)
}

const apply = async (): Promise<void> => {
  const [name] = operands
  await carryOut(name === undefined ? await planNow(false) : readPlan(name))
}

const ofState = (): void => {
  const kept = readState(folder, workspace)
  if (kept === undefined) {
    throw new Refused("No state file was found!\n\nState management commands require a state file.")
  }
  const lines = operands[0] === "pull" ? [fileContent(kept)] : Object.keys(kept.resources)
  for (const line of lines) say(line)
}

const version = {
  terraform_version: terraformVersion,
  platform: "stand-in",
  provider_selections: {},
  terraform_outdated: false
}

const commands: Readonly<Record<string, () => unknown>> = {
  version: () => sayJson(version),
  init: () => say("Terraform has been successfully initialized!"),
  workspace: () => say(workspace),
  plan,
  show: () => sayJson(shown(operands)),
  apply,
  destroy: async () => carryOut(await planNow(true)),
  output: () => sayJson(outputsOf(state().outputs)),
  state: ofState
}

const framed = (error: unknown): string => {
  const at = error instanceof StepFailed ? `\n\n  with ${error.address},` : ""
  const said = error instanceof Error ? error.message : String(error)
  return `\n╷\n${`Error: ${said}${at}`.replaceAll(/^/gm, "│ ")}\n╵\n`
}

/** The exit waits until a reader has taken everything. */
try {
  const run = commands[command]
  if (run === undefined) throw new Refused(`the stand-in has no command ${command}`)
  const exitCode = await run()
  process.exitCode = typeof exitCode === "number" ? exitCode : 0
} catch (error) {
  process.stderr.write(framed(error))
  process.exitCode = 1
} finally {
  for (const client of Object.values(clients)) client.destroy()
}
