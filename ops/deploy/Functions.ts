/** The two functions: SAM's template as a CloudFormation stack, with Terraform's outputs. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parametersOf } from "../../infra/definitions/StackParameters.ts"
import { ask } from "./Aws.ts"
import type { Answer, CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { releaseOf } from "./Release.ts"
import { attempt, runTool } from "./runTool.ts"
import { readStack, stackFault } from "./Stack.ts"
import type { Target } from "./Target.ts"
import type { Outputs } from "./Terraform.ts"

/** Terraform's outputs that are no parameters of the template. */
const forOthers = ["Region", "QueueUrl", "WorkerUserName", "CodeBucket"]

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
  ReportQuestions: settings.reportQuestions ?? "shown",
  ReportQuietWeek: settings.reportQuietWeek ?? "send",
  ReportUnsubscribeUrl: settings.reportUnsubscribeUrl ?? "",
  ModelPrices: settings.modelPrices === undefined ? "" : JSON.stringify(settings.modelPrices),
  GradualDeployment: String(gradual)
})

export const functionsCommands = (
  { region, stack }: Target,
  outputs: Outputs,
  parameters: Readonly<Record<string, string>>
) => {
  const packaged = `dist/${stack}.yaml`
  const aws = (...args: ReadonlyArray<string>): CommandLine => ({
    tool: "aws",
    args: ["cloudformation", ...args, "--region", region]
  })
  return {
    package: aws(
      "package",
      "--template-file",
      "infra/sam/template.yaml",
      "--s3-bucket",
      outputs.code_bucket ?? "",
      "--output-template-file",
      packaged
    ),
    deploy: {
      ...aws(
        "deploy",
        "--template-file",
        packaged,
        "--stack-name",
        stack,
        "--no-fail-on-empty-changeset",
        "--parameter-overrides",
        ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
      ),
      shown: true
    }
  }
}

const Events = Schema.Struct({
  StackEvents: Schema.Array(
    Schema.Struct({
      LogicalResourceId: Schema.String,
      ResourceStatus: Schema.String,
      ResourceStatusReason: Schema.optionalKey(Schema.String)
    })
  )
})

/** Newest first, back to where this change began; that others were cancelled is no reason. */
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

/** Said when the change began and failed; what failed before that has told its reason itself. */
const begunAndFailed = "Failed to create/update the stack"

const notDeployed = Effect.fnUntraced(function* (
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
    mend: "Mend that, then give the same command."
  })
})

/** Publishes a version of each function; one that is deployed already changes nothing. */
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
  if (deployed.exitCode !== 0) return yield* notDeployed(target, commands.deploy, deployed)
  return `release ${release.slice(0, 12)}`
})
