import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { count, jsonFlag, optionalText, toggle } from "../../cli/flags.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { deliveryFlag } from "../../local/deliveryFlag.ts"
import { estimateText } from "./billText.ts"
import { estimate } from "./estimate.ts"
import { knownTimings } from "./Timings.ts"

const between = (minimum: number, maximum: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum, maximum }))

const flags = {
  queries: count("queries", "questions a month (10,000 without it)", {
    minimum: 1,
    maximum: 1e9
  }).pipe(Flag.withDefault(10_000)),
  // our Worker cuts larger events, and the original design refuses them: an item ends at 400 KB
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
  votes: Flag.Finite("votes").pipe(
    Flag.withDescription(
      "votes in 100 questions (0 without it); each adds, at worst, 3 requests to SQS and 2 " +
        "write units"
    ),
    Flag.withSchema(between(0, 1000)),
    Flag.withDefault(0)
  ),
  region: optionalText("region", "AWS region; else the one of infra/terraform"),
  delivery: deliveryFlag.pipe(Flag.optional),
  original: toggle("original", "show the bill of the original design beside it"),
  json: jsonFlag
}

const cost = Effect.fnUntraced(function* (input: Command.Command.Config.Infer<typeof flags>) {
  const { answerMs, delivery, eventKb, original, queries, region, votes } = input
  const bill = yield* estimate(
    { questions: queries, eventKb, answerMs, votes },
    {
      withOriginal: original,
      ...(Option.isSome(region) && { region: region.value }),
      ...(Option.isSome(delivery) && { delivery: delivery.value })
    }
  )
  yield* Console.log(input.json ? JSON.stringify(bill) : estimateText(bill))
}, inOneLine)

export const costCommand = Command.make("cost", flags, cost).pipe(
  Command.withDescription(
    "Estimates the monthly bill of the definitions in infra/, line by line: usage, free part and " +
      "price, how many questions stay free, and which service is billed first. The prices are " +
      "those of ops/cost/prices.json; neither AWS nor Cloudflare is asked."
  ),
  Command.withShortDescription("estimate the monthly bill, and when it stops being free"),
  Command.withExamples([
    { command: "npm run ops -- cost", description: "10,000 questions a month" },
    {
      command: "npm run ops -- cost --votes 20",
      description: "where every fifth answer gets a vote"
    },
    { command: "npm run ops -- cost --original", description: "beside the original design" },
    { command: "npm run ops -- cost --queries 1000000 --event-kb 4", description: "many, small" },
    {
      command: "npm run ops -- cost --delivery schedule",
      description: "where a schedule drains the queue"
    },
    {
      command: "npm run -s ops -- cost --json | jq .ours.breaks[0]",
      description: "the first meter to break"
    }
  ])
)
