/** AWS's clients as services whose operations are effects. */
import type { $Command, __Client as Client, SQSClientConfig } from "@aws-sdk/client-sqs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type AwsFault, faultOf } from "./AwsFault.ts"

/** Sends one command; a fault names the service and the operation. */
export type Send<Of> =
  Of extends Client<infer _, infer In, infer Out, infer Config>
    ? <I extends In, O extends Out>(
        command: $Command<I, O, Config, In, Out>
      ) => Effect.Effect<O, AwsFault>
    : never

/** The settings that all clients share. */
export type AwsSettings = Pick<SQSClientConfig, "endpoint" | "credentials" | "maxAttempts">

/** The usual AWS variables and files apply by default, `AWS_ENDPOINT_URL` among them. */
export const AwsSettings = Context.Reference<AwsSettings>("aws/AwsSettings", {
  defaultValue: () => ({})
})

/** Longer than any of the operations takes; none of them streams. */
const requestHandler = {
  connectionTimeout: 5000,
  requestTimeout: 30_000,
  throwOnRequestTimeout: true
} as const

interface Sender {
  readonly send: (
    command: never,
    options: { readonly abortSignal: AbortSignal }
  ) => Promise<unknown>
  readonly destroy: () => void
}

/** The client of one region, which closes with the layer. */
export const clientLayer = <Self, Shape, Of extends Sender>(
  service: Context.Service<Self, Shape>,
  name: string,
  make: (settings: AwsSettings & { readonly region: string }) => Of,
  region: string
) =>
  Layer.effect(
    service,
    Effect.gen(function* () {
      const settings = { maxAttempts: 4, requestHandler, ...(yield* AwsSettings), region }
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => make(settings)),
        (opened) => Effect.sync(() => opened.destroy())
      )
      const send = (command: object) => {
        const operation = command.constructor.name.replace(/Command$/, "")
        return Effect.tryPromise({
          try: (abortSignal) => client.send(command as never, { abortSignal }),
          catch: (cause) => faultOf(cause, { service: name, operation, region })
        }).pipe(Effect.withSpan(`${name}.${operation}`))
      }
      return service.of(send as Shape)
    })
  )
