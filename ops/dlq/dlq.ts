/** `ops dlq`: the flags of all its commands, and the queues that they name. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { installationFlags } from "../installation/installationFlags.ts"
import { locate } from "../Place.ts"
import { connect } from "./Queue.ts"

export const dlq = Command.make("dlq").pipe(Command.withSharedFlags(installationFlags))

/** Opens the queues that the flags name, the main queue only when it is asked for. */
export const openQueues = Effect.gen(function* () {
  const { addressOf, at, definitions } = yield* locate(yield* dlq)
  const { open } = yield* connect(at("queues"), addressOf("queues"))
  return {
    deadLetters: open(definitions.deadLetters.name),
    queue: open(definitions.queue.name)
  }
})
