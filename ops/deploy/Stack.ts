/** The CloudFormation stack of the functions: is there one, and can it be changed? */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "./Aws.ts"
import { DeployFault } from "./DeployFault.ts"
import type { Target } from "./Target.ts"

const Stack = Schema.Struct({
  StackStatus: Schema.String,
  Description: Schema.optionalKey(Schema.String)
})
type Stack = typeof Stack.Type

const Stacks = Schema.Struct({ Stacks: Schema.Array(Stack) })

const none = { Stacks: [] }

/** Undefined when there is no such stack. */
export const readStack = Effect.fnUntraced(function* ({ stack }: Target) {
  const { Stacks: stacks } = yield* ask(
    "cloudformation",
    "describe-stacks",
    { StackName: stack },
    Stacks
  ).pipe(
    Effect.catchIf(
      ({ code, what }) => code === "ValidationError" && what.includes("does not exist"),
      () => Effect.succeed(none)
    )
  )
  return stacks[0]
})

/** Left by a deployment that ended before it made anything; the next one goes on with it. */
const isEmpty = ({ StackStatus }: Stack): boolean => StackStatus === "REVIEW_IN_PROGRESS"

/** By its description, which an empty one does not have yet. */
export const isOurs = (found: Stack): boolean =>
  isEmpty(found) || found.Description?.includes("cv-analytics") === true

/** A stack that a deployment cannot start from, and what to do about it. */
export const stackFault = (
  { region, stack }: Target,
  found: Stack | undefined
): DeployFault | undefined => {
  if (found === undefined || isEmpty(found)) return undefined
  const { StackStatus: status } = found
  const command = (name: string) =>
    `aws cloudformation ${name} --stack-name ${stack} --region ${region}`
  const fault = (what: string, mend: string) =>
    new DeployFault({ what: `The stack ${stack} ${what} (${status}).`, mend })
  if (!isOurs(found)) {
    return fault("is somebody else's", "Take another --stage: this name is in use.")
  }
  if (status.endsWith("_IN_PROGRESS")) {
    return fault(
      "is being changed right now",
      "Wait until that is over, then give the same command."
    )
  }
  if (
    status === "ROLLBACK_COMPLETE" ||
    status === "ROLLBACK_FAILED" ||
    status === "DELETE_FAILED"
  ) {
    return fault(
      "is left over from a deployment that failed, and holds nothing that works",
      `${command("delete-stack")}, and then the same command again.`
    )
  }
  return status === "UPDATE_ROLLBACK_FAILED"
    ? fault("is stuck half-way", `${command("continue-update-rollback")}, then the same command.`)
    : undefined
}
