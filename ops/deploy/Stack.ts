/** The CloudFormation stack of the functions: whether it exists, and whether it can be changed. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "./Aws.ts"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import type { Target } from "./Target.ts"

const Stack = Schema.Struct({
  StackStatus: Schema.String,
  Description: Schema.optionalKey(Schema.String)
})
type Stack = typeof Stack.Type

const Stacks = Schema.Struct({ Stacks: Schema.Array(Stack) })

export const cloudFormation = (
  { region }: Target,
  ...args: ReadonlyArray<string>
): CommandLine => ({ tool: "aws", args: ["cloudformation", ...args, "--region", region] })

/** Undefined when the stack does not exist. */
export const readStack = ({ stack }: Target) =>
  ask("cloudformation", "describe-stacks", { StackName: stack }, Stacks).pipe(
    Effect.map(({ Stacks: [found] }) => found),
    Effect.catchIf(
      ({ code, what }) => code === "ValidationError" && what.includes("does not exist"),
      () => Effect.succeed(undefined)
    )
  )

/** A deployment that ended before it made anything left it; the next one goes on with it. */
const isEmpty = ({ StackStatus }: Stack): boolean => StackStatus === "REVIEW_IN_PROGRESS"

/** The description tells, which an empty stack does not have yet. */
export const isOurs = (found: Stack): boolean =>
  isEmpty(found) || found.Description?.includes("cv-analytics") === true

const leftOver = ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"]

/** Says why a deployment cannot start from the stack, and how to mend it. */
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
    return fault("belongs to another project", "Choose another --stage: this name is in use.")
  }
  if (status.endsWith("_IN_PROGRESS")) {
    return fault("is changing at the moment", "Wait until it is done, then run the command again.")
  }
  if (leftOver.includes(status)) {
    return fault(
      "is left over from a failed deployment, and holds nothing that works",
      `${command("delete-stack")}, then run the command again.`
    )
  }
  return status === "UPDATE_ROLLBACK_FAILED"
    ? fault("is stuck half-way", `${command("continue-update-rollback")}, then the same command.`)
    : undefined
}
