/** The queue, its dead-letter queue and the trigger: the rules between their numbers. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { readTemplateResources } from "../../infra/definitions/SamTemplate.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import { drainBudgetOf } from "../../src/programs/processor/Budget.ts"
import { handleEvent } from "../../src/programs/processor/handleEvent.ts"
import { world } from "../programs/processor/World.ts"
import { QueueExample } from "../simulation/drain/QueueExample.ts"
import { Infra, ofType, open } from "./Infra.ts"
import { template } from "./Template.ts"

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
    const { Condition, Properties: mapping } = template.Resources.ProcessorTrigger

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

    it("invokes the version in use, as the schedules do", () => {
      assert.strictEqual(mapping.FunctionName, "ProcessorFunction.Alias")
      assert.strictEqual(template.Globals.Function.AutoPublishAlias, "live")
    })

    it.effect("exists where the trigger delivers, and nowhere else", () =>
      Effect.gen(function* () {
        assert.strictEqual(Condition, "IsTriggered")
        const made = (Delivery: string) =>
          Effect.map(readTemplateResources({ Delivery }), (resources) =>
            resources.map(({ name }) => name)
          )
        assert.include(yield* made("trigger"), "ProcessorTrigger")
        assert.notInclude(yield* made("schedule"), "ProcessorTrigger")
      }).pipe(Effect.provide(NodeServices.layer))
    )
  })
})

layer(Infra.scheduled)("a queue that is drained by schedule", (it) => {
  it.effect("has a schedule of a minute in place of the trigger, which does not try again", () =>
    Effect.gen(function* () {
      const { definitions, terraform } = yield* Infra
      const { delivery } = definitions
      assert.deepInclude(delivery, { by: "schedule", everyMinutes: 1 })
      const { target } = Schema.decodeUnknownSync(
        Schema.Struct({
          target: Schema.Tuple([
            Schema.Struct({
              arn: Schema.String,
              retry_policy: Schema.Tuple([Schema.Struct({ maximum_retry_attempts: Schema.Int })])
            })
          ])
        })
      )(terraform.resources["aws_scheduler_schedule.drain[0]"])
      assert.match(target[0].arn, /:function:cv-analytics-processor:live$/)
      assert.strictEqual(target[0].retry_policy[0].maximum_retry_attempts, 0)
    })
  )

  it.effect("invokes the processor with an event by which it drains", () => {
    const queue = new QueueExample()
    return Effect.gen(function* () {
      const { delivery } = (yield* Infra).definitions
      const event = delivery.by === "schedule" ? JSON.parse(delivery.input) : undefined
      assert.deepInclude(yield* handleEvent(event, 1000), { ended: "queue empty" })
    }).pipe(Effect.provide([world(), queue.layer()]))
  })

  it.effect("hides a message until after the run that received it", () =>
    Effect.gen(function* () {
      const { processor, queue } = (yield* Infra).definitions
      const { storing } = drainBudgetOf(processor.timeoutSeconds * 1000)
      const visibilityMs = 1000 * seconds(queue.attributes, "VisibilityTimeout")
      assert.isBelow(Duration.toMillis(storing), visibilityMs)
    })
  )
})

describe("the delivery", () => {
  it.effect("is the trigger's unless the owner wants the schedule, at intervals of minutes", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* readDefinitions()).delivery, { by: "trigger" })
      const { delivery } = yield* readDefinitions({ delivery: "schedule", drain_minutes: 5 })
      assert.deepInclude(delivery, { by: "schedule", everyMinutes: 5 })
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("is known to the watch, which takes no wait for a drain for a silence", () =>
    Effect.gen(function* () {
      const eventOf = (given: Variables) =>
        Effect.map(readDefinitions(given), ({ watch }) => JSON.parse(watch?.input ?? "{}"))
      assert.deepStrictEqual(yield* eventOf({ drain_minutes: 5 }), { watch: true })
      assert.deepStrictEqual(yield* eventOf({ delivery: "schedule", drain_minutes: 5 }), {
        watch: true,
        lagMinutes: 5
      })
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
