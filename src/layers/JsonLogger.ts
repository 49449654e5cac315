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

/** The cause of a line, with the errors that were logged as parts of its message. */
const causeOf = (cause: Cause.Cause<unknown>, parts: ReadonlyArray<unknown>) =>
  parts
    .filter((part) => part instanceof Error)
    .reduce<Cause.Cause<unknown>>((all, error) => Cause.combine(all, Cause.fail(error)), cause)

/** The frames of a stack without its first lines, which repeat the message. */
const framesOf = (error: Error): ReadonlyArray<string> =>
  (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))

/**
 * Our own errors say what happened in words of ours. A defect's message is nobody's promise and may
 * quote what a visitor wrote, so of a defect only its name and where it came from are written.
 */
const describe = (reason: Cause.Reason<unknown>): string => {
  if (Cause.isInterruptReason(reason)) return "interrupted"
  const error = Cause.isFailReason(reason) ? reason.error : reason.defect
  if (!(error instanceof Error)) return "unknown"
  return Cause.isFailReason(reason)
    ? `${error.name}: ${error.message}`
    : [`defect ${error.name}`, ...framesOf(error)].join("\n")
}

/** Total: a field that JSON cannot hold is left out, for a log line must never end a program. */
const stringify = (line: Readonly<Record<string, unknown>>): string => {
  const { level, message, time } = line
  try {
    return JSON.stringify(line)
  } catch {
    return JSON.stringify({ level, message, time, unwritable: true })
  }
}

/** One flat JSON object a line, which CloudWatch Logs Insights and Workers Logs read as fields. */
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
  fiber.getRef(Console.Console).log(line)
})

/** Replaces the default logger; lines below `minimumLevel` are not written. */
export const layer = (minimumLevel: LogLevel.LogLevel) =>
  Layer.mergeAll(
    Logger.layer([jsonLogger]),
    Layer.succeed(References.MinimumLogLevel, minimumLevel)
  )
