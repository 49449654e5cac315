/** The question to an owner's Worker, whose answer and request id are its own. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { DynamoDb } from "../aws/Clients.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import { DeployFault } from "./DeployFault.ts"
import type { OwnWorker } from "./OwnWorker.ts"
import { patience, send, settling, unanswered } from "./Smoke.ts"
import type { Target } from "./Target.ts"

/** The Worker's clock may be so far behind this one. */
const skewMs = 2000

const aDayMs = 86_400_000

/** The newest question in the table from `sinceMs` on. */
const newestSince = Effect.fnUntraced(function* (table: string, sinceMs: number) {
  const span = { startMs: sinceMs, endMs: (yield* Clock.currentTimeMillis) + aDayMs }
  return yield* newestIn({ name: table, read: yield* DynamoDb }, span)
})

class NotYetStored extends Data.TaggedError("NotYetStored") {}

/** True once the table has a question from `sinceMs` on. */
export const awaitAny = (table: string, sinceMs: number, minutes: number) =>
  newestSince(table, sinceMs - skewMs).pipe(
    Effect.flatMap((newest) => (newest === undefined ? new NotYetStored() : Effect.succeed(true))),
    Effect.retry({ schedule: patience(minutes), while: (error) => error._tag === "NotYetStored" }),
    Effect.catchTag("NotYetStored", () => Effect.succeed(false))
  )

/** Asks as the settings say, and reads the answer to its end, as a visitor would. */
const askOwn = (url: string, { body, path }: NonNullable<OwnWorker["ask"]>, config: string) =>
  HttpClientRequest.post(new URL(path, url)).pipe(
    HttpClientRequest.bodyJsonUnsafe(body),
    send,
    Effect.flatMap(({ text }) => text),
    Effect.mapError((error) =>
      unanswered(`Your Worker at ${url}${path} did not answer a question`, error, config)
    ),
    Effect.retry(settling)
  )

const notStored = (url: string, minutes: number) =>
  new DeployFault({
    what: `Your Worker at ${url} answered a question, and none was stored in ${minutes} minutes.`,
    mend:
      "Its log has a line for each event that it could not send, and one for wrong variables. " +
      "npm run doctor examines the rest."
  })

export interface Seen {
  readonly text: string
  readonly isSeen: boolean
}

const byHand = "ask your bot a question, and npm run ops -- status tells when it is stored"

const notAsked: Seen = { isSeen: false, text: `not asked, without "ask" in "worker": ${byHand}` }

/**
 * Asks the owner's Worker where the settings say how. Otherwise it waits for a question by hand,
 * and only when the Worker has just been given a key.
 */
export const seeQuestion = Effect.fn("Worker.seeQuestion")(function* (
  { config }: Pick<Target, "config">,
  { ask, url }: OwnWorker,
  table: string,
  minutes: number,
  givenAtMs: number | undefined
) {
  if (ask !== undefined) {
    const askedAtMs = yield* Clock.currentTimeMillis
    yield* askOwn(url, ask, config)
    const isSeen = yield* awaitAny(table, askedAtMs, minutes)
    return isSeen ? { isSeen, text: "stored" } : yield* notStored(url, minutes)
  }
  if (givenAtMs === undefined) return notAsked
  yield* Console.error(`  Ask your bot at ${url} a question now: waiting ${minutes} minutes.`)
  const isSeen = yield* awaitAny(table, givenAtMs, minutes)
  return { isSeen, text: isSeen ? "stored" : `none came within ${minutes} minutes: ${byHand}` }
})
