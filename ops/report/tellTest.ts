/** A week's message to a channel, as a test: shown, or posted by the variables of the reporter. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { refuse } from "../../cli/runCommandLine.ts"
import * as ChannelsHttp from "../../src/layers/ChannelsHttp.ts"
import { addressesOf, channelSettings } from "../../src/programs/reporter/channelSettings.ts"
import { reportNotice } from "../../src/programs/reporter/reportNotice.ts"
import * as Settings from "../../src/runtime/Settings.ts"
import type { ChannelName } from "../../src/schema/Channel.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import type { Notice } from "../../src/schema/Notice.ts"
import { Channels } from "../../src/services/Channels.ts"
import { definitionsOf } from "../Place.ts"
import { localRecipients, numbersAsked, numbersText, optionsOf, report } from "./report.ts"
import { systemOf } from "./System.ts"

const variables = {
  slack: "SLACK_URL",
  discord: "DISCORD_URL",
  webhook: "WEBHOOK_URL and WEBHOOK_SECRET"
} as const

/** An address has no flag, because other users of the machine can read a command's words. */
const post = Effect.fnUntraced(function* (channel: ChannelName, notice: Notice) {
  const { [channel]: address } = addressesOf(yield* Settings.read(channelSettings))
  if (address === undefined) {
    return yield* refuse(`set ${variables[channel]}, or give --dry-run to see the message`)
  }
  const channels = ChannelsHttp.layer({ [channel]: address })
  yield* Effect.flatMap(Channels, (all) =>
    Effect.forEach(all, (one) => one.post(notice), { discard: true })
  ).pipe(Effect.provide(channels))
})

interface Asked {
  readonly week: Option.Option<WeekId>
  readonly dryRun: boolean
}

export const tellTest = Effect.fnUntraced(function* (
  channel: ChannelName,
  { dryRun, week }: Asked
) {
  const given = yield* report
  const options = optionsOf(given, yield* definitionsOf(given), localRecipients)
  const system = yield* systemOf(given)
  const numbers = yield* numbersAsked(week, options).pipe(
    Effect.provide(system.numbers),
    system.clearly
  )
  const notice = reportNotice(numbers.report, options, "test")
  if (!dryRun) yield* post(channel, notice)
  const message = ChannelsHttp.messageOf(channel, notice)
  const { frozen } = numbers
  const { period, questions } = numbers.report
  yield* Console.log(
    given.json
      ? JSON.stringify({ week: period.weekId, questions, frozen, channel, dryRun, message })
      : [
          `${dryRun ? "Would tell" : "Told"} ${channel}: ${notice.subject}`,
          `A test with ${numbersText(numbers)}; it does not affect the week's own report.`,
          ...(dryRun ? [JSON.stringify(message, undefined, 2)] : [])
        ].join("\n")
  )
})
