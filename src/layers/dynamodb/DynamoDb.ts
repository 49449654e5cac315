import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig
} from "@aws-sdk/client-dynamodb"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import {
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../../services/InteractionStore.ts"
import { isTransient, nameOf } from "../aws/AwsFault.ts"

export type Item = Record<string, AttributeValue>

/** A conditional write found another item; `item` is what it found, at no extra cost. */
export class ConditionFailed extends Data.TaggedError("ConditionFailed")<{
  readonly item: Item | undefined
}> {}

/**
 * The AWS client as a resource, closed with its scope.
 *
 * Its own retries are off, because every caller retries by a schedule and the two would multiply.
 */
export class DynamoDb extends Context.Service<DynamoDb, DynamoDBClient>()("layers/DynamoDb") {
  static readonly layer = (config: DynamoDBClientConfig) =>
    Layer.effect(
      DynamoDb,
      Effect.acquireRelease(
        Effect.sync(() => new DynamoDBClient({ ...config, maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy())
      )
    )
}

const toError = (operation: string, cause: unknown): StoreError | ConditionFailed => {
  if (cause instanceof ConditionalCheckFailedException) {
    return new ConditionFailed({ item: cause.Item })
  }
  const detail = nameOf(cause)
  return isTransient(cause)
    ? new StoreUnavailable({ operation, detail })
    : new StoreRejected({ operation, detail })
}

/** Allows 6 tries over about 4 s. */
const untilAvailable = Schedule.min([
  Schedule.exponential("50 millis", 2.5),
  Schedule.spaced("2 seconds")
]).pipe(Schedule.jittered, Schedule.upTo({ times: 5 }))

/** Runs one call of the client once: typed errors, aborted on interruption. */
export const call = <A>(
  operation: string,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<A>
): Effect.Effect<A, StoreError | ConditionFailed> =>
  Effect.tryPromise({
    try: (abortSignal) => send({ abortSignal }),
    catch: (cause) => toError(operation, cause)
  })

/** Runs one call of the client, and tries again while its fault may pass. */
export const callPatiently: typeof call = (operation, send) =>
  call(operation, send).pipe(
    Effect.retry({ schedule: untilAvailable, while: (error) => error._tag === "StoreUnavailable" })
  )

/** Reads patiently; a read has no condition that could fail. */
export const read = <A>(...[operation, send]: Parameters<typeof call<A>>) =>
  Effect.catchTag(callPatiently(operation, send), "ConditionFailed", Effect.die)
