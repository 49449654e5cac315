/** The flags that say what to erase, and the selection in words. */
import * as Clock from "effect/Clock"
import type * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { optionalValue } from "../../cli/flags.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import { harmless } from "../../cli/wording.ts"
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import type { Selection } from "./Selection.ts"

const dayMs = 86_400_000

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/

/** A time without an offset is UTC. */
const epochOf = (text: string): number =>
  shape.test(text) ? Date.parse(/Z$|[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`) : Number.NaN

const Time = Schema.String.check(
  Schema.makeFilter(
    (text) => !Number.isNaN(epochOf(text)) || "a time such as 2026-11-24T14:00, in UTC"
  )
)

const time = (name: string, description: string) =>
  optionalValue(name, description, Time).pipe(Flag.map(Option.map(epochOf)))

const Words = Schema.String.check(
  Schema.isPattern(/[\p{L}\p{N}]/u, { expected: "words of a question" })
)

export const selectionFlags = {
  session: optionalValue("session", "session id, as ops export prints it", SessionId),
  request: optionalValue("request", "request id, as ops tail prints it", RequestId),
  question: optionalValue("question", "words of the question, in their order", Words),
  from: time("from", "questions since this UTC time, such as 2026-11-24T14:00"),
  to: time("to", "questions before this UTC time")
}

type Given = Command.Command.Config.Infer<typeof selectionFlags>

export const selectionOf = Effect.fnUntraced(function* (given: Given) {
  const { from, question, request, session, to } = given
  const chosen = [session, request, question].filter(Option.isSome).length
  const isBounded = Option.isSome(from) || Option.isSome(to)
  if (chosen > 1) return yield* refuse("give one of --session, --request and --question")
  if (isBounded && (Option.isSome(session) || Option.isSome(request))) {
    return yield* refuse("--from and --to are for --question, or stand alone")
  }
  if (Option.isSome(session)) return { by: "session", session: session.value } satisfies Selection
  if (Option.isSome(request)) return { by: "request", requestId: request.value } satisfies Selection
  if (Option.isNone(question) && (Option.isNone(from) || Option.isNone(to))) {
    return yield* refuse("give --session, --request, --question, or both --from and --to")
  }
  const now = yield* Clock.currentTimeMillis
  const span = {
    startMs: Option.getOrElse(from, () => now - (retentionDays + 1) * dayMs),
    // a clock may be ahead
    endMs: Option.getOrElse(to, () => now + dayMs)
  }
  if (span.startMs >= span.endMs) return yield* refuse("--from lies after --to")
  return Option.isSome(question)
    ? ({ by: "question", words: question.value, span } satisfies Selection)
    : ({ by: "time", span } satisfies Selection)
})

const iso = (ms: number): string => new Date(ms).toISOString()

export const selectionText = (selection: Selection): string => {
  switch (selection.by) {
    case "session":
      return `session ${harmless(selection.session)}`
    case "request":
      return `request ${selection.requestId}`
    case "question":
      return `questions with ${JSON.stringify(harmless(selection.words))}`
    case "time":
      return `questions from ${iso(selection.span.startMs)} to ${iso(selection.span.endMs)}`
  }
}
