import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** One line of the check; without a fault, the sentence holds. */
export interface Finding {
  readonly sentence: string
  readonly fault: string | undefined
}

const linesMax = 30

const faultOf = (cause: Cause.Cause<unknown>): string => {
  const error = Cause.squash(cause)
  return error instanceof Error ? error.message : String(error)
}

/** Runs what the sentence claims, and prints how it went. */
export const claim = <R>(sentence: string, work: Effect.Effect<unknown, unknown, R>) =>
  Effect.gen(function* () {
    const exit = yield* Effect.exit(work)
    const fault = Exit.isFailure(exit) ? faultOf(exit.cause) : undefined
    yield* Console.log(fault === undefined ? `ok      ${sentence}` : `FAILED  ${sentence}`)
    for (const line of fault?.split("\n", linesMax) ?? []) yield* Console.log(`        ${line}`)
    return { sentence, fault } satisfies Finding
  })
