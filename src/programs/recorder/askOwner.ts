import * as Effect from "effect/Effect"
import { type Notices, optionFailed } from "./Notices.ts"
import type { Visit } from "./Visit.ts"

/** The time that a function of the owner may take once the recording waits for it. */
const patience = "5 seconds"

/**
 * Calls a function of the owner now, and returns how to wait for what it tells. It may throw,
 * reject or hang, which costs only what it was to tell.
 */
export const askOwner = (
  option: string,
  visit: Visit,
  ask: () => unknown
): Effect.Effect<unknown, never, Notices> => {
  const failed = Effect.as(optionFailed(visit, option), undefined)
  try {
    const told = Promise.resolve(ask())
    // a rejection is looked at when the promise is awaited
    told.catch(() => undefined)
    return Effect.tryPromise(() => told).pipe(
      Effect.timeout(patience),
      Effect.catchCause(() => failed)
    )
  } catch {
    return failed
  }
}
