/** Takes the system down from the front to the back, so that nothing accepted is left lying. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Aws from "./Aws.ts"
import { type CommandLine, Commands } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import type { Ledger } from "./Ledger.ts"
import { attempt, runTool } from "./runTool.ts"
import { isOurs, readStack } from "./Stack.ts"
import type { Target } from "./Target.ts"
import { holdsData, initialize, terraform, variableArguments } from "./Terraform.ts"
import { deleteWorker } from "./wrangler.ts"

export const destroySteps = ["worker", "drain", "functions", "infra"] as const

const removeWorker = Effect.fnUntraced(function* (target: Target) {
  const command = deleteWorker(target)
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return "deleted"
  const said = `${answer.stdout}${answer.stderr}`
  // there is no such Worker, or no such environment of it
  if (/\[code: (?:10007|10090)\]/.test(said)) return "was not there"
  return yield* explain(command, answer)
})

const Url = Schema.Struct({ QueueUrl: Schema.String })
const Depth = Schema.Struct({
  Attributes: Schema.Struct({
    ApproximateNumberOfMessages: Schema.NumberFromString,
    ApproximateNumberOfMessagesNotVisible: Schema.NumberFromString
  })
})

class NotYetEmpty extends Data.TaggedError("NotYetEmpty")<{ readonly left: number }> {}

const depthOf = Effect.fnUntraced(function* (queue: string) {
  const { QueueUrl } = yield* Aws.ask("sqs", "get-queue-url", { QueueName: queue }, Url)
  const { Attributes } = yield* Aws.ask(
    "sqs",
    "get-queue-attributes",
    {
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    },
    Depth
  )
  return Attributes.ApproximateNumberOfMessages + Attributes.ApproximateNumberOfMessagesNotVisible
})

/** SQS's counts are a minute behind at most, so that an empty queue has to be so for longer. */
const patience = Schedule.spaced("15 seconds").pipe(Schedule.upTo({ times: 40 }))
const looks = 5

const notDrained = (left: number) =>
  new DeployFault({
    what: `After ten minutes ${left} messages still wait in the queue, and would be lost.`,
    mend: "npm run doctor says why nothing takes them; --delete-data deletes them too."
  })

/** Waits until the processor has stored what the Worker sent before it went. */
const drain = (queue: string) => {
  let empty = 0
  return depthOf(queue).pipe(
    Effect.flatMap((left) => {
      empty = left === 0 ? empty + 1 : 0
      return empty < looks ? new NotYetEmpty({ left }) : Effect.succeed("empty")
    }),
    Effect.retry({ schedule: patience, while: (error) => error._tag === "NotYetEmpty" }),
    Effect.catchTag("NotYetEmpty", ({ left }) => notDrained(left)),
    Effect.catchIf(
      ({ code = "" }) => /NonExistentQueue|QueueDoesNotExist/.test(code),
      () => Effect.succeed("was not there")
    )
  )
}

const stackCommand = ({ region, stack }: Target, ...args: ReadonlyArray<string>): CommandLine => ({
  tool: "aws",
  args: ["cloudformation", ...args, "--stack-name", stack, "--region", region]
})

const removeFunctions = Effect.fnUntraced(function* (target: Target) {
  const found = yield* readStack(target)
  if (found === undefined) return "was not there"
  if (!isOurs(found)) {
    return yield* new DeployFault({
      what: `The stack ${target.stack} is somebody else's.`,
      mend: "It is left alone; whose is it?"
    })
  }
  yield* runTool(stackCommand(target, "delete-stack"))
  yield* runTool(stackCommand(target, "wait", "stack-delete-complete"))
  return "deleted"
})

const protectedTable = "aws_dynamodb_table.analytics"

/** The queue itself is empty by then. */
const keptData = new Set([...holdsData].filter((address) => address !== "aws_sqs_queue.events"))

/** All but what holds data, which stays in the state: a later deployment takes it up again. */
const targetsOf = (listed: string): ReadonlyArray<string> =>
  listed
    .split("\n")
    .map((address) => address.trim())
    .filter((address) => address !== "" && !address.startsWith("data."))
    .filter((address) => !keptData.has(address))

/** Terraform calls it a failure when nothing was ever deployed. */
const listState = Effect.fnUntraced(function* (target: Target) {
  const command = terraform(target, "state", "list")
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return answer.stdout
  return answer.stderr.includes("No state file was found") ? "" : yield* explain(command, answer)
})

const removeInfra = Effect.fnUntraced(function* (target: Target, deleteData: boolean) {
  yield* runTool(initialize)
  const listed = yield* listState(target)
  if (listed.trim() === "") return "was not there"
  const targets = targetsOf(listed)
  const variables = variableArguments(target)
  if (deleteData) {
    if (listed.includes(protectedTable)) {
      const unprotect = ["-var=deletion_protection=false", `-target=${protectedTable}`]
      yield* runTool(
        terraform(target, "apply", "-input=false", "-auto-approve", ...variables, ...unprotect)
      )
    }
    yield* runTool({
      ...terraform(target, "destroy", "-input=false", "-auto-approve", ...variables),
      shown: true
    })
    return "deleted, with its data"
  }
  if (targets.length === 0) return "was not there"
  const only = targets.map((address) => `-target=${address}`)
  yield* runTool({
    ...terraform(target, "destroy", "-input=false", "-auto-approve", ...variables, ...only),
    shown: true
  })
  return "deleted, without its data"
})

export const destroy = Effect.fnUntraced(function* (
  target: Target,
  { deleteData }: { readonly deleteData: boolean },
  { step }: Ledger
) {
  const aws = Layer.provide(Aws.layer(target.region), Layer.succeed(Commands, yield* Commands))
  yield* step("worker", removeWorker(target))
  yield* Effect.gen(function* () {
    yield* step(
      "drain",
      deleteData ? Effect.succeed("not waited for") : drain(`${target.name}.fifo`)
    )
    yield* step("functions", removeFunctions(target))
  }).pipe(Effect.provide(aws))
  yield* step("infra", removeInfra(target, deleteData))
})
