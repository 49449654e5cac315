import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { toggle } from "../../cli/flags.ts"
import { harmless, plural } from "../../cli/wording.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { summaryOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"
import { checkTable } from "../installation/TableShape.ts"
import { follow } from "./follow.ts"

interface Input extends InstallationFlags {
  readonly withText: boolean
}

const answerText = ({ response }: InteractionSummary): string => {
  if (response === undefined) return "no answer yet"
  const { matchScore, matchType, outcome, processingTimeMs } = response
  return outcome === "failed"
    ? `failed in ${Math.round(processingTimeMs)} ms`
    : `${matchType} ${matchScore.toFixed(2)} in ${Math.round(processingTimeMs)} ms`
}

const visitText = ({ query }: InteractionSummary): string =>
  query === undefined
    ? "no question yet"
    : [
        query.own === 1 ? "own visit" : (query.agent ?? "unknown"),
        query.country,
        query.device,
        query.browser
      ]
        .filter((part) => part !== undefined)
        .join(" ")

const lineText = (summary: InteractionSummary, withText: boolean): string => {
  const time = DateTime.formatIso(DateTime.makeUnsafe(summary.timestamp))
  const question = withText && summary.query ? `  ${JSON.stringify(summary.query.question)}` : ""
  return harmless(
    `${time}  ${summary.requestId}  ${answerText(summary).padEnd(22)}  ${visitText(summary)}` +
      question
  )
}

const lineJson = ({ query, ...summary }: InteractionSummary, withText: boolean): string => {
  const { question, ...visit } = query ?? { question: undefined }
  return harmless(
    JSON.stringify({
      ...summary,
      ...(query !== undefined && { visit }),
      ...(withText && { question })
    })
  )
}

const run = Effect.fnUntraced(function* ({ name, table }: Installation, { json, withText }: Input) {
  yield* checkTable(table)
  let told = 0
  const onNew = (item: Item) => {
    told += 1
    const summary = summaryOfItem(item)
    return Result.isSuccess(summary)
      ? Console.log((json ? lineJson : lineText)(summary.success, withText))
      : Console.error("an item that cannot be read: of another version, or damaged")
  }
  return yield* follow(table, {
    onStart: Console.error(`Following ${name}; Ctrl-C ends it.`),
    onNew,
    onAway: ({ detail }) => Console.error(`DynamoDB does not answer (${detail}); trying again`)
  }).pipe(Effect.onInterrupt(() => Console.error(`\n${plural(told, "line")}.`)))
})

export const tailCommand = Command.make(
  "tail",
  {
    withText: toggle(
      "with-text",
      "also what was asked, as far as the index holds it: 300 characters"
    ),
    ...installationFlags
  },
  (given) => onInstallation(given, (installation) => run(installation, given))
).pipe(
  Command.withDescription(
    "Follows new interactions, one line each and one more when the other half of one comes late, " +
      "until Ctrl-C. It asks every two seconds for the last ten minutes of the week's index; " +
      "what is stored later than that after its question is not seen. Content is printed only " +
      "with --with-text."
  ),
  Command.withShortDescription("new interactions as they are stored"),
  Command.withExamples([
    { command: "npm run ops -- tail --local", description: "of npm start" },
    { command: "npm run ops -- tail --with-text", description: "with the questions, of AWS" },
    { command: "npm run -s ops -- tail --json | jq .status", description: "one object a line" }
  ])
)
