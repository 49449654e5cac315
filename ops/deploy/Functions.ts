/** The two functions: SAM's template as a CloudFormation stack, with Terraform's outputs. */
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { bundles } from "../../infra/bundles.ts"
import { parametersOf } from "../../infra/definitions/StackParameters.ts"
import {
  reportQuestionsDefault,
  reportQuietWeekDefault
} from "../../src/programs/reporter/settings.ts"
import { ask } from "./Aws.ts"
import { type Answer, attempt, type CommandLine, runTool } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { cloudFormation, readStack, stackFault } from "./Stack.ts"
import type { Target } from "./Target.ts"
import type { Outputs } from "./Terraform.ts"

/** The template has no parameters for these outputs. */
const forOthers = ["Region", "WorkerUserName", "CodeBucket"]

export const parametersFor = (
  { settings }: Target,
  outputs: Outputs,
  gradual: boolean
): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(parametersOf(outputs)).flatMap(([name, value]) =>
      forOthers.includes(name) ? [] : [[name, String(value)]]
    )
  ),
  SiteName: settings.siteName,
  ReportTo: settings.reportTo.join(","),
  ReportQuestions: settings.reportQuestions ?? reportQuestionsDefault,
  ReportQuietWeek: settings.reportQuietWeek ?? reportQuietWeekDefault,
  ReportUnsubscribeUrl: settings.reportUnsubscribeUrl ?? "",
  ModelPrices: settings.modelPrices === undefined ? "" : JSON.stringify(settings.modelPrices),
  WorkersAiAccount: settings.workersAi?.account ?? "",
  WorkersAiToken: settings.workersAi?.token ?? "",
  GradualDeployment: String(gradual)
})

/** The parameters as they may be shown, without the secret among them. */
export const shownParameters = (
  ...given: Parameters<typeof parametersFor>
): Record<string, string> => {
  const { WorkersAiToken: token, ...others } = parametersFor(...given)
  return { ...others, WorkersAiToken: token === "" ? "" : "<token>" }
}

export const functionsCommands = (
  target: Target,
  outputs: Outputs,
  parameters: Readonly<Record<string, string>>
) => {
  const packaged = `dist/${target.stack}.yaml`
  return {
    package: cloudFormation(
      target,
      "package",
      "--template-file",
      "infra/sam/template.yaml",
      "--s3-bucket",
      outputs.code_bucket ?? "",
      "--output-template-file",
      packaged
    ),
    deploy: {
      ...cloudFormation(
        target,
        "deploy",
        "--template-file",
        packaged,
        "--stack-name",
        target.stack,
        "--no-fail-on-empty-changeset",
        "--parameter-overrides",
        ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
      ),
      shown: true
    }
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url))

const notBuilt = () =>
  new DeployFault({ what: "The bundles are not built.", mend: "npm run build" })

/** SHA-256 over bundles and parameters: the same ones are the same release. */
const releaseOf = Effect.fnUntraced(function* (parameters: Readonly<Record<string, string>>) {
  const fs = yield* FileSystem.FileSystem
  const hash = createHash("sha256")
  for (const file of [bundles.processor, bundles.reporter]) {
    const bytes = yield* fs.readFile(`${root}${file}`).pipe(Effect.mapError(notBuilt))
    hash.update(`${file} ${bytes.length}\n`).update(bytes)
  }
  for (const name of Object.keys(parameters).sort()) {
    hash.update(JSON.stringify([name, parameters[name]]))
  }
  return hash.digest("hex")
})

const Events = Schema.Struct({
  StackEvents: Schema.Array(
    Schema.Struct({
      LogicalResourceId: Schema.String,
      ResourceStatus: Schema.String,
      ResourceStatusReason: Schema.optionalKey(Schema.String)
    })
  )
})

/**
 * The first failure since this change began; the events come newest first. A cancelled resource
 * only follows another's failure.
 */
const firstReason = (
  stack: string,
  { StackEvents: events }: typeof Events.Type
): string | undefined => {
  const begun = events.findIndex(
    ({ LogicalResourceId, ResourceStatus }) =>
      LogicalResourceId === stack && /^(?:CREATE|UPDATE)_IN_PROGRESS$/.test(ResourceStatus)
  )
  const failed = events
    .slice(0, begun === -1 ? undefined : begun)
    .findLast(
      ({ ResourceStatus, ResourceStatusReason = "cancelled" }) =>
        ResourceStatus.endsWith("_FAILED") && !/cancelled/i.test(ResourceStatusReason)
    )
  return failed && `${failed.LogicalResourceId}: ${failed.ResourceStatusReason}`
}

/** The AWS CLI says this only after the change began; earlier failures state their own reason. */
const begunAndFailed = "Failed to create/update the stack"

const explainStack = Effect.fnUntraced(function* (
  { stack }: Target,
  command: CommandLine,
  answer: Answer
) {
  if (!answer.stderr.includes(begunAndFailed)) return yield* explain(command, answer)
  const input = { StackName: stack }
  const events = yield* ask("cloudformation", "describe-stack-events", input, Events)
  const reason = firstReason(stack, events)
  if (reason === undefined) return yield* explain(command, answer)
  return yield* new DeployFault({
    what: `The functions were not deployed, and are as they were before.\n  ${reason}`,
    mend: "Mend that, then run the command again."
  })
})

/** Publishes a version of each function; the same release changes neither. */
export const deployFunctions = Effect.fnUntraced(function* (
  target: Target,
  outputs: Outputs,
  gradual: boolean
) {
  const fault = stackFault(target, yield* readStack(target))
  if (fault !== undefined) return yield* fault
  const parameters = parametersFor(target, outputs, gradual)
  const release = yield* releaseOf(parameters)
  const commands = functionsCommands(target, outputs, { ...parameters, Release: release })
  yield* runTool(commands.package)
  const deployed = yield* attempt(commands.deploy)
  if (deployed.exitCode !== 0) return yield* explainStack(target, commands.deploy, deployed)
  return `release ${release.slice(0, 12)}`
})
