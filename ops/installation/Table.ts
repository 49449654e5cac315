/** The table as an operator's command asks it: patiently, for it has time and must not hurt. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { type ConditionFailed, callPatiently } from "../../src/layers/dynamodb/DynamoDb.ts"
import { type StoreError, StoreUnavailable } from "../../src/services/InteractionStore.ts"

type Send<A> = (
  client: DynamoDBClient,
  options: { readonly abortSignal: AbortSignal }
) => Promise<A>

/** One table, and how to ask DynamoDB something about it. */
export interface Table {
  readonly name: string
  readonly place: string
  readonly read: <A>(operation: string, send: Send<A>) => Effect.Effect<A, StoreError>
  /** A write on a condition, which may not hold. */
  readonly write: <A>(
    operation: string,
    send: Send<A>
  ) => Effect.Effect<A, StoreError | ConditionFailed>
}

const throttling = "ProvisionedThroughputExceededException"

const isThrottled = (error: StoreError | ConditionFailed): boolean =>
  error._tag === "StoreUnavailable" && /Throughput|Throttl|LimitExceeded/.test(error.detail)

/** The part of a batch that DynamoDB leaves undone, as the throttling that it is. */
export const leftUndone = (operation: string) =>
  new StoreUnavailable({ operation, detail: throttling })

/** Waits, for minutes, while DynamoDB asks to slow down: the free units are few. */
export const whileThrottled = <A, E extends StoreError | ConditionFailed>(
  effect: Effect.Effect<A, E>
) =>
  Effect.retry(effect, {
    schedule: Schedule.spaced("1 second").pipe(
      Schedule.jittered,
      Schedule.upTo({ duration: "5 minutes" })
    ),
    while: isThrottled
  })

export const tableOf = (client: DynamoDBClient, name: string, place: string): Table => {
  const write: Table["write"] = (operation, send) =>
    whileThrottled(callPatiently(operation, (options) => send(client, options)))
  return {
    name,
    place,
    write,
    read: (operation, send) =>
      write(operation, send).pipe(Effect.catchTag("ConditionFailed", Effect.die))
  }
}
