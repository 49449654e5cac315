import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { parse } from "jsonc-parser"
import { ReportQuestions, ReportQuietWeek } from "../../src/programs/reporter/settings.ts"
import { EmailAddress, UnsubscribeUrl } from "../../src/schema/EmailMessage.ts"
import { ModelPrice } from "../../src/schema/report/ModelPrice.ts"
import { DeployFault } from "./DeployFault.ts"

/** Terraform knows how a zone is written, and not which there are. */
const TimeZone = Schema.String.check(
  Schema.makeFilter(
    (name) =>
      Option.isSome(DateTime.zoneMakeNamed(name)) || "an IANA time zone, for example Europe/London"
  )
)

const fields = {
  siteName: Schema.NonEmptyString,
  /** Verified in SES. */
  reportFrom: EmailAddress,
  reportTo: Schema.NonEmptyArray(EmailAddress),
  alarmEmail: EmailAddress,
  /** Of AWS, twelve digits: any other account is refused. */
  account: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^\d{12}$/))),
  /** Needed when the login has several. */
  cloudflareAccount: Schema.optionalKey(Schema.NonEmptyString),
  region: Schema.optionalKey(Schema.NonEmptyString),
  reportTimeZone: Schema.optionalKey(TimeZone),
  reportQuestions: Schema.optionalKey(ReportQuestions),
  reportQuietWeek: Schema.optionalKey(ReportQuietWeek),
  /** As the reporter reads them, which would not start with any other. */
  reportUnsubscribeUrl: Schema.optionalKey(UnsubscribeUrl),
  modelPrices: Schema.optionalKey(Schema.Array(ModelPrice)),
  /** Any other variable of infra/terraform/variables.tf. */
  terraform: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
}

/** What only the owner knows. */
export const Settings = Schema.Struct(fields)
export type Settings = typeof Settings.Type

const decode = Schema.decodeUnknownEffect(Settings)

export const example = `{
  "siteName": "cv.example.com",
  "reportFrom": "reports@example.com",
  "reportTo": ["owner@example.com"],
  "alarmEmail": "owner@example.com",
  "region": "eu-west-1",
  "account": "123456789012",
  "stages": { "staging": { "siteName": "staging.example.com" } }
}`

const absent = (file: string) => () =>
  new DeployFault({
    what: `There is no ${file}, where the deployment's settings are.`,
    mend: `Write it, with your own values:\n${example}`
  })

const invalid = (file: string, detail: string) =>
  new DeployFault({
    what: `${file} is not what it should be: ${detail}`,
    mend: "docs/deploy.md has every setting; mend the file, then give the same command."
  })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The settings of a stage: those of the file, with those under the stage's name in their place. */
export const readSettings = Effect.fnUntraced(function* (file: string, stage: string | undefined) {
  const fs = yield* FileSystem.FileSystem
  const text = yield* fs.readFileString(file).pipe(Effect.mapError(absent(file)))
  const errors: Array<unknown> = []
  const written: unknown = parse(text, errors as never, { allowTrailingComma: true })
  if (errors.length > 0 || !isRecord(written)) return yield* invalid(file, "it is no JSON object.")
  const { stages = {}, ...all } = written
  if (!isRecord(stages)) return yield* invalid(file, '"stages" is no object.')
  const own = stage === undefined ? {} : (stages[stage] ?? {})
  if (!isRecord(own)) return yield* invalid(file, `"stages.${stage}" is no object.`)
  return yield* decode({ ...all, ...own }, { errors: "all", onExcessProperty: "error" }).pipe(
    Effect.mapError((error) => invalid(file, error.message))
  )
})
