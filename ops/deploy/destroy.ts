/** Takes the system down from front to back, so that every accepted event is stored first. */
import { DeleteStackCommand } from "@aws-sdk/client-cloudformation"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { CloudFormation } from "../aws/Clients.ts"
import { attempt, runTool } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { drain } from "./drain.ts"
import { explain } from "./explain.ts"
import { switchOff, workingKeys } from "./KeysOfUser.ts"
import type { Ledger } from "./Ledger.ts"
import { readStack } from "./Stack.ts"
import { causeOf, finalStatus } from "./StackProgress.ts"
import { awaitGone } from "./Standing.ts"
import { type Target, userOf, type WorkerPlace } from "./Target.ts"
import { holdsData, terraform, variableArguments } from "./Terraform.ts"
import { deleteWorker } from "./wrangler.ts"

export const destroySteps = ["worker", "drain", "functions", "infra", "look"] as const

const removeSample = Effect.fnUntraced(function* (place: WorkerPlace) {
  const command = deleteWorker(place)
  const answer = yield* attempt(command)
  if (answer.exitCode === 0) return "deleted"
  const said = `${answer.stdout}${answer.stderr}`
  // the Worker does not exist, or this environment of it
  if (/\[code: (?:10007|10090)\]/.test(said)) return "was not there"
  return yield* explain(command, answer)
})

/** The owner's Worker stays, and can send no more. */
const removeWorker = Effect.fnUntraced(function* (target: Target) {
  const { own, sample } = target
  const removed = sample === undefined ? "was not there" : yield* removeSample(sample)
  if (own === undefined) return removed
  const keys = yield* workingKeys(userOf(target))
  yield* switchOff(userOf(target), keys)
  const ids = keys.map(({ id }) => id).join(", ") || "none"
  return `yours stays, and its keys are off (${ids}); our chatbot: ${removed}`
})

const removeFunctions = Effect.fnUntraced(function* (target: Target) {
  const found = yield* readStack(target)
  if (found === undefined) return "was not there"
  if (!found.isOurs) {
    return yield* new DeployFault({
      what: `The stack ${target.stack} belongs to another project.`,
      mend: "It was left alone. Choose the --stage that you mean."
    })
  }
  const token = `destroy-${yield* Clock.currentTimeMillis}`
  yield* CloudFormation.use((send) =>
    send(new DeleteStackCommand({ StackName: found.id, ClientRequestToken: token }))
  )
  const status = yield* finalStatus(found.id)
  if (status === "DELETE_COMPLETE") return "deleted"
  return yield* new DeployFault({
    what:
      `The stack ${target.stack} could not be deleted (${status}).\n  ` +
      (yield* causeOf(found.id, token)),
    mend: "Mend that, then run the command again."
  })
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

const removeInfra = Effect.fnUntraced(function* (
  target: Target,
  listed: string,
  deleteData: boolean
) {
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

export interface Destruction {
  readonly target: Target
  /** The addresses in Terraform's state. */
  readonly state: string
  readonly deleteData: boolean
}

/** Returns the resources that are left. */
export const destroy = Effect.fnUntraced(function* (
  { deleteData, state, target }: Destruction,
  { step }: Ledger
) {
  yield* step("worker", removeWorker(target))
  yield* step("drain", deleteData ? Effect.succeed("not waited for") : drain(`${target.name}.fifo`))
  yield* step("functions", removeFunctions(target))
  yield* step("infra", removeInfra(target, state, deleteData))
  return yield* step("look", awaitGone(target, deleteData))
})
