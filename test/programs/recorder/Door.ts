/** The door around a Worker of the test, in virtual time and with the services of the test. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as EventQueueMemory from "../../../src/layers/EventQueueMemory.ts"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Notices } from "../../../src/programs/recorder/Notices.ts"
import type { Options } from "../../../src/programs/recorder/Package.d.ts"
import type { Recording } from "../../../src/programs/recorder/Recording.ts"
import { wrapWith } from "../../../src/programs/recorder/withAnalytics.ts"
import * as CapturedLog from "../CapturedLog.ts"

/** Lets promises that wait for nothing else go on, which virtual time does not know. */
export const settled = Effect.promise(() => new Promise<void>((resume) => setImmediate(resume)))

/** A recording that fails makes the test fail. */
export const door = Effect.gen(function* () {
  const run = Effect.runPromiseWith(yield* Effect.context<Recording>())
  const works: Array<Promise<unknown>> = []
  const recorded = Effect.promise(() => Promise.all(works))
  return {
    wrap: wrapWith({ run: (work) => run(work), record: (work) => run(work) }),
    platform: { waitUntil: (work: Promise<unknown>) => void works.push(work) },
    /** Waits until everything that has begun is recorded. */
    recorded
  }
})

type Fetch = (request: Request, env: object) => Response | Promise<Response>

/** What the visitor gets of a Worker with this handler, once it has been recorded. */
export const answered = Effect.fnUntraced(function* (
  fetch: Fetch,
  request: Request,
  options: Options = {}
) {
  const { platform, recorded, wrap } = yield* door
  const response = yield* Effect.promise(async () =>
    wrap({ fetch }, options).fetch(request, {}, platform)
  )
  const text = yield* Effect.promise(() => response.text())
  yield* recorded
  return { response, text }
})

export const published = Effect.flatMap(EventQueueMemory.Published, Ref.get)

export const events = Effect.map(published, (all) => ({
  queries: all.filter((event) => event.eventType === "query"),
  responses: all.filter((event) => event.eventType === "response")
}))

/** By default, a queue in memory and no outbox. */
export const world = Layer.mergeAll(
  EventQueueMemory.layer,
  OutboxCloudflare.none,
  Losses.layer,
  Notices.layer,
  CapturedLog.layer
)

export const jsonHeaders = { "content-type": "application/json" }

export const post = (
  body: BodyInit | null,
  headers: Readonly<Record<string, string>> = jsonHeaders,
  path = "/api/chat"
): Request => {
  // streams are sent in half duplex, which the DOM's types do not know
  const init = { method: "POST", headers, body, duplex: "half" }
  return new Request(`https://cv.example.com${path}`, init)
}

export const ask = (body: unknown, headers: Readonly<Record<string, string>> = {}): Request =>
  post(JSON.stringify(body), { ...jsonHeaders, ...headers })
