import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser"
import { nearest } from "../../cli/nearest.ts"
import { isRecord } from "../../infra/definitions/Expression.ts"

import { ReportLanguage } from "../../src/programs/reporter/ReportLanguage.ts"
import { ReportQuestions } from "../../src/programs/reporter/ReportQuestions.ts"
import {
  dailyBudgetUsd as budgetCheck,
  ReportQuietWeek,
  WorkersAiAccount
} from "../../src/programs/reporter/settings.ts"
import { EmailAddress, Recipients, UnsubscribeUrl } from "../../src/schema/EmailMessage.ts"
import { ModelPrice, ModelPrices } from "../../src/schema/report/ModelPrice.ts"
import { AwsRegion } from "../installation/installationFlags.ts"
import { DeployFault } from "./DeployFault.ts"
import { OwnChannels, SignedWebhook } from "./OwnChannels.ts"
import { Ask, OwnWorker } from "./OwnWorker.ts"

/** Terraform checks how a zone is written, but not whether it exists. */
const TimeZone = Schema.String.check(
  Schema.makeFilter(
    (name) =>
      Option.isSome(DateTime.zoneMakeNamed(name)) || "an IANA time zone, for example Europe/London"
  )
)

const text = (expected: string) => Schema.String.check(Schema.isNonEmpty({ expected }))

export const AwsAccount = Schema.String.check(
  Schema.isPattern(/^\d{12}$/, { expected: "the twelve digits of an AWS account" })
)

const WorkersAi = Schema.Struct({
  account: WorkersAiAccount,
  token: text("a token that may run Workers AI")
})

const Watch = Schema.Struct({
  /** The hourly look; on where nothing is said. */
  on: Schema.optionalKey(Schema.Boolean),
  dailyBudgetUsd: Schema.optionalKey(Schema.Finite.check(budgetCheck))
})

/** The settings that only the owner knows. */
export const Settings = Schema.Struct({
  siteName: text("the name of your site"),
  /** Verified in SES. */
  reportFrom: EmailAddress,
  reportTo: Recipients,
  alarmEmail: EmailAddress,
  /** A deployment refuses every other AWS account. */
  account: Schema.optionalKey(AwsAccount),
  /** Needed when the login has several. */
  cloudflareAccount: Schema.optionalKey(text("the id of a Cloudflare account")),
  region: Schema.optionalKey(AwsRegion),
  reportTimeZone: Schema.optionalKey(TimeZone),
  reportLanguage: Schema.optionalKey(ReportLanguage),
  reportQuestions: Schema.optionalKey(ReportQuestions),
  reportQuietWeek: Schema.optionalKey(ReportQuietWeek),
  reportUnsubscribeUrl: Schema.optionalKey(UnsubscribeUrl),
  watch: Schema.optionalKey(Watch),
  modelPrices: Schema.optionalKey(ModelPrices),
  /** Compares questions by their meaning. */
  workersAi: Schema.optionalKey(WorkersAi),
  channels: Schema.optionalKey(OwnChannels),
  /** It takes the place of our chatbot. */
  worker: Schema.optionalKey(OwnWorker),
  /** Any other variable of infra/terraform/variables.tf. */
  terraform: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
})
export type Settings = typeof Settings.Type

export const example = `{
  "siteName": "cv.example.com",
  "reportFrom": "reports@example.com",
  "reportTo": ["owner@example.com"],
  "alarmEmail": "owner@example.com",
  "region": "eu-west-1",
  "account": "123456789012",
  "stages": { "staging": { "siteName": "staging.example.com" } }
}`

const { stages: _, ...exampleText } = parse(example)

export const exampleSettings = Schema.decodeUnknownSync(Settings)(exampleText)

const absent = (file: string) =>
  new DeployFault({
    what: `There is no ${file}, which holds the deployment's settings.`,
    mend: `Write it, with your own values:\n${example}`
  })

const invalid = (file: string, mistakes: ReadonlyArray<string>) =>
  new DeployFault({
    what: [`${file} cannot be used:`, ...mistakes].join("\n    "),
    mend: "Mend the file, then run the command again. docs/deploy.md explains every setting."
  })

const inWords: Readonly<Record<string, string>> = {
  boolean: "true or false",
  string: "a text in quotes",
  number: "a number",
  array: "a list in brackets",
  object: "an object in braces"
}

const formatter = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => {
    if (issue._tag === "MissingKey") return "missing"
    return issue._tag === "UnexpectedKey" ? "unknown" : SchemaIssue.defaultLeafHook(issue)
  }
})

const must = (message: string): string => {
  const expected = message.replace(/^Expected /, "")
  return `must be ${inWords[expected] ?? expected.replaceAll(" | ", " or ")}.`
}

/** The names inside of a setting, which a misspelt one may mean. */
const namesIn: Readonly<Record<string, object>> = {
  channels: { ...OwnChannels.fields, ...SignedWebhook.fields },
  modelPrices: ModelPrice.fields,
  watch: Watch.fields,
  worker: { ...OwnWorker.fields, ...Ask.fields },
  workersAi: WorkersAi.fields
}

const unknown = (file: string, path: ReadonlyArray<PropertyKey>): string => {
  const [setting] = path
  const names = Object.keys(path.length === 1 ? Settings.fields : (namesIn[String(setting)] ?? {}))
  const meant = nearest(String(path.at(-1)), names)
  return `is not a setting of ${file}${meant === undefined ? "." : `; did you mean "${meant}"?`}`
}

/** One line for each wrong setting, under the name by which the owner wrote it. */
const mistakesOf = (
  file: string,
  { issue }: Schema.SchemaError,
  nameOf: (setting: string) => string
): ReadonlyArray<string> =>
  formatter(issue).issues.map(({ message, path = [] }) => {
    const keys = path as ReadonlyArray<PropertyKey>
    const [setting, ...inside] = keys
    const rest = inside.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    const says: Readonly<Record<string, string>> = {
      missing: "is missing.",
      unknown: unknown(file, keys)
    }
    return `"${nameOf(String(setting))}${rest.join("")}" ${says[message] ?? must(message)}`
  })

const spaced = (code: string): string =>
  code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim()

const parseJson = (file: string, text: string) => {
  const errors: Array<ParseError> = []
  const written: unknown = parse(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error === undefined) return Effect.succeed(written)
  const line = text.slice(0, error.offset).split("\n").length
  return invalid(file, [
    `it is not JSON: ${spaced(printParseErrorCode(error.error))} in line ${line}.`
  ])
}

const decodeSettings = Schema.decodeUnknownResult(Settings)
const strict = { errors: "all", onExcessProperty: "error" } as const

type Written = Readonly<Record<string, unknown>>

/** Two deployments cannot share a Worker, because it has one key and sends to one queue. */
const isShared = (production: unknown, own: unknown): boolean =>
  isRecord(production) &&
  (!isRecord(own) ||
    (own.config === production.config && own.environment === production.environment))

/** Checks the file's settings with those of one stage in their place. */
const checked = (file: string, all: Written, stage: string | undefined, own: unknown) => {
  if (!isRecord(own)) return Result.fail([`"stages.${stage}" must be an object in braces.`])
  if (stage !== undefined && isShared(all.worker, own.worker)) {
    return Result.fail([`"stages.${stage}.worker" must name another Worker than production's.`])
  }
  const nameOf = (setting: string) => (setting in own ? `stages.${stage}.${setting}` : setting)
  return Result.mapError(decodeSettings({ ...all, ...own }, strict), (error) =>
    mistakesOf(file, error, nameOf)
  )
}

/**
 * The settings of a stage: those of the file, with those under the stage's name in their place. It
 * refuses the mistakes of every stage at once, because another stage's are found too late.
 */
export const readSettings = Effect.fn("Settings.read")(function* (
  file: string,
  stage: string | undefined
) {
  const fs = yield* FileSystem.FileSystem
  const text = yield* Effect.mapError(fs.readFileString(file), ({ reason }) =>
    reason._tag === "NotFound"
      ? absent(file)
      : invalid(file, [`it is unreadable (${reason._tag}).`])
  )
  const written = yield* parseJson(file, text)
  if (!isRecord(written)) return yield* invalid(file, ["it must be an object in braces."])
  const { stages = {}, ...all } = written
  if (!isRecord(stages)) return yield* invalid(file, ['"stages" must be an object in braces.'])
  const settings = checked(file, all, stage, stage === undefined ? {} : (stages[stage] ?? {}))
  const others = Object.entries(stages)
    .filter(([name]) => name !== stage)
    .map(([name, own]) => checked(file, all, name, own))
  const mistakes = [settings, ...others].flatMap((each) =>
    Result.isFailure(each) ? each.failure : []
  )
  // a mistake of the file itself is found with each stage
  if (mistakes.length > 0) return yield* invalid(file, [...new Set(mistakes)])
  return Result.getOrThrow(settings)
})
