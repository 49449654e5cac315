/** `ops report`: the flags of all its commands, and what they amount to. */
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import type { Options } from "../../src/programs/reporter/program.ts"
import { version } from "../../src/runtime/version.ts"
import { previousWeek, WeekId } from "../../src/schema/IsoWeek.ts"
import { pricesOf } from "../../src/schema/report/ModelPrice.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { type Recipients, settings } from "./settings.ts"

export const report = Command.make("report").pipe(
  Command.withSharedFlags({ ...installationFlags, ...settings })
)
export type Flags = Effect.Success<typeof report>

export const weekFlag = Flag.String("week").pipe(
  Flag.withDescription("ISO week such as 2026-W46; the last that is over without it"),
  Flag.withSchema(WeekId),
  Flag.optional
)

/** Those of `npm start`, good for every mail that does not leave this machine. */
const localSender = "reports@example.com"
export const localRecipients: Recipients = ["owner@example.com"]

export const zoneOf = (
  { zone }: Pick<Flags, "zone">,
  { schedule }: Definitions
): DateTime.TimeZone.Named =>
  Option.getOrElse(zone, () => DateTime.zoneMakeNamedUnsafe(schedule.timeZone))

/** The reporter's options as its Lambda has them. */
export const optionsOf = (given: Flags, definitions: Definitions, to: Recipients): Options => ({
  siteName: given.site,
  from: Option.getOrElse(given.fromAddress, () => localSender),
  to,
  zone: zoneOf(given, definitions),
  prices: pricesOf(given.prices),
  questions: given.questions,
  quietWeek: "send",
  ...Option.match(given.unsubscribeUrl, {
    onNone: () => ({}),
    onSome: (unsubscribeUrl) => ({ unsubscribeUrl })
  }),
  version
})

export const weekOf = (week: Option.Option<WeekId>, zone: DateTime.TimeZone) =>
  Option.match(week, {
    onNone: () => Effect.map(Clock.currentTimeMillis, (now) => previousWeek(now, zone)),
    onSome: Effect.succeed
  })
