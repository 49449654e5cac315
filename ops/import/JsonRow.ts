/** A line as `export --with-text` writes it: the events of one request, as the queue had them. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type AnalyticsEvent, decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { eventKey, keyName } from "../../src/schema/Interaction.ts"
import { RowRejected } from "./RowRejected.ts"

const decodeLine = Schema.decodeUnknownResult(
  Schema.fromJsonString(Schema.Struct({ events: Schema.optionalKey(Schema.Array(Schema.Unknown)) }))
)

const malformed = (detail: string) => new RowRejected({ reason: "malformed", detail })

const isOneRequest = (events: ReadonlyArray<AnalyticsEvent>): boolean =>
  new Set(events.map((event) => keyName(eventKey(event)))).size === 1 &&
  new Set(events.map(({ eventType }) => eventType)).size === events.length

/** The events of a line, each held to the contract as if it came from the queue. */
export const eventsOfLine = (
  line: string
): Result.Result<ReadonlyArray<AnalyticsEvent>, RowRejected> => {
  const row = decodeLine(line)
  if (Result.isFailure(row)) return Result.fail(malformed("no JSON object of an export"))
  const { events } = row.success
  if (events === undefined) {
    const detail = "no events: it was exported without --with-text, or could not be read"
    return Result.fail(new RowRejected({ reason: "without_text", detail }))
  }
  const decoded = Result.all(events.map((event) => decodeMessage(JSON.stringify(event))))
  if (Result.isFailure(decoded)) {
    return Result.fail(malformed(decoded.failure.message.replaceAll(/\s+/g, " ")))
  }
  return isOneRequest(decoded.success)
    ? Result.succeed(decoded.success)
    : Result.fail(malformed("its events are not the question and the answer of one request"))
}
