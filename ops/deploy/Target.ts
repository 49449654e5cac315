/** One deployment: its names, and where it is. */
import * as Effect from "effect/Effect"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"
import { DeployFault, unreadableDefinitions } from "./DeployFault.ts"
import { exampleSettings, type Settings } from "./Settings.ts"

/** The defaults of Terraform, SAM and wrangler. */
const product = "cv-analytics"
const standardRegion = "eu-west-1"

export interface Target {
  readonly stage: string | undefined
  /** Prefix of every name in AWS. */
  readonly name: string
  readonly region: string
  readonly workspace: string
  readonly stack: string
  /** wrangler's environment, and the Worker's name in it. */
  readonly environment: string
  readonly worker: string
  /** The Worker's variables, without what the deployment tells it. */
  readonly variables: Readonly<Record<string, string>>
  readonly settings: Settings
}

/** Every name of a stage ends with it; production's names have no ending. */
export const targetOf = Effect.fnUntraced(function* (settings: Settings, stage?: string) {
  const { env = {}, ...production } = yield* Effect.mapError(
    readWorkerDefinition,
    unreadableDefinitions
  )
  const worker = stage === undefined ? production : env[stage]
  if (worker === undefined) {
    return yield* new DeployFault({
      what: `wrangler.jsonc has no environment ${stage}; it has ${Object.keys(env).join(", ")}.`,
      mend: "Copy the block of staging there, with another name and another namespace_id."
    })
  }
  const name = stage === undefined ? product : `${product}-${stage}`
  const target: Target = {
    stage,
    name,
    region: settings.region ?? standardRegion,
    workspace: stage ?? "default",
    stack: `${name}-functions`,
    environment: stage ?? "",
    worker: worker.name,
    variables: worker.vars,
    settings
  }
  return target
})

/** The target of a plan before the owner has written settings. */
export const exampleTarget = (stage: string | undefined) => targetOf(exampleSettings, stage)

/** The values of Terraform's variables; the others have their defaults. */
export const variablesOf = ({
  name,
  region,
  settings
}: Target): Readonly<Record<string, unknown>> => ({
  ...settings.terraform,
  name,
  region,
  report_from: settings.reportFrom,
  alarm_email: settings.alarmEmail,
  ...(settings.reportTimeZone !== undefined && { report_time_zone: settings.reportTimeZone })
})
