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

/** One flat JSON object a line, which CloudWatch Logs Insights and Workers Logs read as fields. */
const jsonLogger = Logger.make<unknown, void>(({ cause, date, fiber, logLevel, message }) => {
  const parts = partsOf(message)
  const failure = causeOf(cause, parts)
  const line = JSON.stringify({
    time: date.toISOString(),
    level: logLevel.toUpperCase(),
    message: parts.filter((part) => typeof part === "string").join(" "),
    ...Object.assign({}, ...parts.filter(isRecord)),
    ...fiber.getRef(References.CurrentLogAnnotations),
    ...(failure.reasons.length === 0 ? {} : { cause: Cause.pretty(failure) })
  })
  fiber.getRef(Console.Console).log(line)
})

/** Replaces the default logger; lines below `minimumLevel` are not written. */
export const layer = (minimumLevel: LogLevel.LogLevel) =>
  Layer.mergeAll(
    Logger.layer([jsonLogger]),
    Layer.succeed(References.MinimumLogLevel, minimumLevel)
  )
