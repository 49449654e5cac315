import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import type { OpenQueue, Queues } from "./Queues.ts"
import { missingParameter, Rejection } from "./Rejection.ts"

/** The queues, and the address under which clients reach them. */
export interface Desk {
  readonly queues: Queues
  readonly endpoint: string
}

export type Operation = (desk: Desk, input: unknown) => Effect.Effect<object, Rejection>
export type Operations = Readonly<Record<string, Operation>>

export const Texts = Schema.Array(Schema.String)
export const TextByName = Schema.Record(Schema.String, Schema.String)

const format = SchemaIssue.makeFormatterStandardSchemaV1()

const refusal = (error: Schema.SchemaError, input: unknown): Rejection => {
  const [issue] = format(error.issue).issues
  const path = issue?.path?.map(String) ?? []
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : value),
    input
  )
  return path.length > 0 && found === undefined
    ? missingParameter(path.join("."))
    : new Rejection({ code: "SerializationException", message: issue?.message ?? error.message })
}

/** Reads a request, or says which parameter is missing or malformed. */
export const reader = <S extends Schema.ConstraintDecoder<unknown>>(schema: S) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (input: unknown): Result.Result<S["Type"], Rejection> =>
    Result.mapError(decode(input), (error) => refusal(error, input))
}

/** An operation that answers at once, in one transaction. */
export const operation = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  run: (desk: Desk, now: number, input: S["Type"]) => Result.Result<object, Rejection>
): Operation => {
  const read = reader(schema)
  return (desk, input) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.suspend(() =>
        Effect.fromResult(
          Result.flatMap(read(input), (request) =>
            desk.queues.run(now, () => run(desk, now, request))
          )
        )
      )
    )
}

const readQueueUrl = reader(Schema.Struct({ QueueUrl: Schema.String }))

export const queueNameOf = (queueUrl: string): string =>
  queueUrl.slice(queueUrl.lastIndexOf("/") + 1)

/** An operation on the queue that the request names. */
export const queueOperation = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  run: (
    open: OpenQueue,
    now: number,
    input: S["Type"],
    desk: Desk
  ) => Result.Result<object, Rejection>
): Operation => {
  const read = reader(schema)
  return operation(Schema.Unknown, (desk, now, input) =>
    Result.gen(function* () {
      const { QueueUrl } = yield* readQueueUrl(input)
      const request = yield* read(input)
      const open = yield* desk.queues.find(queueNameOf(QueueUrl))
      return yield* run(open, now, request, desk)
    })
  )
}
