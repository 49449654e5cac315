/** One deployment: its names, and where it is. */
import * as Effect from "effect/Effect"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"
import { DeployFault, unreadableDefinitions } from "./DeployFault.ts"
import { configFrom, type OwnWorker, readOwnWorker } from "./OwnWorker.ts"
import { exampleSettings, type Settings } from "./Settings.ts"

/** The defaults of Terraform, SAM and wrangler. */
const product = "cv-analytics"
const standardRegion = "eu-west-1"

/** A Worker as wrangler finds it. */
export interface WorkerPlace {
  readonly worker: string
  /** wrangler's file, from the project's folder. */
  readonly config: string
  /** wrangler's environment, and the Worker's name in it. */
  readonly environment: string
  readonly settings: Settings
}

export interface Target extends WorkerPlace {
  readonly stage: string | undefined
  /** Prefix of every name in AWS. */
  readonly name: string
  readonly region: string
  readonly workspace: string
  readonly stack: string
  /** The Worker's variables, without what the deployment tells it. */
  readonly variables: Readonly<Record<string, string>>
  /** The owner's Worker, where it takes the place of our chatbot. */
  readonly own: OwnWorker | undefined
  /** Our chatbot, which may stand from before the owner had a Worker. */
  readonly sample: WorkerPlace | undefined
}

export const sampleConfig = "infra/wrangler.jsonc"

const workersOf = Effect.fnUntraced(function* (
  settings: Settings,
  stage: string | undefined,
  folder: string
) {
  const { env = {}, ...production } = yield* Effect.mapError(
    readWorkerDefinition,
    unreadableDefinitions
  )
  const sample = stage === undefined ? production : env[stage]
  const place = sample && {
    worker: sample.name,
    config: sampleConfig,
    environment: stage ?? "",
    settings
  }
  const own = settings.worker
  if (own !== undefined) {
    const config = configFrom(folder, own.config)
    const { name, variables } = yield* readOwnWorker(config, own.environment)
    const environment = own.environment ?? ""
    return { worker: name, config, environment, variables, own, sample: place }
  }
  if (sample === undefined || place === undefined) {
    return yield* new DeployFault({
      what: `wrangler.jsonc has no environment ${stage}; it has ${Object.keys(env).join(", ")}.`,
      mend: "Copy the block of staging there, with another name and another namespace_id."
    })
  }
  return { ...place, variables: sample.vars, own, sample: place }
})

export const nameOfStage = (stage: string | undefined): string =>
  stage === undefined ? product : `${product}-${stage}`

/** The part of a target that AWS alone needs. */
export const placeOf = (settings: Settings, stage: string | undefined) => ({
  name: nameOfStage(stage),
  region: settings.region ?? standardRegion
})

/**
 * Every name of a stage ends with it; production's names have no ending. `folder` is that of
 * deploy.json.
 */
export const targetOf = Effect.fnUntraced(function* (
  settings: Settings,
  stage?: string,
  folder = "."
) {
  const workers = yield* workersOf(settings, stage, folder)
  const { name, region } = placeOf(settings, stage)
  const target: Target = {
    ...workers,
    stage,
    name,
    region,
    workspace: stage ?? "default",
    stack: `${name}-functions`,
    settings
  }
  return target
})

/** The user whose key the Worker has. */
export const userOf = ({ name }: Pick<Target, "name">): string => `${name}-worker`

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
  ...(settings.watch?.on !== undefined && { watch: settings.watch.on }),
  ...(settings.reportTimeZone !== undefined && { report_time_zone: settings.reportTimeZone })
})
