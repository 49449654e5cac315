import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const step = 100

/** Says on stderr how far a long command is: every hundred at first, and then every tenth more. */
export const progress = (done: string, expected?: number) => {
  const ofAll = expected === undefined ? "" : ` of about ${expected}`
  let next = step
  return (count: number): Effect.Effect<void> => {
    if (count < next) return Effect.void
    next = count + Math.max(step, Math.floor(count / 10))
    return Console.error(`${count}${ofAll} ${done}`)
  }
}
