import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { toggle } from "../../cli/flags.ts"
import { failWith } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { answerText, visitorText, voteText } from "../installation/interactionText.ts"
import { checkTable } from "../installation/TableShape.ts"
import { manual } from "../manual.ts"
import { type Exchange, exchangesOf, findConversation } from "./readConversation.ts"

const input = {
  session: Argument.String("id").pipe(
    Argument.withDescription("session id, as ops export prints it"),
    Argument.withSchema(SessionId)
  ),
  withText: toggle("with-text", "also print questions, answers and comments"),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof input>

/** A half that did not come is absent. */
const halvesOf = ({ interaction }: Exchange) => ({
  query: interaction.status === "awaiting_query" ? undefined : interaction.query,
  response: interaction.status === "awaiting_response" ? undefined : interaction.response
})

const textOf = (exchange: Exchange, withText: boolean): string => {
  const { summary } = exchange
  const { query, response } = halvesOf(exchange)
  const time = DateTime.formatIso(DateTime.makeUnsafe(summary.timestamp))
  const turn = query?.turn === undefined ? "" : `turn ${query.turn}`
  const facts = [summary.requestId, turn.padEnd(7), answerText(summary).padEnd(22)].join("  ")
  const line = `${time}  ${facts}  ${visitorText(summary)}`
  const texts = [
    ...(query === undefined ? [] : [`  asked     ${JSON.stringify(query.query)}`]),
    ...(response === undefined ? [] : [`  answered  ${JSON.stringify(response.response)}`])
  ]
  const vote = exchange.vote === undefined ? [] : [`  ${voteText(exchange.vote, withText)}`]
  return harmless([line, ...(withText ? texts : []), ...vote].join("\n"))
}

const objectOf = (exchange: Exchange, withText: boolean) => {
  const { query, response } = halvesOf(exchange)
  const { query: asked, sessionId: _, ...summary } = exchange.summary
  const { comment, ...voted } = exchange.vote ?? {}
  const { question: __, ...visitor } = asked ?? { question: "" }
  return {
    ...summary,
    ...(query?.turn === undefined ? {} : { turn: query.turn }),
    ...(asked === undefined ? {} : { visitor }),
    ...voted,
    ...(withText && comment !== undefined ? { comment } : {}),
    ...(withText ? { question: query?.query, answer: response?.response } : {})
  }
}

const run = Effect.fn("conversation")(function* (
  { name, table }: Installation,
  { json, session, withText }: Input
) {
  yield* checkTable(table)
  const items = yield* findConversation(table, session)
  if (items.length === 0) {
    return yield* failWith(
      `no interaction of session ${harmless(session)} is stored at ${name}; ` +
        "ops export prints the ids of sessions"
    )
  }
  const unreadable = Console.error("unreadable item: damaged, or of another version")
  const exchanges = exchangesOf(table, items).pipe(
    Stream.tap((exchange) => (exchange === undefined ? unreadable : Effect.void)),
    Stream.filter((exchange) => exchange !== undefined)
  )
  if (json) {
    const interactions = yield* Stream.runCollect(exchanges)
    const all = interactions.map((exchange) => objectOf(exchange, withText))
    return yield* Console.log(harmless(JSON.stringify({ session, place: name, interactions: all })))
  }
  yield* exchanges.pipe(Stream.runForEach((exchange) => Console.log(textOf(exchange, withText))))
  yield* Console.error(`${plural(items.length, "interaction")} of session ${harmless(session)}.`)
})

export const conversationCommand = Command.make("conversation", input, onInstallation(run)).pipe(
  manual({
    short: "show the interactions of a session in order",
    long:
      "Prints the interactions of one session, the oldest first: when each was asked, which turn " +
      "it was if the request told, what became of it, and the visitor's vote below it. It reads " +
      "the session index and the items, and waits while the table throttles. Questions, answers " +
      "and comments are printed only with --with-text.",
    examples: {
      "conversation 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --local": "from npm start, without texts",
      "conversation 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --with-text": "also what was said"
    }
  })
)
