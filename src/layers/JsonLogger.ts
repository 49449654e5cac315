import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as References from "effect/References"

const isRecord = (part: unknown): part is object =>
  typeof part === "object" && part !== null && !(part instanceof Error)

const partsOf = (message: unknown): ReadonlyArray<unknown> =>
  Array.isArray(message) ? message : [message]

/** Adds the errors that were logged as parts of the message to the cause of a line. */
const causeOf = (cause: Cause.Cause<unknown>, parts: ReadonlyArray<unknown>) =>
  parts
    .filter((part) => part instanceof Error)
    .reduce<Cause.Cause<unknown>>((all, error) => Cause.combine(all, Cause.fail(error)), cause)

/** The frames of a stack without its first lines, which repeat the message. */
const framesOf = (error: Error): ReadonlyArray<string> =>
  (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))

/**
 * Writes the message of a typed error, which never quotes a visitor. The message of a defect may do
 * so, and only the defect's name and stack frames are written.
 */
const describe = (reason: Cause.Reason<unknown>): string => {
  if (Cause.isInterruptReason(reason)) return "interrupted"
  const error = Cause.isFailReason(reason) ? reason.error : reason.defect
  if (!(error instanceof Error)) return "unknown"
  return Cause.isFailReason(reason)
    ? `${error.name}: ${error.message}`
    : [`defect ${error.name}`, ...framesOf(error)].join("\n")
}

/** Never fails, because a log line must not end a program. */
const stringify = (line: Readonly<Record<string, unknown>>): string => {
  const { level, message, time } = line
  try {
    return JSON.stringify(line)
  } catch {
    return JSON.stringify({ level, message, time, unwritable: true })
  }
}

/** Writes a flat JSON object per line, as CloudWatch Logs Insights and Workers Logs expect. */
const jsonLogger = Logger.make<unknown, void>(({ cause, date, fiber, logLevel, message }) => {
  const parts = partsOf(message)
  const { reasons } = causeOf(cause, parts)
  const line = stringify({
    ...Object.assign({}, ...parts.filter(isRecord)),
    ...fiber.getRef(References.CurrentLogAnnotations),
    ...(reasons.length === 0 ? {} : { cause: reasons.map(describe).join("; ") }),
    time: date.toISOString(),
    level: logLevel.toUpperCase(),
    message: parts.filter((part) => typeof part === "string").join(" ")
  })
  const terminal = fiber.getRef(Console.Console)
  if (fiber.getRef(Logger.LogToStderr)) terminal.error(line)
  else terminal.log(line)
})

/** Replaces the default logger; lines below `minimumLevel` are not written. */
export const layer = (minimumLevel: LogLevel.LogLevel) =>
  Layer.mergeAll(
    Logger.layer([jsonLogger]),
    Layer.succeed(References.MinimumLogLevel, minimumLevel)
  )
