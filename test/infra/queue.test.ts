/** The queue, its dead-letter queue and the trigger: the rules between their numbers. */
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Infra, ofType, open } from "./Infra.ts"
import { functions } from "./Template.ts"

const seconds = (attributes: Readonly<Record<string, string>>, name: string): number => {
  assert.property(attributes, name)
  return Number(attributes[name])
}

layer(Infra.layer)("queueing", (it) => {
  describe("the queue", () => {
    it.effect("hides a received message for six times as long as the processor may take", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const visibility = seconds(definitions.queue.attributes, "VisibilityTimeout")
        assert.isAtLeast(visibility, 6 * definitions.processor.timeoutSeconds)
      })
    )

    it.effect("outlasts a fault of 15 minutes, in at least five receives", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        const visibility = seconds(definitions.queue.attributes, "VisibilityTimeout")
        assert.isAtLeast(definitions.maxReceiveCount, 5)
        assert.isAbove(visibility * definitions.maxReceiveCount, 15 * 60)
      })
    )

    it.effect(
      "moves a message to the dead-letter queue after as many receives as the variable says",
      () =>
        Effect.gen(function* () {
          const { terraform } = yield* Infra
          const { redrive_policy } = Schema.decodeUnknownSync(
            Schema.Struct({ redrive_policy: Schema.String })
          )(terraform.resources["aws_sqs_queue.events"])
          assert.match(redrive_policy, /maxReceiveCount\s*=\s*var\.max_receive_count\b/)
          assert.match(
            redrive_policy,
            /deadLetterTargetArn\s*=\s*aws_sqs_queue\.dead_letters\.arn\b/
          )
        })
    )

    it.effect("alone may send messages to that dead-letter queue", () =>
      Effect.gen(function* () {
        const { terraform } = yield* Infra
        const { queue_url, redrive_allow_policy } = Schema.decodeUnknownSync(
          Schema.Struct({ queue_url: Schema.String, redrive_allow_policy: Schema.String })
        )(terraform.resources["aws_sqs_queue_redrive_allow_policy.dead_letters"])
        assert.strictEqual(queue_url, open("aws_sqs_queue.dead_letters.id"))
        assert.match(redrive_allow_policy, /redrivePermission\s*=\s*"byQueue"/)
        assert.match(redrive_allow_policy, /sourceQueueArns\s*=\s*\[aws_sqs_queue\.events\.arn\]/)
      })
    )

    it.effect("and its dead-letter queue are encrypted by keys that cost nothing", () =>
      Effect.gen(function* () {
        for (const queue of Object.values(
          ofType((yield* Infra).terraform.resources, "aws_sqs_queue")
        )) {
          assert.deepInclude(queue, { sqs_managed_sse_enabled: true })
          assert.notProperty(queue, "kms_master_key_id")
        }
      })
    )

    it.effect("keeps a dead letter at least as long as a message, since its age moves along", () =>
      Effect.gen(function* () {
        const { deadLetters, queue } = (yield* Infra).definitions
        assert.isAtLeast(
          seconds(deadLetters.attributes, "MessageRetentionPeriod"),
          seconds(queue.attributes, "MessageRetentionPeriod")
        )
      })
    )

    it.effect("is FIFO, and so is its dead-letter queue, which takes what the queue takes", () =>
      Effect.gen(function* () {
        const { deadLetters, queue } = (yield* Infra).definitions
        for (const { attributes, name } of [queue, deadLetters]) {
          assert.strictEqual(attributes.FifoQueue, "true")
          assert.match(name, /\.fifo$/)
        }
        assert.strictEqual(
          deadLetters.attributes.MaximumMessageSize,
          queue.attributes.MaximumMessageSize
        )
      })
    )
  })

  describe("the trigger", () => {
    const mapping = functions.processor.Events?.Queue.Properties ?? {}

    it.effect("takes at most ten messages without a batching window, as FIFO demands", () =>
      Effect.gen(function* () {
        const { definitions } = yield* Infra
        assert.isAtMost(definitions.batchSize, 10)
        assert.notProperty(mapping, "MaximumBatchingWindowInSeconds")
      })
    )

    it("reports single failures, and may scale down to two pollers", () => {
      assert.deepStrictEqual(mapping.FunctionResponseTypes, ["ReportBatchItemFailures"])
      assert.notProperty(mapping, "ScalingConfig")
      assert.notProperty(mapping, "ProvisionedPollerConfig")
    })
  })
})
