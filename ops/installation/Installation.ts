/** One installation of the product as a command finds it: its table and its queues. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import { locate } from "../Place.ts"
import { clearly } from "../ServiceFault.ts"
import type { InstallationFlags } from "./installationFlags.ts"
import { connect } from "./Queue.ts"
import { tableOf } from "./Table.ts"

/** Opens the installation that flags name; a queue opens once a command needs it. */
export const open = Effect.fnUntraced(function* (given: InstallationFlags) {
  const located = yield* locate(given)
  const { addressOf, at, definitions } = located
  const { TableName: tableName } = definitions.table
  const services = yield* Layer.build(DynamoDb.layer(at("table")))
  const queues = yield* connect(at("queues"), addressOf("queues"))
  return {
    ...located,
    clearly: clearly({ tableName, addressOf }),
    table: tableOf(Context.get(services, DynamoDb), tableName, addressOf("table")),
    queue: queues.open(definitions.queue.name),
    deadLetters: queues.open(definitions.deadLetters.name)
  }
})
export type Installation = Effect.Success<ReturnType<typeof open>>

/** Runs a command on the installation that its flags name; an error is one line with its place. */
export const onInstallation =
  <Given extends InstallationFlags, A, E extends { readonly message: string }, R>(
    run: (installation: Installation, given: Given) => Effect.Effect<A, E, R>
  ) =>
  (given: Given) =>
    open(given).pipe(
      Effect.flatMap((installation) => installation.clearly(run(installation, given))),
      Effect.scoped,
      inOneLine
    )
