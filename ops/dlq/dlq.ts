/** `ops dlq`: the flags of all its commands, and the queues that they name. */
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { optionalText, placeFlags } from "../flags.ts"
import { placeOf } from "../Place.ts"
import { connect } from "./Queue.ts"

const flags = {
  ...placeFlags,
  endpoint: optionalText("endpoint", "URL of another SQS; AWS itself without it and --local"),
  queue: optionalText("queue", "name of the main queue; else the one of infra/terraform"),
  deadLetters: optionalText(
    "dead-letters",
    "name of the dead-letter queue; else the one of infra/terraform"
  )
}

export const dlq = Command.make("dlq").pipe(Command.withSharedFlags(flags))

/** Opens the queues that the flags name, the main queue only when it is asked for. */
export const openQueues = Effect.gen(function* () {
  const given = yield* dlq
  const definitions = yield* readDefinitions()
  const { open } = yield* connect(placeOf(given, "queues", definitions.region))
  return {
    deadLetters: open(Option.getOrElse(given.deadLetters, () => definitions.deadLetters.name)),
    queue: open(Option.getOrElse(given.queue, () => definitions.queue.name))
  }
})

/** Ends a command with the one line that its error is. */
export const inOneLine = <A, E extends { readonly message: string }, R>(
  effect: Effect.Effect<A, E, R>
) =>
  Effect.mapError(effect, (cause) => new CliError.UserError({ cause, userMessage: cause.message }))
