import { randomUUID } from "node:crypto"
import * as Effect from "effect/Effect"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { makeHistory } from "../../local/demo/History.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import {
  type InteractionEvent,
  QueryEvent,
  RequestId,
  ResponseEvent
} from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { readProse } from "./prose.ts"

/** A question and its answer; only their texts differ from the demo's. */
export interface Sample {
  readonly query: QueryEvent
  readonly response: ResponseEvent
}

export interface Samples {
  readonly prose: ReadonlyArray<Sample>
  readonly longChats: ReadonlyArray<Sample>
  readonly demo: ReadonlyArray<Sample>
}

/** 20 KB, the length of an event's message in the original design. */
export const eventBytes = 20 * 1024

const sampleCount = 3
/** One week and one seed, so that every run has the same texts. */
const demoWeek = {
  interactions: 600,
  startMs: Date.UTC(2026, 10, 9),
  endMs: Date.UTC(2026, 10, 16),
  seed: 42
}

const pairs = (events: ReadonlyArray<InteractionEvent>): ReadonlyArray<Sample> => {
  const queries = new Map<string, QueryEvent>()
  for (const event of events) if (event.eventType === "query") queries.set(event.requestId, event)
  return events.flatMap((event) => {
    const query = event.eventType === "response" ? queries.get(event.requestId) : undefined
    return query === undefined || event.eventType === "query" ? [] : [{ query, response: event }]
  })
}

const readDemo = makeHistory(demoWeek).pipe(
  Effect.provide(AnswererKnowledgeBase.layer({ sections: readKnowledge() })),
  Effect.map(({ events }) => pairs(events))
)

/** Cuts the text in order, so that each event's message has so many bytes. */
const filled = (
  text: string,
  frame: Sample,
  { bytes, count }: { readonly bytes: number; readonly count: number }
): ReadonlyArray<Sample> => {
  let rest = text
  const take = (empty: InteractionEvent): string => {
    const room = Math.max(0, bytes - Buffer.byteLength(encodeMessage(empty)))
    let part = rest.slice(0, room)
    while (Buffer.byteLength(JSON.stringify(part)) - 2 > room) part = part.slice(0, -1)
    rest = rest.slice(part.length)
    return part
  }
  return Array.from({ length: count }, () => ({
    query: QueryEvent.make({ ...frame.query, query: take({ ...frame.query, query: "" }) }),
    response: ResponseEvent.make({
      ...frame.response,
      response: take({ ...frame.response, response: "" })
    })
  }))
}

/** A chat that sends its whole transcript along: the demo's questions and answers, one by one. */
const transcript = (demo: ReadonlyArray<Sample>): string =>
  demo.map(({ query, response }) => `${query.query}\n\n${response.response}`).join("\n\n")

const firstOf = (samples: ReadonlyArray<Sample>) => {
  const [first] = samples
  return first === undefined ? Effect.die("there is no whole interaction") : Effect.succeed(first)
}

/** One interaction of dense prose; without any text its events have some 400 bytes each. */
export const readProseSample = Effect.fnUntraced(function* (bytes: number) {
  const frame = yield* Effect.flatMap(readDemo, firstOf)
  return yield* firstOf(filled(readProse(2.03 * bytes), frame, { bytes, count: 1 }))
})

export const readSamples = Effect.fnUntraced(function* () {
  const demo = yield* readDemo
  const frame = yield* firstOf(demo)
  const size = { bytes: eventBytes, count: sampleCount }
  return {
    prose: filled(readProse(sampleCount * 2.03 * eventBytes), frame, size),
    longChats: filled(transcript(demo), frame, size),
    demo: demo.slice(0, 60)
  } satisfies Samples
})

/** The same texts under a new request, so that every round writes new items. */
export const asNewRequest = ({ query, response }: Sample): Sample => {
  const requestId = RequestId.make(randomUUID())
  return { query: { ...query, requestId }, response: { ...response, requestId } }
}
