/** Takes the system down from front to back, so that every accepted event is stored first. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Aws from "./Aws.ts"
import { attempt, runTool } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import type { Ledger } from "./Ledger.ts"
import { cloudFormation, isOurs, readStack } from "./Stack.ts"
import type { Target } from "./Target.ts"
import { holdsData, initialize, terraform, variableArguments } from "./Terraform.ts"
import { deleteWorker } from "./wrangler.ts"

export const destroySteps = ["worker", "drain", "functions", "infra"] as const

const removeWorker = Effect.fnUntraced(function* (target: Target) {
  const command = deleteWorker(target)
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return "deleted"
  const said = `${answer.stdout}${answer.stderr}`
  // the Worker does not exist, or this environment of it
  if (/\[code: (?:10007|10090)\]/.test(said)) return "was not there"
  return yield* explain(command, answer)
})

class NotYetEmpty extends Data.TaggedError("NotYetEmpty")<{ readonly left: number }> {}

const depthOf = (queue: string) =>
  Effect.map(Aws.askQueue(queue), (attributes) =>
    ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"].reduce(
      (depth, name) => depth + Number(attributes[name]),
      0
    )
  )

/** SQS's counts lag by up to a minute, so the queue has to look empty for longer than that. */
const patience = Schedule.spaced("15 seconds").pipe(Schedule.upTo({ times: 40 }))
const looks = 5

const notDrained = (left: number) =>
  new DeployFault({
    what: `After ten minutes ${left} messages still wait in the queue, and would be lost.`,
    mend: "npm run doctor says why they are not received; --delete-data deletes them too."
  })

/** Waits until the processor has stored the last events of the Worker. */
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

const removeFunctions = Effect.fnUntraced(function* (target: Target) {
  const found = yield* readStack(target)
  if (found === undefined) return "was not there"
  if (!isOurs(found)) {
    return yield* new DeployFault({
      what: `The stack ${target.stack} belongs to another project.`,
      mend: "It was left alone. Choose the --stage that you mean."
    })
  }
  for (const words of [["delete-stack"], ["wait", "stack-delete-complete"]]) {
    yield* runTool(cloudFormation(target, ...words, "--stack-name", target.stack))
  }
  return "deleted"
})

const protectedTable = "aws_dynamodb_table.analytics"

/** The events' queue may go, because it is empty by then. */
const keptData = new Set([...holdsData].filter((address) => address !== "aws_sqs_queue.events"))

/** Leaves the data's resources in the state, where a later deployment finds them again. */
const targetsOf = (listed: string): ReadonlyArray<string> =>
  listed
    .split("\n")
    .map((address) => address.trim())
    .filter((address) => address !== "" && !address.startsWith("data.") && !keptData.has(address))

/** Terraform fails when the workspace was never deployed, which is an empty list here. */
const listState = Effect.fnUntraced(function* (target: Target) {
  const command = terraform(target, "state", "list")
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return answer.stdout
  return answer.stderr.includes("No state file was found") ? "" : yield* explain(command, answer)
})

const removeInfra = Effect.fnUntraced(function* (target: Target, deleteData: boolean) {
  yield* runTool(initialize)
  const listed = yield* listState(target)
  const targets = targetsOf(listed)
  if (listed.trim() === "" || (!deleteData && targets.length === 0)) return "was not there"
  const change = (command: "apply" | "destroy", ...args: ReadonlyArray<string>) =>
    runTool({
      ...terraform(
        target,
        command,
        "-input=false",
        "-auto-approve",
        ...variableArguments(target),
        ...args
      ),
      shown: command === "destroy"
    })
  if (!deleteData) {
    yield* change("destroy", ...targets.map((address) => `-target=${address}`))
    return "deleted, without its data"
  }
  if (listed.includes(protectedTable)) {
    yield* change("apply", "-var=deletion_protection=false", `-target=${protectedTable}`)
  }
  yield* change("destroy")
  return "deleted, with its data"
})

export const destroy = Effect.fnUntraced(
  function* (target: Target, { deleteData }: { readonly deleteData: boolean }, { step }: Ledger) {
    yield* step("worker", removeWorker(target))
    yield* step(
      "drain",
      deleteData ? Effect.succeed("not waited for") : drain(`${target.name}.fifo`)
    )
    yield* step("functions", removeFunctions(target))
    yield* step("infra", removeInfra(target, deleteData))
  },
  (effect, { region }) => Effect.provide(effect, Aws.layer(region))
)
