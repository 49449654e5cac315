import { randomUUID } from "node:crypto"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { asNewRequest, type Sample } from "./samples.ts"

/** Lambda's event, as far as the processors read it. */
export interface SqsEvent {
  readonly Records: ReadonlyArray<{
    readonly messageId: string
    readonly body: string
    readonly attributes: { readonly MessageGroupId: string }
  }>
}

const recordOf = (event: AnalyticsEvent) => ({
  messageId: randomUUID(),
  body: encodeMessage(event),
  attributes: { MessageGroupId: event.requestId }
})

export const sqsEventOf = (events: ReadonlyArray<AnalyticsEvent>): SqsEvent => ({
  Records: events.map(recordOf)
})

export const pairsPerBatch = 5

const cycled = (samples: ReadonlyArray<Sample>, count: number): ReadonlyArray<Sample> =>
  Array.from({ length: count }, (_, n) => samples.slice(n % samples.length)[0])
    .filter((sample) => sample !== undefined)
    .map(asNewRequest)

/** A full batch of whole pairs: ten messages of five new requests. */
export const fullBatch = (samples: ReadonlyArray<Sample>): SqsEvent =>
  sqsEventOf(cycled(samples, pairsPerBatch).flatMap(({ query, response }) => [query, response]))

/** A full batch in two: the questions, then the answers. */
export const halvesApart = (samples: ReadonlyArray<Sample>): ReadonlyArray<SqsEvent> => {
  const chosen = cycled(samples, pairsPerBatch)
  return [
    sqsEventOf(chosen.map(({ query }) => query)),
    sqsEventOf(chosen.map(({ response }) => response))
  ]
}
