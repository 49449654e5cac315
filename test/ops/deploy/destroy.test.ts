/** Taking down needs a typed name; deleting the data needs another typed answer. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { refuse } from "../aws/AwsDouble.ts"
import { changes, cloudOf, depth } from "./Cloud.ts"
import type { RecordedCommand } from "./Conversation.ts"
import { operate } from "./Operator.ts"
import * as said from "./recordings.ts"

const yes = ["destroy", "--yes"]
const deleteWorker: RecordedCommand = { said: `wrangler delete --force ${said.worker}` }
const depths = (...waiting: ReadonlyArray<number>) => ({
  GetQueueAttributes: waiting.map(depth)
})
const ours = { status: "UPDATE_COMPLETE", application: "cv-analytics" }
const arns = {
  table: "arn:aws:dynamodb:eu-west-1:123456789012:table/cv-analytics",
  topic: "arn:aws:sns:eu-west-1:123456789012:cv-analytics-alarms"
}
const tagged = (...names: ReadonlyArray<string>) => ({
  ResourceTagMappingList: names.map((ResourceARN) => ({ ResourceARN, Tags: [] }))
})

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
        const { all, done, requests } = yield* operate(yes, listed, { typed: [typed] })
        assert.isFalse(done)
        assert.include(all, "You did not type cv-analytics.\nNothing was changed.")
        assert.deepStrictEqual(changes(requests), [])
      })
    )
  }

  it.effect("does nothing with another account's credentials, whatever is typed", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate([...yes, "--account", "111111111111"], [], {
        typed: ["cv-analytics"]
      })
      assert.isFalse(done)
      assert.include(all, "not to 111111111111")
    })
  )

  it.effect("goes from the front to the back, and leaves the table and the dead letters", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({
        stack: ours,
        answers: {
          ...depths(2, 0),
          GetResources: [
            tagged(arns.table, arns.topic),
            tagged(arns.table, arns.topic),
            tagged(arns.table)
          ]
        }
      })
      const { all, done, requests } = yield* operate(
        yes,
        [
          ...listed,
          deleteWorker,
          terraform(
            `destroy -input=false -auto-approve ${variables} ` +
              "-target=aws_sns_topic.alarms -target=aws_sqs_queue.events"
          )
        ],
        { typed: ["cv-analytics"], cloud }
      )
      assert.isTrue(done, all)
      assert.include(all, `Stands in AWS:\n  ${arns.table}\n  ${arns.topic}`)
      assert.include(all, "infra: deleted, without its data")
      assert.include(all, `cv-analytics is taken down. Left in AWS:\n  ${arns.table}`)
      assert.deepStrictEqual(changes(requests), ["DeleteStack"])
      const looks = requests.filter(({ operation }) => operation === "GetQueueAttributes")
      assert.lengthOf(looks, 6)
    })
  )

  it.effect("says what still stands in the end, and that it is not taken down", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ answers: { GetResources: tagged(arns.table, arns.topic) } })
      const { all, done } = yield* operate(
        yes,
        [...listed, deleteWorker, terraform("destroy ...")],
        { typed: ["cv-analytics"], cloud }
      )
      assert.isFalse(done)
      assert.include(all, `AWS still lists what should be gone:\n  ${arns.topic}`)
      assert.notInclude(all, "is taken down")
    })
  )

  it.effect("finds roles and users by their names, because the search for tags has none", () =>
    Effect.gen(function* () {
      const Arn = "arn:aws:iam::123456789012:user/cv-analytics-worker"
      const { all } = yield* operate(yes, listed, {
        typed: [""],
        cloud: cloudOf({ answers: { GetUser: { User: { Arn } } } })
      })
      assert.include(all, `Stands in AWS:\n  ${Arn}\n`)
    })
  )

  const noState = {
    ...terraform("state list"),
    exitCode: 1,
    stderr: "No state file was found!\n\nState"
  }

  it.effect("refuses where Terraform has no state and the deployment stands", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ stack: ours, answers: { GetResources: tagged(arns.topic) } })
      const { all, done, requests } = yield* operate(yes, [said.initialize, noState], {
        typed: ["cv-analytics"],
        cloud
      })
      assert.isFalse(done)
      assert.include(all, "Terraform's state is elsewhere")
      assert.include(all, `  ${arns.topic}\nNothing was changed.`)
      assert.deepStrictEqual(changes(requests), [])
    })
  )

  it.effect("takes away a stack that ended before anything was made, which has no tags", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ stack: { status: "REVIEW_IN_PROGRESS" } })
      const { all, done, requests } = yield* operate(
        yes,
        [said.initialize, noState, deleteWorker],
        {
          typed: ["cv-analytics"],
          cloud
        }
      )
      assert.isTrue(done, all)
      assert.deepStrictEqual(changes(requests), ["DeleteStack"])
    })
  )

  it.effect("leaves a stack of that name alone that is somebody else's", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ stack: { status: "CREATE_COMPLETE", application: "shop" } })
      const { all, requests } = yield* operate(yes, [said.initialize, noState, deleteWorker], {
        typed: ["cv-analytics"],
        cloud
      })
      assert.include(all, "belongs to another project")
      assert.deepStrictEqual(changes(requests), [])
    })
  )

  it.effect("says why CloudFormation could not delete the functions", () =>
    Effect.gen(function* () {
      const failed = {
        StackId: "s",
        StackStatus: "DELETE_FAILED",
        Tags: [{ Key: "Application", Value: "cv-analytics" }]
      }
      const cloud = cloudOf({ answers: { DescribeStacks: { Stacks: [failed] } } })
      const { all, done } = yield* operate(yes, [...listed, deleteWorker], {
        typed: ["cv-analytics"],
        cloud
      })
      assert.isFalse(done)
      assert.include(all, "could not be deleted (DELETE_FAILED)")
      assert.include(all, "Done: worker, drain. Begun: functions. Not done: infra, look.")
    })
  )

  it.effect("stops before the functions while events wait in the queue", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(yes, [...listed, deleteWorker], {
        typed: ["cv-analytics"],
        cloud: cloudOf({ stack: ours, answers: depths(7) })
      })
      assert.isFalse(done)
      assert.include(
        all,
        "After ten minutes 7 messages still wait in the queue, and would be lost."
      )
      assert.include(all, "Done: worker. Begun: drain. Not done: functions, infra, look.")
    })
  )

  it.effect("--delete-data does nothing unless it is typed too", () =>
    Effect.gen(function* () {
      const { done, requests } = yield* operate([...yes, "--delete-data"], listed, {
        typed: ["cv-analytics", "yes"]
      })
      assert.isFalse(done)
      assert.deepStrictEqual(changes(requests), [])
    })
  )

  it.effect("--delete-data takes the protection off the table, and then everything away", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        [...yes, "--delete-data"],
        [
          ...listed,
          deleteWorker,
          terraform(
            `apply -input=false -auto-approve ${variables} ` +
              "-var=deletion_protection=false -target=aws_dynamodb_table.analytics"
          ),
          terraform(`destroy -input=false -auto-approve ${variables}`)
        ],
        { typed: ["cv-analytics", "delete the data"], cloud: cloudOf({ stack: ours }) }
      )
      assert.isTrue(done, all)
      assert.include(all, "cv-analytics is taken down. Nothing of it is left in AWS.")
    })
  )

  const gone = { ...deleteWorker, exitCode: 1, stderr: "This Worker does not exist [code: 10007]" }
  const noQueue = { GetQueueUrl: refuse("AWS.SimpleQueueService.NonExistentQueue") }

  it.effect("goes on where it was broken off: what is gone already is no failure", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        yes,
        [
          said.initialize,
          { ...terraform("state list"), stdout: "aws_dynamodb_table.analytics\n" },
          gone
        ],
        { typed: ["cv-analytics"], cloud: cloudOf({ answers: noQueue }) }
      )
      assert.isTrue(done, all)
    })
  )

  for (const words of [yes, [...yes, "--delete-data"]]) {
    it.effect(`${words.join(" ")} finds nothing where nothing was ever deployed`, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(words, [said.initialize, noState, gone], {
          typed: ["cv-analytics", "delete the data"],
          cloud: cloudOf({ answers: noQueue })
        })
        assert.isTrue(done, all)
        assert.include(all, "Nothing of it stands in AWS.")
        assert.include(all, "infra: was not there")
      })
    )
  }
})
