/** A line that `export --with-text` wrote: the events of one request, as the queue had them. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type AnalyticsEvent, decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { eventKey, keyName } from "../../src/schema/Interaction.ts"
import { type RowEvents, reject } from "./RowRejected.ts"

const decodeLine = Schema.decodeUnknownResult(
  Schema.fromJsonString(Schema.Struct({ events: Schema.optionalKey(Schema.Array(Schema.Unknown)) }))
)

const isOneRequest = (events: ReadonlyArray<AnalyticsEvent>): boolean =>
  new Set(events.map((event) => keyName(eventKey(event)))).size === 1 &&
  new Set(events.map(({ eventType }) => eventType)).size === events.length

/** Holds each event to the contract, as if it came from the queue. */
export const eventsOfLine = (line: string): RowEvents => {
  const row = decodeLine(line)
  if (Result.isFailure(row)) return reject("not a JSON object of an export")
  const { events } = row.success
  if (events === undefined) {
    return reject("no events: exported without --with-text, or unreadable", "without_text")
  }
  const decoded = Result.all(events.map((event) => decodeMessage(JSON.stringify(event))))
  if (Result.isFailure(decoded)) return reject(decoded.failure.message.replaceAll(/\s+/g, " "))
  return isOneRequest(decoded.success)
    ? Result.succeed(decoded.success)
    : reject("its events are not the question, the answer and the vote of one request")
}
