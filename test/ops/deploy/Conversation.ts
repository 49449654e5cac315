/** Tools that answer as they are recorded to, in the recorded order, and nothing else. */
import { assert } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { type Answer, Commands, inWords, toolMissing } from "../../../ops/deploy/Commands.ts"

export interface RecordedCommand extends Partial<Answer> {
  /** As a person would type it; one that ends with `...` need only begin so. */
  readonly said: string
  /** What is expected on standard input; nothing, by default. */
  readonly stdin?: string
  readonly is?: "missing" | "endless"
}

export interface Heard {
  readonly words: string
  readonly stdin: string
}

const fits = (said: string, words: string): boolean =>
  said.endsWith("...") ? words.startsWith(said.slice(0, -3)) : words === said

const answerTo = ({ exitCode = 0, stderr = "", stdout = "" }: RecordedCommand): Answer => ({
  exitCode,
  stdout,
  stderr
})

/** What is left of the recording at the end was expected, and never came. */
export const conversation = (recording: ReadonlyArray<RecordedCommand>) => {
  const heard: Array<Heard> = []
  const silent = Deferred.makeUnsafe<void>()
  const layer = Layer.succeed(
    Commands,
    Commands.of({
      run: (command) =>
        Effect.suspend(() => {
          const exchange = recording[heard.length]
          const words = inWords(command)
          const stdin = command.stdin === undefined ? "" : Redacted.value(command.stdin)
          heard.push({ words, stdin })
          if (exchange === undefined || !fits(exchange.said, words)) {
            return Effect.die(
              new Error(`expected: ${exchange?.said ?? "nothing more"}\n     got: ${words}`)
            )
          }
          if (stdin !== (exchange.stdin ?? "")) {
            return Effect.die(new Error(`standard input is not as recorded for: ${words}`))
          }
          if (exchange.is === "missing") return toolMissing(command.tool)
          if (exchange.is === "endless") {
            return Effect.andThen(Deferred.succeed(silent, undefined), Effect.never)
          }
          return Effect.succeed(answerTo(exchange))
        })
    })
  )
  const ended = () => assert.deepStrictEqual(recording.slice(heard.length), [])
  return { layer, heard, ended, silent: Deferred.await(silent) }
}
