import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { jsonFlag, optionalText } from "../../cli/flags.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { estimateText } from "./billText.ts"
import { estimate } from "./estimate.ts"
import { knownTimings } from "./Timings.ts"

const between = (minimum: number, maximum: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum, maximum }))

const flags = {
  queries: Flag.Int("queries").pipe(
    Flag.withDescription("questions a month (10,000 without it)"),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1e9 }))),
    Flag.withDefault(10_000)
  ),
  // larger ones are cut by ours, and refused by the original: an item ends at 400 KB
  eventKb: Flag.Finite("event-kb").pipe(
    Flag.withDescription("size of one event's message; a question has two (20 without it)"),
    Flag.withSchema(between(1, 190)),
    Flag.withDefault(20)
  ),
  answerMs: Flag.Finite("answer-ms").pipe(
    Flag.withDescription(
      "processor time of the Worker for an answer; else that of the default one"
    ),
    Flag.withSchema(between(0.01, 300_000)),
    Flag.withDefault(knownTimings.answerMs)
  ),
  region: optionalText("region", "AWS region; else the one of infra/terraform"),
  json: jsonFlag
}

const cost = Effect.fnUntraced(function* (input: {
  readonly queries: number
  readonly eventKb: number
  readonly answerMs: number
  readonly region: Option.Option<string>
  readonly json: boolean
}) {
  const { answerMs, eventKb, json, queries } = input
  const traffic = { questions: queries, eventKb, answerMs }
  const found = yield* estimate(traffic, Option.getOrUndefined(input.region))
  yield* Console.log(json ? JSON.stringify(found) : estimateText(found))
}, inOneLine)

export const costCommand = Command.make("cost", flags, cost).pipe(
  Command.withDescription(
    "The monthly bill of the definitions in infra/, line by line beside the original design: " +
      "usage, free part, price, up to how many questions it stays free, and what breaks first. " +
      "Nothing is asked of AWS or Cloudflare; the prices are those of ops/cost/prices.json."
  ),
  Command.withShortDescription("the monthly bill, and up to where it is nothing"),
  Command.withExamples([
    { command: "npm run ops -- cost", description: "10,000 questions a month" },
    { command: "npm run ops -- cost --queries 1000000 --event-kb 4", description: "many, small" },
    {
      command: "npm run -s ops -- cost --json | jq .ours.breaks[0]",
      description: "the first meter to break"
    }
  ])
)
