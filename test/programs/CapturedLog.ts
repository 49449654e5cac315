import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"

interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
  /** Everything that any logger could write of the line. */
  readonly whole: string
}

/** The lines that a program logs, oldest first, in place of the default logger. */
export class CapturedLog extends Context.Service<CapturedLog, Array<LogLine>>()(
  "test/CapturedLog"
) {}

const textOf = (part: unknown): string =>
  part instanceof Error ? `${part.stack} ${JSON.stringify(part)}` : JSON.stringify(part)

const loggerInto = (lines: Array<LogLine>) =>
  Logger.make<unknown, void>(({ cause, fiber, logLevel, message }) => {
    const parts: ReadonlyArray<unknown> = Array.isArray(message) ? message : [message]
    const annotations = fiber.getRef(References.CurrentLogAnnotations)
    lines.push({
      level: logLevel,
      message: parts.filter((part) => typeof part === "string").join(" "),
      fields: Object.assign({}, ...parts.filter((part) => typeof part === "object"), annotations),
      whole: [...parts.map(textOf), textOf(annotations), Cause.pretty(cause)].join(" ")
    })
  })

export const layer = Layer.unwrap(
  Effect.sync(() => {
    const lines: Array<LogLine> = []
    return Layer.merge(Layer.succeed(CapturedLog, lines), Logger.layer([loggerInto(lines)]))
  })
)
