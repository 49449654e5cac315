/** The place of an installation: this machine, an endpoint, or AWS. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readDefinitions } from "../infra/definitions/Definitions.ts"
import { localPorts, portDefault } from "../local/ports.ts"
import {
  checkPlace,
  type InstallationFlags,
  type PlaceFlags
} from "./installation/installationFlags.ts"
import { faultOf } from "./ServiceFault.ts"

/** An AWS client's way there; the usual AWS variables and files supply missing parts. */
export interface Place {
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly requestHandler?: typeof requestHandler
}

const requestHandler = {
  connectionTimeout: 3000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true
} as const

/** The place of one service; all services share a given endpoint. */
const placeOf = (
  { endpoint, local, port, region }: PlaceFlags,
  service: keyof typeof localPorts,
  deployedRegion: string
): Place => {
  if (local) {
    const first = Option.getOrElse(port, () => portDefault)
    return {
      endpoint: `http://127.0.0.1:${first + localPorts[service]}`,
      region: deployedRegion,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      requestHandler
    }
  }
  return {
    ...(Option.isSome(endpoint) && { endpoint: endpoint.value }),
    ...(Option.isSome(region) && { region: region.value }),
    requestHandler
  }
}

/** Reads AWS variables and files first, so that a missing setting is the first error. */
const nameOf = (place: Place, table: string) =>
  Effect.acquireUseRelease(
    Effect.sync(() => new DynamoDBClient({ ...place })),
    (client) =>
      Effect.tryPromise({
        try: async () => {
          const region = await client.config.region()
          await client.config.credentials()
          return place.endpoint ?? `AWS ${region}`
        },
        catch: (cause) =>
          faultOf(cause, {
            service: "DynamoDB",
            place: "AWS",
            operation: "requests",
            subject: table
          })
      }),
    (client) => Effect.sync(() => client.destroy())
  )

/** The deployed names, which all begin with the table's. */
export const definitionsOf = ({ table }: Pick<InstallationFlags, "table">) =>
  readDefinitions(Option.match(table, { onNone: () => ({}), onSome: (name) => ({ name }) }))

const flagsOf = ({ local, ...given }: InstallationFlags): string => {
  const words = (["port", "region", "endpoint", "table"] as const).map((name) =>
    Option.match<string | number, string>(given[name], {
      onNone: () => "",
      onSome: (value) => ` --${name} ${value}`
    })
  )
  return [local ? " --local" : "", ...words].join("")
}

/** Finds the installation that flags name, without opening it. */
export const locate = Effect.fnUntraced(function* (given: InstallationFlags) {
  yield* checkPlace(given)
  const definitions = yield* definitionsOf(given)
  const at = (service: keyof typeof localPorts) => placeOf(given, service, definitions.region)
  const address = yield* nameOf(at("table"), definitions.table.TableName)
  const addressOf = (service: keyof typeof localPorts) => at(service).endpoint ?? address
  return {
    definitions,
    at,
    addressOf,
    /** The whole installation's place, as people call it. */
    name: given.local ? "npm start" : address,
    isLocal: given.local,
    /** The given flags, which proposed commands repeat. */
    flags: flagsOf(given)
  }
})
