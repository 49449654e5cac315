/** One installation of the product, as an operator's command finds it: its table and its queues. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { DynamoDb } from "../../src/layers/DynamoDb.ts"
import { inOneLine } from "../dlq/dlq.ts"
import { connect } from "../dlq/Queue.ts"
import { checkPlace, type InstallationFlags } from "../flags.ts"
import { nameOf, placeOf } from "../Place.ts"
import { clearly } from "../report/SystemFault.ts"
import { tableOf } from "./Table.ts"

const requestHandler = {
  connectionTimeout: 3000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true
}

/** Opens what the flags name, for as long as the scope is open; queues when they are asked for. */
const open = Effect.fnUntraced(function* (given: InstallationFlags) {
  yield* checkPlace(given)
  const definitions = yield* readDefinitions(
    Option.match(given.table, { onNone: () => ({}), onSome: (name) => ({ name }) })
  )
  const { TableName: tableName } = definitions.table
  const place = placeOf(given, "table", definitions.region)
  const name = yield* nameOf(place, tableName)
  const services = yield* Layer.build(DynamoDb.layer({ ...place, requestHandler }))
  const queues = yield* connect(placeOf(given, "queues", definitions.region))
  return {
    /** For a person: where all of it is. */
    name: given.local ? "npm start" : name,
    definitions,
    /** Names the place in the table's errors. */
    clearly: clearly({ tableName, table: name, mail: name }),
    table: tableOf(Context.get(services, DynamoDb), tableName, name),
    queue: queues.open(definitions.queue.name),
    deadLetters: queues.open(definitions.deadLetters.name)
  }
})
export type Installation = Effect.Success<ReturnType<typeof open>>

/** Runs a command on the installation that its flags name; every failure is one line. */
export const onInstallation = <A, E extends { readonly message: string }, R>(
  given: InstallationFlags,
  use: (installation: Installation) => Effect.Effect<A, E, R>
) =>
  open(given).pipe(
    Effect.flatMap((installation) => installation.clearly(use(installation))),
    Effect.scoped,
    inOneLine
  )
