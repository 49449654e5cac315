import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"

/** The line that tells a supervisor, or a person, that the process is ready and where. */
export const announce = (endpoint: string): Effect.Effect<void> =>
  Console.log(JSON.stringify({ listening: endpoint }))
