/** The messages of 60 exchanges: with repeats and poison they are 130. */
import { deepStrictEqual } from "node:assert/strict"
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { queryEvent, requestIdOf, responseEvent } from "../schema/EventExamples.ts"
import { type Cloud, call } from "./Cloud.ts"

export const requests = 60
export const sessions = 6
const repeats = 8

/** These can never be stored. */
export const poison = ["meant for another queue", '{"eventType":"query","schemaVersion":99}']

interface Message {
  readonly group: string
  readonly deduplicationId: string
  readonly body: string
}

const exchange = (startMs: number, n: number): ReadonlyArray<Message> => {
  const of = { requestId: requestIdOf(n), sessionId: SessionId.make(`session-${n % sessions}`) }
  const timestamp = startMs + n * 60_000
  const query = queryEvent({
    ...of,
    timestamp,
    query: `Question ${n}: what does she do?`,
    metadata: {
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    }
  })
  const queryTimestamp = timestamp
  const response = responseEvent({ ...of, timestamp: timestamp + 840, queryTimestamp })
  return [query, response].map((event) => ({
    group: of.requestId,
    deduplicationId: `${of.requestId}:${event.eventType}`,
    body: encodeMessage(event)
  }))
}

/** Repeats come under another id, as an event does that is sent again after five minutes. */
export const messagesOf = (startMs: number): ReadonlyArray<Message> => {
  const events = Array.from({ length: requests }, (_, n) => exchange(startMs, n)).flat()
  const again = events.filter((_, n) => n % 15 === 0).slice(0, repeats)
  return [
    ...events,
    ...again.map((event) => ({ ...event, deduplicationId: `${event.deduplicationId}:again` })),
    ...poison.map((body, n) => ({ group: `poison-${n}`, deduplicationId: `poison-${n}`, body }))
  ]
}

export const sendAll = ({ clients, desired }: Cloud, messages: ReadonlyArray<Message>) =>
  call(async () => {
    const QueueUrl = String(desired.outputs.queue_url)
    for (let from = 0; from < messages.length; from += 10) {
      const Entries = messages
        .slice(from, from + 10)
        .map(({ body, deduplicationId, group }, n) => ({
          Id: String(n),
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: deduplicationId
        }))
      const command = new SendMessageBatchCommand({ QueueUrl, Entries })
      deepStrictEqual((await clients.queues.send(command)).Failed ?? [], [])
    }
    return messages.length
  })
