import * as Effect from "effect/Effect"

/**
 * Never ends for a process that was started by hand. Under a supervisor it ends when the supervisor
 * does, even by `kill -9`, because the channel between the two closes with either.
 */
export const untilParentEnds: Effect.Effect<void> = Effect.callback<void>((resume) => {
  if (process.send === undefined) return
  if (!process.connected) return resume(Effect.void)
  const onDisconnect = (): void => resume(Effect.void)
  process.once("disconnect", onDisconnect)
  // a listener keeps the channel, and with it the process, alive after all else has ended
  return Effect.sync(() => void process.off("disconnect", onDisconnect))
})
