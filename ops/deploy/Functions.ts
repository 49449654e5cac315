/** The two functions: SAM's template as a CloudFormation stack, with Terraform's outputs. */
import * as Effect from "effect/Effect"
import { parametersOf } from "../../infra/definitions/StackParameters.ts"
import { reportLanguageDefault } from "../../src/programs/reporter/ReportLanguage.ts"
import {
  reportQuestionsDefault,
  reportQuietWeekDefault
} from "../../src/programs/reporter/settings.ts"
import { readBundles, removeUnused, upload } from "./Bundle.ts"
import { changeStack } from "./ChangeSet.ts"
import { channelParameters } from "./OwnChannels.ts"
import { readTemplateText, releasesOf, withCode } from "./Release.ts"
import { readStack, stackFault, stackTags } from "./Stack.ts"
import type { Target } from "./Target.ts"
import type { Outputs } from "./Terraform.ts"

/** The template has no parameters for these outputs. */
const forOthers = ["Region", "WorkerUserName", "CodeBucket"]

/** The template's parameters, except the releases, which the bundles tell. */
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
  ReportLanguage: settings.reportLanguage ?? reportLanguageDefault,
  ReportQuestions: settings.reportQuestions ?? reportQuestionsDefault,
  ReportQuietWeek: settings.reportQuietWeek ?? reportQuietWeekDefault,
  ReportUnsubscribeUrl: settings.reportUnsubscribeUrl ?? "",
  WatchDailyBudgetUsd: String(settings.watch?.dailyBudgetUsd ?? ""),
  ModelPrices: settings.modelPrices === undefined ? "" : JSON.stringify(settings.modelPrices),
  WorkersAiAccount: settings.workersAi?.account ?? "",
  WorkersAiToken: settings.workersAi?.token ?? "",
  ...channelParameters(settings.channels),
  GradualDeployment: String(gradual)
})

const secrets: ReadonlySet<string> = new Set([
  "WorkersAiToken",
  "SlackUrl",
  "DiscordUrl",
  "WebhookUrl",
  "WebhookSecret"
])

/** The parameters as they may be shown, without the secrets among them. */
export const shownParameters = (
  ...given: Parameters<typeof parametersFor>
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parametersFor(...given)).map(([name, value]) => [
      name,
      secrets.has(name) && value !== "" ? "<secret>" : value
    ])
  )

/** Publishes a version of each function that is another than before. */
export const deployFunctions = Effect.fnUntraced(function* (
  target: Target,
  outputs: Outputs,
  gradual: boolean
) {
  const stack = yield* readStack(target)
  const fault = stackFault(target, stack)
  if (fault !== undefined) return yield* fault
  const template = yield* readTemplateText
  const bundles = yield* readBundles()
  const bucket = outputs.code_bucket ?? ""
  yield* Effect.forEach(bundles, (bundle) => upload(bucket, bundle), { concurrency: "unbounded" })
  const given = parametersFor(target, outputs, gradual)
  const releases = releasesOf(template, bundles, given)
  const isChanged = yield* changeStack({
    StackName: target.stack,
    ChangeSetType: stack === undefined || stack.isEmpty ? "CREATE" : "UPDATE",
    TemplateBody: withCode(template, bucket, bundles),
    Parameters: Object.entries({ ...given, ...releases }).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue
    })),
    Tags: stackTags(target)
  })
  if (!isChanged) return "nothing to change"
  const names = Object.values(releases).map((release) => release.slice(0, 12))
  const left = yield* removeUnused(bucket, bundles).pipe(
    Effect.as(""),
    Effect.catch(({ what }) => Effect.succeed(`; old bundles stay: ${what}`))
  )
  return `releases ${names.join(" and ")}${left}`
})
