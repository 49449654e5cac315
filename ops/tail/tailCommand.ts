import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { toggle } from "../../cli/flags.ts"
import { harmless, plural } from "../../cli/wording.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { summaryOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import { isVoteItem, voteEntryOf } from "../../src/layers/dynamodb/VoteItem.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { VoteEntry } from "../../src/schema/WeekEntry.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { answerText, visitorText, voteText } from "../installation/interactionText.ts"
import { checkTable } from "../installation/TableShape.ts"
import { manual } from "../manual.ts"
import { follow } from "./follow.ts"

const flags = {
  withText: toggle("with-text", "also print comments, and questions up to 300 characters"),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

const lineText = (summary: InteractionSummary, withText: boolean): string => {
  const time = DateTime.formatIso(DateTime.makeUnsafe(summary.timestamp))
  const question = withText && summary.query ? `  ${JSON.stringify(summary.query.question)}` : ""
  const answer = answerText(summary).padEnd(22)
  return harmless(`${time}  ${summary.requestId}  ${answer}  ${visitorText(summary)}${question}`)
}

const lineJson = ({ query, ...summary }: InteractionSummary, withText: boolean): string => {
  const { question, ...visitor } = query ?? { question: undefined }
  const line = { ...summary, ...(query && { visitor }), ...(withText && { question }) }
  return harmless(JSON.stringify(line))
}

const voteLine = ({ requestId, timestamp, vote }: VoteEntry, withText: boolean): string => {
  const time = DateTime.formatIso(DateTime.makeUnsafe(timestamp))
  return harmless(`${time}  ${requestId}  ${voteText(vote, withText)}`)
}

const voteJson = ({ vote: { comment, ...vote }, ...entry }: VoteEntry, withText: boolean): string =>
  harmless(JSON.stringify({ ...entry, ...vote, ...(withText && { comment }) }))

const textOf = (item: Item, { json, withText }: Input): Result.Result<string, unknown> =>
  isVoteItem(item)
    ? Result.map(voteEntryOf(item), (entry) => (json ? voteJson : voteLine)(entry, withText))
    : Result.map(summaryOfItem(item), (summary) => (json ? lineJson : lineText)(summary, withText))

const run = Effect.fn("tail")(function* ({ name, table }: Installation, input: Input) {
  yield* checkTable(table)
  let shown = 0
  const onNew = (item: Item) => {
    shown += 1
    const line = textOf(item, input)
    return Result.isSuccess(line)
      ? Console.log(line.success)
      : Console.error("unreadable item: damaged, or of another version")
  }
  return yield* follow(table, {
    onStart: Console.error(`Following ${name}; Ctrl-C ends it.`),
    onNew,
    onAway: ({ detail }) => Console.error(`DynamoDB does not answer (${detail}); trying again`)
  }).pipe(Effect.onInterrupt(() => Console.error(`\n${plural(shown, "line")}.`)))
})

export const tailCommand = Command.make("tail", flags, onInstallation(run)).pipe(
  manual({
    short: "show new interactions as they are stored",
    long:
      "Shows each new interaction on a line, and again when its other half arrives late, and " +
      "each vote under the time of its question, until Ctrl-C. Every two seconds it reads the " +
      "questions of the last ten minutes, so it misses interactions that are stored later, and " +
      "votes on earlier questions. It prints questions and comments only with --with-text.",
    examples: {
      "tail --local": "the interactions of npm start",
      "tail --with-text": "with questions, from AWS",
      "tail --json | jq .status": "one JSON object a line"
    }
  })
)
