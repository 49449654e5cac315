/** `ops dlq`: the flags of all its commands, and the queues that they name. */
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { optionalText, placeFlags, refuse } from "../flags.ts"
import { connect, type Place } from "./Queue.ts"

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
export type Flags = Effect.Success<typeof dlq>

/** What the flags cannot mean together. */
export const checkFlags = ({ endpoint, local, port }: Flags) => {
  if (local && Option.isSome(endpoint)) return refuse("--local and --endpoint exclude each other")
  if (!local && Option.isSome(port)) return refuse("--port is for --local")
  return Option.isSome(endpoint) && !URL.canParse(endpoint.value)
    ? refuse("--endpoint must be a URL, for example http://127.0.0.1:8789")
    : Effect.void
}

/** The SQS of `npm start` listens two ports above the one where questions are asked. */
const placeOf = ({ endpoint, local, port, region }: Flags, deployedRegion: string): Place => {
  if (local) {
    return {
      endpoint: `http://127.0.0.1:${Option.getOrElse(port, () => 8787) + 2}`,
      region: Option.getOrElse(region, () => deployedRegion),
      credentials: { accessKeyId: "local", secretAccessKey: "local" }
    }
  }
  return {
    ...(Option.isSome(endpoint) && { endpoint: endpoint.value }),
    ...(Option.isSome(region) && { region: region.value })
  }
}

/** Opens the queues that the flags name, the main queue only when it is asked for. */
export const openQueues = Effect.gen(function* () {
  const given = yield* dlq
  const definitions = yield* readDefinitions()
  const { open } = yield* connect(placeOf(given, definitions.region))
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
