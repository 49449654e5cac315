/** Opens the console in this process, and says where. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failWith } from "../../cli/runCommandLine.ts"
import { ConsoleData } from "./ConsoleData.ts"
import { makeAnswer, type Shown } from "./web/answers.ts"
import { serve } from "./web/ConsoleServer.ts"

/** Stands apart from the ports of `npm start`. */
const portDefault = 8797

interface Opening extends Shown {
  readonly port: Option.Option<number>
}

/**
 * Insists on a port that was asked for. Without one it takes any other that is free, so that two
 * consoles can be open.
 */
const serveAt = (
  port: Option.Option<number>,
  options: Pick<Parameters<typeof serve>[0], "answer">
) =>
  Option.match(port, {
    onNone: () =>
      serve({ ...options, port: portDefault }).pipe(
        Effect.catchTag("PortTaken", () => serve({ ...options, port: 0 })),
        Effect.orDie
      ),
    onSome: (asked) =>
      serve({ ...options, port: asked }).pipe(
        Effect.catchTag("PortTaken", ({ message }) =>
          failWith(`${message}: give another with --port, or none for any free one`)
        )
      )
  })

/** Serves the console until the scope ends, and returns the address that opens it. */
export const openConsole = Effect.fn("openConsole")(function* ({ port, ...shown }: Opening) {
  const { source } = yield* ConsoleData
  for (const notice of source.notices) yield* Console.error(notice)
  const { address } = yield* serveAt(port, { answer: yield* makeAnswer(shown) })
  return address
})
