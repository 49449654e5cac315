/** The checks on the local system, whose Worker, queues and table are real. */
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { startVariables } from "../../../local/startVariables.ts"
import { checksText, isBad } from "../../../ops/deploy/Check.ts"
import { awaitStored, putQuestion } from "../../../ops/deploy/Smoke.ts"
import { examineStorage } from "../../../ops/doctor/examineStorage.ts"
import { localClients } from "../../../ops/doctor/localClients.ts"
import { System, layer as systemLayer } from "../../e2e/System.ts"

const clients = Layer.unwrap(
  Effect.map(System, ({ definitions, processes }) => {
    const endpointOf = (name: string) =>
      processes.find((each) => each.name === name)?.endpoint ?? ""
    return localClients({
      sqs: endpointOf("sqs"),
      dynamoDb: endpointOf("dynamodb"),
      region: definitions.region
    })
  })
)

const cloud = Layer.mergeAll(clients, FetchHttpClient.layer, NodeServices.layer).pipe(
  Layer.provideMerge(systemLayer(startVariables))
)

layer(cloud, { excludeTestServices: true })("on the local system", (it) => {
  describe("what follows a deployment", () => {
    it.effect("puts a question in, and sees it stored", () =>
      Effect.gen(function* () {
        const { definitions, workerUrl } = yield* System
        const requestId = yield* putQuestion(workerUrl)
        const outcome = yield* awaitStored(definitions.table.TableName, requestId)
        assert.strictEqual(outcome, "stored")
      })
    )
  })

  describe("the doctor", () => {
    it.effect("finds queues and table as they are defined", () =>
      Effect.gen(function* () {
        const checks = yield* examineStorage(startVariables)
        assert.strictEqual(checksText(checks.filter(isBad)), "")
        assert.isNotEmpty(checks)
      })
    )

    it.effect("finds an attribute that somebody has changed", () =>
      Effect.gen(function* () {
        const { queueUrl, sqs } = yield* System
        const set = (VisibilityTimeout: string) =>
          Effect.promise(() =>
            sqs.send(
              new SetQueueAttributesCommand({
                QueueUrl: queueUrl,
                Attributes: { VisibilityTimeout }
              })
            )
          )
        yield* set("10")
        const checks = yield* examineStorage(startVariables)
        yield* set("30")
        assert.include(
          checksText(checks.filter(isBad)),
          'VisibilityTimeout is "10", but defined as "30".'
        )
      })
    )
  })
})
