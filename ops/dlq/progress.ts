import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const step = 100

/** Says on stderr how far a long command is, once a hundred messages. */
export const progress = (done: string, expected: number) => {
  let said = 0
  return (count: number): Effect.Effect<void> => {
    if (count - said < step) return Effect.void
    said = count
    return Console.error(`${count} of about ${expected} ${done}`)
  }
}
