import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { harmless } from "../../cli/wording.ts"
import { alertOf } from "../../src/programs/reporter/watch/alertOf.ts"
import { look } from "../../src/programs/reporter/watch/look.ts"
import { wordsIn } from "../../src/programs/reporter/words/wordsIn.ts"
import type { Alert } from "../../src/schema/watch/Alert.ts"
import { follow } from "../../src/schema/watch/Episodes.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { manual } from "../manual.ts"
import { definitionsOf } from "../Place.ts"
import { localRecipients, optionsOf, report } from "./report.ts"
import { systemOf } from "./System.ts"

/** What the hourly run would find now, and whether it has told it; nothing is kept or sent. */
const wouldTell = Effect.fnUntraced(function* (options: ReturnType<typeof optionsOf>) {
  const nowMs = yield* Clock.currentTimeMillis
  const findings = yield* look({ nowMs, lagMs: 0, wholeDay: true }, options)
  const { episodes } = yield* (yield* ReportLedger).watched
  return follow(episodes, findings, nowMs).causes.map((cause) => ({
    ...alertOf(cause, options.zone.id, wordsIn(options.language)),
    isNew: cause.episode.startedAt >= nowMs
  }))
})

const textOf = ({ isNew, lines, subject }: Alert & { readonly isNew: boolean }): string =>
  [`${isNew ? "new" : "told"}  ${subject}`, ...lines.map((line) => `      ${line}`)].join("\n")

const run = Effect.fn("report.watch")(function* () {
  const given = yield* report
  const options = optionsOf(given, yield* definitionsOf(given), localRecipients)
  const system = yield* systemOf(given)
  const alerts = yield* system.clearly(Effect.provide(wouldTell(options), system.numbers))
  const shown = alerts.map(({ question: _, ...alert }) => alert)
  if (given.json) return yield* Console.log(harmless(JSON.stringify(shown)))
  const text = alerts.length === 0 ? "The watch finds nothing." : alerts.map(textOf).join("\n\n")
  yield* Console.log(harmless(text))
}, inOneLine)

export const watchCommand = Command.make("watch", {}, run).pipe(
  manual({
    short: "what the watch would tell now",
    long:
      "Looks at the last hour and day as the hourly run does, and prints what it would mail. " +
      "It keeps nothing, sends nothing and shows no question.",
    examples: {
      "report watch --local": "of npm start",
      "report watch --region eu-west-1 --json": "of AWS, for another program"
    }
  })
)
