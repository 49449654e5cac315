/** The table as commands read and write it: they wait while it throttles, so visitors go first. */
import type {
  $Command,
  DynamoDBClient,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
} from "@aws-sdk/client-dynamodb"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { type ConditionFailed, callPatiently } from "../../src/layers/dynamodb/DynamoDb.ts"
import { type StoreError, StoreUnavailable } from "../../src/services/InteractionStore.ts"
import { operationOf } from "../ServiceFault.ts"

type Send<E> = <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: $Command<
    Input,
    Output,
    DynamoDBClientResolvedConfig,
    ServiceInputTypes,
    ServiceOutputTypes
  >
) => Effect.Effect<Output, E>

export interface Table {
  readonly name: string
  readonly place: string
  readonly read: Send<StoreError>
  /** Writes on a condition, which may not hold. */
  readonly write: Send<StoreError | ConditionFailed>
}

const throttling = "ProvisionedThroughputExceededException"

const isThrottled = (error: StoreError | ConditionFailed): boolean =>
  error._tag === "StoreUnavailable" && /Throughput|Throttl|LimitExceeded/.test(error.detail)

/** DynamoDB throttles a batch by leaving a part of it undone. */
export const leftUndone = (operation: string) =>
  new StoreUnavailable({ operation, detail: throttling })

/** Runs whenever DynamoDB throttles; commands that show no state leave it alone. */
export const OnThrottled = Context.Reference<Effect.Effect<void>>("ops/OnThrottled", {
  defaultValue: () => Effect.void
})

/** Waits up to five minutes while DynamoDB throttles, because the free tier has few units. */
export const whileThrottled = <A, E extends StoreError | ConditionFailed>(
  effect: Effect.Effect<A, E>
) =>
  effect.pipe(
    Effect.tapError((error) => (isThrottled(error) ? Effect.flatten(OnThrottled) : Effect.void)),
    Effect.retry({
      schedule: Schedule.spaced("1 second").pipe(
        Schedule.jittered,
        Schedule.upTo({ duration: "5 minutes" })
      ),
      while: isThrottled
    })
  )

export const tableOf = (client: DynamoDBClient, name: string, place: string): Table => {
  const write: Table["write"] = (command) => {
    const operation = operationOf(command)
    return callPatiently(operation, (options) => client.send(command, options)).pipe(
      whileThrottled,
      Effect.withSpan(`Table.${operation}`)
    )
  }
  const read: Table["read"] = (command) =>
    Effect.catchTag(write(command), "ConditionFailed", Effect.die)
  return { name, place, read, write }
}
