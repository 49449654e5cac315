import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { plural } from "../cli/wording.ts"
import { SystemEvent } from "./SystemEvent.ts"

const LogLine = Schema.fromJsonString(
  Schema.Struct({
    level: Schema.String,
    message: Schema.String,
    reason: Schema.optionalKey(Schema.String)
  })
)
const decodeLogLine = Schema.decodeUnknownOption(LogLine)

const batchLine = ({ durationMs, error, failedIds, messageIds }: BatchReport): string => {
  const stored = messageIds.length - failedIds.length
  const returned = failedIds.length === 0 ? "" : `, ${failedIds.length} returned`
  const why = error === undefined ? "" : ` (${error.message})`
  const messages = plural(messageIds.length, "message")
  return `processor  ${messages} -> ${stored} stored${returned} in ${durationMs} ms${why}`
}
type BatchReport = Parameters<typeof SystemEvent.Batch>[0]["report"]

/** Most runs find an empty queue, which is not worth a line. */
const drainLine = ({ durationMs, error, messages, returned }: DrainReport): string | undefined => {
  if (error !== undefined) return `processor  drain failed (${error.message})`
  if (messages === 0) return undefined
  const left = returned === 0 ? "" : `, ${returned} returned`
  const found = plural(messages, "message")
  return `processor  ${found} drained -> ${messages - returned} stored${left} in ${durationMs} ms`
}
type DrainReport = Parameters<typeof SystemEvent.Drained>[0]["report"]

/** Shows warnings and errors of a function, and lines that are not JSON: its runtime wrote them. */
const logLine = (functionName: string, line: string): string | undefined => {
  const log = decodeLogLine(line)
  if (Option.isNone(log)) return `${functionName}  ${line}`
  const { level, message, reason } = log.value
  if (level === "INFO" || level === "DEBUG") return undefined
  return `${functionName}  ${level} ${message}${reason === undefined ? "" : `: ${reason}`}`
}

const describe = SystemEvent.$match({
  Restarted: ({ process, reason }) => `${process} ended (${reason}) and is restarting`,
  Batch: ({ report }) => batchLine(report),
  Drained: ({ report }) => drainLine(report),
  Log: ({ functionName, line }) => logLine(functionName, line),
  Reported: ({ outcome }) => `reporter   ${JSON.stringify(outcome)}`,
  ReportFailed: ({ detail }) => `reporter   failed: ${detail}`
})

/** One line for a terminal; `undefined` when the event is not worth one. */
export const lineOf = (now: DateTime.Utc, event: SystemEvent): string | undefined => {
  const text = describe(event)
  return text === undefined ? undefined : `${DateTime.formatIso(now).slice(11, 19)}  ${text}`
}
