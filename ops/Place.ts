/** Where an installation is: on this machine, at an endpoint, or on AWS. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { faultOf } from "./dlq/QueueFault.ts"
import type { PlaceFlags } from "./flags.ts"

/** How an AWS client gets there; what is left out comes from the usual AWS variables and files. */
export interface Place {
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** How far above the port where questions are asked `npm start` puts the others. */
const localPorts = { mail: 1, queues: 2, table: 3, metrics: 5 } as const

/** The place of one service; an endpoint that is given is that of all. */
export const placeOf = (
  { endpoint = Option.none(), local, port, region }: PlaceFlags,
  service: keyof typeof localPorts,
  deployedRegion: string
): Place => {
  if (local) {
    const questions = Option.getOrElse(port, () => 8787)
    return {
      endpoint: `http://127.0.0.1:${questions + localPorts[service]}`,
      region: deployedRegion,
      credentials: { accessKeyId: "local", secretAccessKey: "local" }
    }
  }
  return {
    ...(Option.isSome(endpoint) && { endpoint: endpoint.value }),
    ...(Option.isSome(region) && { region: region.value })
  }
}

/** Looks into variables and files now, so that what is missing is said before anything is tried. */
export const nameOf = (place: Place, table: string) =>
  Effect.acquireUseRelease(
    Effect.sync(() => new DynamoDBClient({ ...place })),
    (client) =>
      Effect.tryPromise({
        try: async () => {
          const region = await client.config.region()
          await client.config.credentials()
          return place.endpoint ?? `AWS ${region}`
        },
        catch: (cause) => faultOf(cause, { place: "AWS", queue: table })
      }),
    (client) => Effect.sync(() => client.destroy())
  )
