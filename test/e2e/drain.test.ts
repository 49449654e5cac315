/**
 * Goal: the built processor keeps its promises when it fetches its messages itself.
 * Method: the local system with a schedule in place of the trigger, asked over HTTP.
 */
import { SendMessageCommand } from "@aws-sdk/client-sqs"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { eventually } from "./eventually.ts"
import * as System from "./System.ts"
import { ask } from "./Visitor.ts"

/** Short, so that a failed message comes back after 18 seconds; a receive waits for one. */
const variables = { delivery: "schedule", processor_timeout_seconds: 3, max_receive_count: 1 }

const drainEvery = "1 second"

layer(System.layer(variables, { drainEvery }), { excludeTestServices: true })(
  "the built system, drained by a schedule,",
  (it) => {
    it.effect(
      "stores questions and answers, and gives poison up, each in drains",
      () =>
        Effect.gen(function* () {
          const { events, queueUrl, sqs, workerUrl } = yield* System.System
          yield* Effect.promise(() =>
            sqs.send(
              new SendMessageCommand({
                QueueUrl: queueUrl,
                MessageBody: "this was meant for another queue",
                MessageGroupId: "poison",
                MessageDeduplicationId: "poison"
              })
            )
          )
          const asked = yield* Effect.forEach(
            Array.from({ length: 8 }, (_, n) => `Which language did you learn ${n}th?`),
            (query) => ask(workerUrl, query),
            { concurrency: 4 }
          )
          for (const { requestId } of asked) yield* eventually(System.correlatedFor(requestId))
          yield* eventually(
            Effect.map(System.depths, (depths) =>
              assert.deepStrictEqual(depths, { queue: 0, deadLetters: 1 })
            )
          )
          const drains = events.flatMap((event) => (event._tag === "Drained" ? [event.report] : []))
          const batches = events.filter(({ _tag }) => _tag === "Batch")
          assert.isEmpty(batches)
          const found = drains.reduce((sum, { messages, returned }) => sum + messages - returned, 0)
          assert.strictEqual(found, 2 * asked.length)
        }),
      120_000
    )
  }
)
