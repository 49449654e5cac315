import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { type QueueRules, rulesOf, withAttributes } from "../../local/sqs/QueueAttributes.ts"

/** The numbers of the deployment that the simulated machines go by. */
export interface Deployment {
  readonly queue: QueueRules
  readonly deadLetters: QueueRules
  readonly table: CreateTableCommandInput
  readonly ttlAttribute: string
  readonly batchSize: number
  readonly processorTimeoutMs: number
  readonly reporterTimeoutMs: number
}

const arn = "arn:aws:sqs:eu-west-1:000000000000:dead-letters.fifo"

const rules = (attributes: Readonly<Record<string, string>>): QueueRules =>
  rulesOf(Result.getOrThrow(withAttributes(undefined, attributes)))

/** Read from `infra/`, so that a changed timeout or receive count is simulated as it is. */
export const readDeployment = Effect.map(
  readDefinitions(),
  ({
    batchSize,
    deadLetters,
    maxReceiveCount,
    processor,
    queue,
    reporter,
    table,
    ttlAttribute
  }): Deployment => ({
    table,
    ttlAttribute,
    queue: rules({
      ...queue.attributes,
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount })
    }),
    deadLetters: rules(deadLetters.attributes),
    batchSize,
    processorTimeoutMs: processor.timeoutSeconds * 1000,
    reporterTimeoutMs: reporter.timeoutSeconds * 1000
  })
)
