import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { count, optionalText, toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { portDefault } from "../../local/ports.ts"
import { manual } from "../manual.ts"
import { askBot, type Bot } from "./askBot.ts"
import { bodyDefault, bodyTemplate } from "./BodyTemplate.ts"
import { afterCheck, type CheckedGap, checkGaps } from "./checkGaps.ts"
import { lineOf, summaryOf, verdict } from "./checkText.ts"
import { type Gap, GapId, textsOf } from "./Gap.ts"
import { writeGaps } from "./GapFile.ts"
import { gapOf, gaps, openGaps } from "./gaps.ts"

const flags = {
  ids: Argument.String("id").pipe(
    Argument.withDescription("ids of gaps (default: all that are not ignored)"),
    Argument.withSchema(GapId),
    Argument.variadic()
  ),
  against: optionalText("against", "URL at which the bot is asked, by POST"),
  body: Flag.String("body").pipe(
    Flag.withDescription("JSON that asks it, with {{question}} where the question goes"),
    Flag.withDefault(bodyDefault)
  ),
  regression: toggle("regression", "only gaps that were answered before: for CI"),
  steady: toggle("steady", "an answer must come at once, not in one of three tries"),
  pace: count("pace", "questions a minute (default: 20, which our own Worker takes)", {
    minimum: 1,
    maximum: 6000
  }).pipe(Flag.withDefault(20)),
  dryRun: toggle("dry-run", "ask, and leave the file as it is")
}
type Input = Command.Command.Config.Infer<typeof flags>

const patienceMs = 60_000

/** The secret that `npm start` gives its Worker. */
const localToken = Redacted.make("local-owner")

const urlOf = Effect.fnUntraced(function* ({ against }: Input) {
  const { local, port } = yield* gaps
  if (local === Option.isSome(against)) {
    return yield* refuse("give --against, the URL of the bot, or --local for npm start")
  }
  const first = Option.getOrElse(port, () => portDefault)
  const url = Option.getOrElse(against, () => `http://127.0.0.1:${first}/query`)
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
    ? new URL(url)
    : yield* refuse("--against must be a URL of http or https")
})

/** The user agent marks a program's visit where the token is absent. */
const tokenOf = Effect.fnUntraced(function* () {
  const told = yield* Config.option(Config.Redacted("CV_ANALYTICS_OWN_VISIT_TOKEN"))
  return (yield* gaps).local ? localToken : Option.getOrUndefined(told)
})

const botOf = Effect.fnUntraced(function* (input: Input) {
  const body = bodyTemplate(input.body)
  if (Result.isFailure(body)) return yield* refuse(body.failure.message)
  const [url, ownVisit] = [yield* urlOf(input), yield* tokenOf()]
  return { url, ownVisit, body: body.success, patienceMs } satisfies Bot
})

const wasAnswered = ({ answered }: Gap): boolean => answered !== undefined

const chosen = Effect.fnUntraced(function* ({ ids, regression }: Input) {
  const opened = yield* openGaps
  const named = yield* Effect.forEach(new Set(ids), (id) => gapOf(opened, id))
  const all =
    ids.length > 0 ? [...new Set(named)] : opened.gaps.filter(({ state }) => state !== "ignored")
  return regression ? all.filter(wasAnswered) : all
})

/** Reads the file once more, because a check takes minutes and its owner may edit meanwhile. */
const keep = Effect.fnUntraced(function* (done: ReadonlyArray<CheckedGap>, by: string) {
  const opened = yield* openGaps
  const checked = new Map(done.map((one) => [one.gap.id, one.checked]))
  const next = yield* Effect.forEach(opened.gaps, (gap) => {
    const own = checked.get(gap.id)
    return own === undefined ? Effect.succeed(gap) : afterCheck({ gap, checked: own }, by)
  })
  yield* writeGaps(opened, next)
})

const run = Effect.fn("gaps.check")(function* (input: Input) {
  const { json } = yield* gaps
  const bot = yield* botOf(input)
  const asked = yield* chosen(input)
  const wordings = asked.flatMap(textsOf).length
  const expired = asked.flatMap((gap) => gap.wordings).length - wordings
  if (expired > 0) yield* Console.error(`${plural(expired, "wording")} expired: not asked`)
  const pause = 60_000 / input.pace
  let isFirst = true
  const ask = Effect.fnUntraced(function* (question: string) {
    if (!isFirst) yield* Effect.sleep(pause)
    isFirst = false
    return yield* askBot(bot, question, (ms) =>
      Console.error(`the bot asks for patience: waiting ${Math.ceil(ms / 1000)} s`)
    )
  })
  const done = yield* checkGaps(asked, ask, (gap, checked) =>
    json ? Effect.void : Console.log(lineOf(gap, checked))
  )
  if (!input.dryRun) yield* keep(done, bot.url.host)
  const summary = summaryOf(done)
  yield* Console.log(
    json
      ? JSON.stringify({ ...summary, expired, of: wordings, bot: bot.url.host })
      : `${plural(summary.gaps, "gap")}, ${summary.wordings} of ${plural(wordings, "wording")} ` +
          `asked at ${bot.url.host}: ${summary.answered} answered, ${summary.wavers} wavering, ` +
          `${summary.missed} missed, ${summary.unsure} unknown.`
  )
  yield* verdict(summary, input.steady)
}, inOneLine)

const messages = '{"messages":[{"role":"user","content":"{{question}}"}]}'

export const checkCommand = Command.make("check", flags, run).pipe(
  manual({
    short: "ask the bot every wording again",
    long:
      "Asks a bot every wording of the gaps again, up to three times each, as the owner's own " +
      "visit. A gap whose wordings are all answered is answered. Exits with 0 when nothing is " +
      "missed, with 1 when a wording is missed in all three tries, with 3 when the bot fails, is " +
      "away or refuses, and with --steady with 4 when it answers only sometimes. The token of " +
      "own visits is in CV_ANALYTICS_OWN_VISIT_TOKEN.",
    examples: {
      "gaps check --local": "the bot of npm start",
      "gaps check --regression --against https://bot.example.com/query": "in CI",
      [`gaps check --against https://example.com/api/chat --body '${messages}'`]:
        "a bot that takes messages"
    }
  })
)
