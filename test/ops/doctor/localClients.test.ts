import { GetQueueUrlCommand } from "@aws-sdk/client-sqs"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Sqs } from "../../../ops/aws/Clients.ts"
import { localClients } from "../../../ops/doctor/localClients.ts"

it.effect("a local system that is not running is told as such", () =>
  Effect.gen(function* () {
    const nowhere = "http://127.0.0.1:9"
    const fault = yield* Sqs.use((send) => send(new GetQueueUrlCommand({ QueueName: "x" }))).pipe(
      Effect.provide(localClients({ sqs: nowhere, dynamoDb: nowhere, region: "eu-west-1" })),
      Effect.flip
    )
    assert.strictEqual(fault.what, "SQS of the local system does not answer (ECONNREFUSED).")
    assert.include(fault.mend, "npm start")
  })
)
