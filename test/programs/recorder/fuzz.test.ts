/** Visitors cannot tell the door from no door, and no exchange vanishes behind it. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Notices } from "../../../src/programs/recorder/Notices.ts"
import type { InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import {
  EventQueue,
  EventQueueRejected,
  EventQueueUnavailable
} from "../../../src/services/EventQueue.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { door } from "./Door.ts"
import { eventsIn } from "./eventsIn.ts"
import {
  certainQuestion,
  fetchOf,
  type HostileExchange,
  hostileExchanges,
  optionsOf,
  requestOf
} from "./HostileExchanges.ts"

/** A queue that takes messages in this way; every message that it is given must decode. */
const queueThat = (how: string, stored: Array<InteractionEvent>) => {
  const publish: EventQueue["Service"]["publish"] = (messages) => {
    const events = eventsIn(messages)
    const ids = messages.map(({ deduplicationId }) => deduplicationId)
    const [first = ""] = ids
    if (how === "is away") {
      return new EventQueueUnavailable({ detail: "away", deduplicationIds: ids })
    }
    if (how === "has a bug") return Effect.die(new Error("a bug"))
    stored.push(...(how === "refuses one" ? events.slice(1) : events))
    return how === "refuses one"
      ? new EventQueueRejected({ detail: "no", deduplicationIds: [first] })
      : Effect.void
  }
  return Layer.succeed(EventQueue, EventQueue.of({ publish }))
}

interface Shown {
  readonly error?: unknown
  readonly head?: unknown
  readonly bytes?: string
  readonly end?: string
}

/** Everything that the runtime and a visitor could see of it. */
const shown = async (answer: () => Response | Promise<Response>): Promise<Shown> => {
  let response: Response
  try {
    response = await answer()
  } catch (error) {
    return { error }
  }
  if (!(response instanceof Response)) return { head: response }
  const head = [response.status, response.statusText, [...response.headers], response.bodyUsed]
  if (response.bodyUsed) return { head }
  const chunks: Array<Uint8Array> = []
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk)
    return { head, bytes: Buffer.concat(chunks).toString("base64"), end: "complete" }
  } catch (error) {
    return { head, bytes: Buffer.concat(chunks).toString("base64"), end: String(error) }
  }
}

const lived = (hostile: HostileExchange) => {
  const stored: Array<InteractionEvent> = []
  return Effect.gen(function* () {
    const { platform, recorded, wrap } = yield* door
    const fetch = fetchOf(hostile)
    const without = yield* Effect.promise(() => shown(() => fetch(requestOf(hostile))))
    const worker = wrap({ fetch }, optionsOf(hostile))
    const withDoor = yield* Effect.promise(() =>
      shown(() => worker.fetch(requestOf(hostile), {}, platform))
    )
    yield* recorded
    const lines = yield* CapturedLog.CapturedLog
    const lost = lines
      .filter(({ message }) => message === "events lost")
      .reduce((sum, { fields }) => sum + Number(fields.lost), 0)
    return { stored, lost, lines, without, withDoor }
  }).pipe(
    Effect.provide(
      [
        queueThat(hostile.queue.trim(), stored),
        OutboxCloudflare.none,
        Losses.layer,
        Notices.layer,
        CapturedLog.layer
      ],
      { local: true }
    )
  )
}

/** How the exchange has to end. */
const expectedEnd = ({ coming, status }: HostileExchange) => {
  if (["throws", "rejects", "nothing"].includes(coming)) return "failed"
  const code = Number(status)
  if (code >= 500) return "failed"
  if (code >= 300) return "refused"
  return "answered"
}

const checkBooks = (
  hostile: HostileExchange,
  { lost, stored }: Effect.Success<ReturnType<typeof lived>>
) => {
  const counted = stored.length + lost
  assert.include([0, 2], counted)
  const end = expectedEnd(hostile)
  if (end === "refused") assert.strictEqual(counted, 0)
  else if (certainQuestion(hostile) !== undefined) assert.strictEqual(counted, 2)
  for (const event of stored) {
    if (event.eventType === "query") assert.notStrictEqual(event.query.trim(), "")
    else if (end === "failed") assert.strictEqual(event.outcome, "failed")
  }
}

describe("Any exchange through the door", () => {
  it.effect.prop(
    "shows the visitor what the handler gave, and ends stored, or as a counted loss",
    [hostileExchanges],
    ([hostile]) =>
      Effect.gen(function* () {
        const life = yield* lived(hostile)
        assert.deepStrictEqual(life.withDoor, life.without)
        checkBooks(hostile, life)
        const unhandled = life.lines.filter(({ message }) => message === "unhandled")
        if (hostile.queue !== "has a bug") assert.isEmpty(unhandled)
      }),
    { arbitrary: { runs: 20_000 }, timeout: 600_000 }
  )

  it.effect(
    "has met every end",
    () =>
      Effect.gen(function* () {
        const ends = new Set<string>()
        const sample = { count: 1500, seed: 4711 }
        for (const hostile of yield* Arbitrary.sampleEffect(hostileExchanges, sample)) {
          const { lost, stored, without } = yield* lived(hostile)
          ends.add(without.end?.replace(/Error: /, "") ?? "no body")
          if (lost > 0) ends.add(`lost ${lost}`)
          for (const event of stored) {
            if (event.eventType === "response") ends.add(`${event.outcome} ${event.matchType}`)
          }
        }
        for (const end of [
          ...["complete", "the handler's own", "no body", "lost 1", "lost 2"],
          ...["answered full", "answered none", "answered partial", "answered unknown"],
          "failed none"
        ]) {
          assert.isTrue(ends.has(end), `${end} of ${[...ends].join(", ")}`)
        }
      }),
    120_000
  )
})
