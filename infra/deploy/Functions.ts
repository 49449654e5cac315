/** The two functions: SAM's template as a CloudFormation stack, with Terraform's outputs. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parametersOf } from "../definitions/StackParameters.ts"
import { ask } from "./Aws.ts"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { releaseOf } from "./Release.ts"
import { attempt, runTool } from "./runTool.ts"
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

const Stacks = Schema.Struct({
  Stacks: Schema.Array(
    Schema.Struct({
      StackStatus: Schema.String,
      Description: Schema.optionalKey(Schema.String)
    })
  )
})

const none = { Stacks: [] }

/** Undefined when there is no such stack. */
export const readStack = Effect.fnUntraced(function* ({ stack }: Target) {
  const { Stacks: stacks } = yield* ask(
    "cloudformation",
    "describe-stacks",
    { StackName: stack },
    Stacks
  ).pipe(
    Effect.catchIf(
      ({ code, what }) => code === "ValidationError" && what.includes("does not exist"),
      () => Effect.succeed(none)
    )
  )
  return stacks[0]
})

/** A stack that a deployment cannot start from, and what to do about it. */
export const stackFault = (
  { region, stack }: Target,
  found: { readonly StackStatus: string; readonly Description?: string } | undefined
): DeployFault | undefined => {
  if (found === undefined) return undefined
  const { Description: description = "", StackStatus: status } = found
  const command = (name: string) =>
    `aws cloudformation ${name} --stack-name ${stack} --region ${region}`
  const fault = (what: string, mend: string) =>
    new DeployFault({ what: `The stack ${stack} ${what} (${status}).`, mend })
  if (!description.includes("cv-analytics")) {
    return fault("is somebody else's", "Take another --stage: this name is in use.")
  }
  if (status.endsWith("_IN_PROGRESS")) {
    return fault(
      "is being changed right now",
      "Wait until that is over, then give the same command."
    )
  }
  if (
    status === "ROLLBACK_COMPLETE" ||
    status === "ROLLBACK_FAILED" ||
    status === "DELETE_FAILED"
  ) {
    return fault(
      "is left over from a deployment that failed, and holds nothing that works",
      `${command("delete-stack")}, and then the same command again.`
    )
  }
  return status === "UPDATE_ROLLBACK_FAILED"
    ? fault("is stuck half-way", `${command("continue-update-rollback")}, then the same command.`)
    : undefined
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

/** Newest first; that others were cancelled is a consequence and no reason. */
const firstReason = ({ StackEvents }: typeof Events.Type): string | undefined => {
  const newest = StackEvents.slice(0, 60)
  const failed = newest.findLast(
    ({ ResourceStatus, ResourceStatusReason = "cancelled" }) =>
      ResourceStatus.endsWith("_FAILED") && !/cancelled/i.test(ResourceStatusReason)
  )
  return failed && `${failed.LogicalResourceId}: ${failed.ResourceStatusReason}`
}

const rolledBack = Effect.fnUntraced(function* (
  target: Target,
  command: CommandLine,
  stderr: string
) {
  const events = yield* ask(
    "cloudformation",
    "describe-stack-events",
    { StackName: target.stack },
    Events
  ).pipe(Effect.catch(() => Effect.succeed({ StackEvents: [] })))
  const reason = firstReason(events)
  return yield* reason === undefined
    ? explain(command, { exitCode: 255, stderr })
    : new DeployFault({
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
  if (deployed.exitCode !== 0) return yield* rolledBack(target, commands.deploy, deployed.stderr)
  return `release ${release.slice(0, 12)}`
})
