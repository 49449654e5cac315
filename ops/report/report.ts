/** `ops report`: the flags that its commands share, and the week that they are about. */
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { optionalValue, toggle } from "../../cli/flags.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { periodToReport } from "../../src/programs/reporter/periodToReport.ts"
import { makeReport, type Options } from "../../src/programs/reporter/program.ts"
import { version } from "../../src/runtime/version.ts"
import type { Recipients } from "../../src/schema/EmailMessage.ts"
import { previousWeek, WeekId } from "../../src/schema/IsoWeek.ts"
import { pricesOf } from "../../src/schema/report/KnownPrices.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { definitionsOf } from "../Place.ts"
import { systemOf } from "./System.ts"
import { settings } from "./settings.ts"

export const report = Command.make("report").pipe(
  Command.withSharedFlags({ ...installationFlags, ...settings })
)
type Flags = Effect.Success<typeof report>

export const weekFlag = optionalValue(
  "week",
  "ISO week such as 2026-W46 (default: the last complete week)",
  WeekId
)
export const dryRunFlag = toggle("dry-run", "do everything except sending")

/** Addresses for mail that does not leave this machine. */
const localSender = "reports@example.com"
export const localRecipients: Recipients = ["owner@example.com"]

export const zoneOf = (
  { zone }: Pick<Flags, "zone">,
  { schedule }: Definitions
): DateTime.TimeZone.Named =>
  Option.getOrElse(zone, () => DateTime.zoneMakeNamedUnsafe(schedule.timeZone))

/** The options that the reporter's Lambda would have. */
export const optionsOf = (given: Flags, definitions: Definitions, to: Recipients): Options => ({
  siteName: given.site,
  from: Option.getOrElse(given.fromAddress, () => localSender),
  to,
  zone: zoneOf(given, definitions),
  language: given.language,
  prices: pricesOf(given.prices),
  questions: given.questions,
  quietWeek: "send",
  channelQuestions: given.channelQuestions,
  ...(Option.isSome(given.unsubscribeUrl) && { unsubscribeUrl: given.unsubscribeUrl.value }),
  version
})

export const weekOf = (week: Option.Option<WeekId>, zone: DateTime.TimeZone) =>
  Option.match(week, {
    onNone: () => Effect.map(Clock.currentTimeMillis, (now) => previousWeek(now, zone)),
    onSome: Effect.succeed
  })

/** The numbers that the week's e-mail would show now: frozen ones, or else a fresh count. */
export const numbersOf = Effect.fnUntraced(function* (week: WeekId, options: Options) {
  const period = yield* periodToReport(week, options.zone)
  const [frozen] = yield* (yield* ReportLedger).reports([week])
  return frozen === undefined
    ? { report: yield* makeReport(period, options), frozen: false }
    : { report: frozen, frozen: true }
})

const dayMs = 86_400_000

/** The given week; else the last complete one, or the running one where only that has questions. */
export const numbersAsked = Effect.fnUntraced(function* (
  week: Option.Option<WeekId>,
  options: Options
) {
  const last = yield* numbersOf(yield* weekOf(week, options.zone), options)
  if (Option.isSome(week) || last.report.questions > 0) return last
  const { endMs, weekId } = last.report.period
  // the middle of the week after the running one, whatever the clocks do
  const running = previousWeek(endMs + 10.5 * dayMs, options.zone)
  const soFar = yield* numbersOf(running, options)
  return soFar.report.questions > 0 ? { ...soFar, emptyWeek: weekId } : last
})
type Numbers = Effect.Success<ReturnType<typeof numbersOf>> & { readonly emptyWeek?: WeekId }

/** `540 questions in 2026-W46, counted now` */
export const numbersText = ({ emptyWeek, frozen, report }: Numbers): string => {
  const { period, questions } = report
  return (
    `${plural(questions, "question")} in ${period.weekId}, ` +
    (frozen ? "as they were frozen" : "counted now") +
    (emptyWeek === undefined ? "" : `; ${emptyWeek} has none`)
  )
}

interface MailInput {
  readonly to: Recipients
  readonly dryRun: boolean
}

/** The options of an e-mail, and the system that its sending runs on. */
export const mailing = Effect.fnUntraced(function* ({ dryRun, to }: MailInput) {
  const given = yield* report
  if (!given.local && Option.isNone(given.fromAddress)) {
    return yield* refuse("give --from-address, a sender that SES has verified, or set REPORT_FROM")
  }
  const options = optionsOf(given, yield* definitionsOf(given), to)
  const system = yield* systemOf(given)
  const services = Layer.merge(system.numbers, system.mailer(dryRun))
  return {
    json: given.json,
    options,
    run: <A, E, R>(step: Effect.Effect<A, E, R>) => system.clearly(Effect.provide(step, services))
  }
})
