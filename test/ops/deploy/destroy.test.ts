/** Taking down needs a typed name; deleting the data needs another typed answer. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { RecordedCommand } from "./Conversation.ts"
import { operate } from "./Operator.ts"
import * as said from "./recordings.ts"

const yes = ["destroy", "--yes"]
const deleteWorker: RecordedCommand = { said: `wrangler delete --force ${said.worker}` }
const queueUrl = said.aws("sqs", "get-queue-url", { QueueUrl: said.outputValues.queue_url })

const depth = (waiting: number) => [
  queueUrl,
  said.aws("sqs", "get-queue-attributes", {
    Attributes: {
      ApproximateNumberOfMessages: String(waiting),
      ApproximateNumberOfMessagesNotVisible: "0"
    }
  })
]
const times = (count: number, exchanges: ReadonlyArray<RecordedCommand>) =>
  Array.from({ length: count }, () => exchanges).flat()

const deleteStack = [
  said.stack("UPDATE_COMPLETE"),
  ...["delete-stack", "wait stack-delete-complete"].map((words) => ({
    said: `aws cloudformation ${words} --stack-name cv-analytics-functions --region eu-west-1`
  }))
]
const addresses = [
  "data.aws_caller_identity.current",
  "aws_dynamodb_table.analytics",
  "aws_sns_topic.alarms",
  "aws_sqs_queue.dead_letters",
  "aws_sqs_queue.events"
]
const variables =
  "-var=name=cv-analytics -var=region=eu-west-1 -var=report_from=reports@example.com " +
  "-var=alarm_email=owner@example.com"
const { terraform } = said
const listed = [said.initialize, { ...terraform("state list"), stdout: addresses.join("\n") }]

describe("npm run destroy", () => {
  it.effect("without --yes says what would go and what would stay, and does nothing", () =>
    Effect.gen(function* () {
      const { done, out } = yield* operate(["destroy"], [])
      assert.isTrue(done)
      assert.match(out, /Stays:\n {2}the table cv-analytics and the dead letters/)
      assert.include(out, "Nothing was changed: --yes takes it down.")
    })
  )

  for (const typed of ["", "yes", "cv-analytics-staging"]) {
    it.effect(`does nothing when ${typed || "nothing"} is typed instead of the name`, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(yes, [said.account], { typed: [typed] })
        assert.isFalse(done)
        assert.include(all, "You did not type cv-analytics.\nNothing was changed.")
      })
    )
  }

  it.effect("does nothing with another account's credentials, whatever is typed", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate([...yes, "--account", "111111111111"], [said.account], {
        typed: ["cv-analytics"]
      })
      assert.isFalse(done)
      assert.include(all, "not to 111111111111")
    })
  )

  it.effect("goes from the front to the back, and leaves the table and the dead letters", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        yes,
        [
          said.account,
          deleteWorker,
          ...depth(2),
          ...times(5, depth(0)),
          ...deleteStack,
          ...listed,
          terraform(
            `destroy -input=false -auto-approve ${variables} ` +
              "-target=aws_sns_topic.alarms -target=aws_sqs_queue.events"
          )
        ],
        { typed: ["cv-analytics"] }
      )
      assert.isTrue(done, all)
      assert.include(all, "infra: deleted, without its data")
    })
  )

  it.effect(
    "takes away a stack that ended before anything was made, which has no description",
    () =>
      Effect.gen(function* () {
        const empty = said.aws("cloudformation", "describe-stacks", {
          Stacks: [{ StackStatus: "REVIEW_IN_PROGRESS" }]
        })
        const { all, done } = yield* operate(
          yes,
          [
            said.account,
            deleteWorker,
            ...times(5, depth(0)),
            empty,
            ...deleteStack.slice(1),
            said.initialize,
            terraform("state list")
          ],
          { typed: ["cv-analytics"] }
        )
        assert.isTrue(done, all)
      })
  )

  it.effect("stops before the functions while events wait in the queue", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        yes,
        [said.account, deleteWorker, ...times(41, depth(7))],
        { typed: ["cv-analytics"] }
      )
      assert.isFalse(done)
      assert.include(
        all,
        "After ten minutes 7 messages still wait in the queue, and would be lost."
      )
      assert.include(all, "Done: worker. Begun: drain. Not done: functions, infra.")
    })
  )

  it.effect("--delete-data does nothing unless it is typed too", () =>
    Effect.gen(function* () {
      const { done, heard } = yield* operate([...yes, "--delete-data"], [said.account], {
        typed: ["cv-analytics", "yes"]
      })
      assert.isFalse(done)
      assert.lengthOf(heard, 1)
    })
  )

  it.effect("--delete-data takes the protection off the table, and then everything away", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        [...yes, "--delete-data"],
        [
          said.account,
          deleteWorker,
          ...deleteStack,
          ...listed,
          terraform(
            `apply -input=false -auto-approve ${variables} ` +
              "-var=deletion_protection=false -target=aws_dynamodb_table.analytics"
          ),
          terraform(`destroy -input=false -auto-approve ${variables}`)
        ],
        { typed: ["cv-analytics", "delete the data"] }
      )
      assert.isTrue(done, all)
    })
  )

  it.effect("goes on where it was broken off: what is gone already is no failure", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        yes,
        [
          said.account,
          { ...deleteWorker, exitCode: 1, stderr: "This Worker does not exist [code: 10007]" },
          said.awsRefuses("sqs", "get-queue-url", "AWS.SimpleQueueService.NonExistentQueue"),
          said.noStack,
          said.initialize,
          { ...terraform("state list"), stdout: "aws_dynamodb_table.analytics\n" }
        ],
        { typed: ["cv-analytics"] }
      )
      assert.isTrue(done, all)
    })
  )

  for (const words of [yes, [...yes, "--delete-data"]]) {
    it.effect(`${words.join(" ")} finds nothing where nothing was ever deployed`, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(
          words,
          [
            said.account,
            { ...deleteWorker, exitCode: 1, stderr: "This Worker does not exist [code: 10007]" },
            ...(words === yes
              ? [said.awsRefuses("sqs", "get-queue-url", "QueueDoesNotExist")]
              : []),
            said.noStack,
            said.initialize,
            { ...terraform("state list"), exitCode: 1, stderr: "No state file was found!\n\nState" }
          ],
          { typed: ["cv-analytics", "delete the data"] }
        )
        assert.isTrue(done, all)
        assert.include(all, "infra: was not there")
      })
    )
  }
})
