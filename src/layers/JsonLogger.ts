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

/** One flat JSON object a line, which CloudWatch Logs Insights and Workers Logs read as fields. */
const jsonLogger = Logger.make<unknown, void>(({ cause, date, fiber, logLevel, message }) => {
  const parts = partsOf(message)
  const line = JSON.stringify({
    time: date.toISOString(),
    level: logLevel.toUpperCase(),
    message: parts.filter((part) => typeof part === "string").join(" "),
    ...Object.assign({}, ...parts.filter(isRecord)),
    ...fiber.getRef(References.CurrentLogAnnotations),
    ...(cause.reasons.length === 0 ? {} : { cause: Cause.pretty(cause) })
  })
  fiber.getRef(Console.Console).log(line)
})

/** Replaces the default logger; lines below `minimumLevel` are not written. */
export const layer = (minimumLevel: LogLevel.LogLevel) =>
  Layer.mergeAll(
    Logger.layer([jsonLogger]),
    Layer.succeed(References.MinimumLogLevel, minimumLevel)
  )
