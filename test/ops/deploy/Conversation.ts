/** Tools that give the recorded answers in the recorded order, and fail every other command. */
import { assert } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { type Answer, Commands, inWords, toolMissing } from "../../../ops/deploy/Commands.ts"

export interface RecordedCommand extends Partial<Answer> {
  /** The command as a person would type it; `...` at its end stands for more words. */
  readonly said: string
  /** The expected standard input; empty by default. */
  readonly stdin?: string
  /** A slow one answers once the interruption has been asked for. */
  readonly is?: "missing" | "endless" | "slow"
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

/** `ended` fails when a recorded command never came. */
export const conversation = (recording: ReadonlyArray<RecordedCommand>) => {
  const heard: Array<Heard> = []
  const silent = Deferred.makeUnsafe<void>()
  const interrupted = Deferred.makeUnsafe<void>()
  const fallSilent = () => Deferred.doneUnsafe(silent, Effect.void)
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
          if (exchange.is !== undefined) fallSilent()
          if (exchange.is === "endless") return Effect.never
          if (exchange.is === "slow") {
            return Effect.as(Deferred.await(interrupted), answerTo(exchange))
          }
          return Effect.succeed(answerTo(exchange))
        })
    })
  )
  const ended = () => assert.deepStrictEqual(recording.slice(heard.length), [])
  const speak = () => Deferred.doneUnsafe(interrupted, Effect.void)
  return { layer, heard, ended, fallSilent, silent: Deferred.await(silent), speak }
}
