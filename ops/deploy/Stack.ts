/** The CloudFormation stack of the functions: whether it exists, and whether it can be changed. */
import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation"
import * as Effect from "effect/Effect"
import { CloudFormation } from "../aws/Clients.ts"
import { DeployFault } from "./DeployFault.ts"
import type { Target } from "./Target.ts"

interface Stack {
  /** The ARN, which finds the stack even when it is deleted. */
  readonly id: string
  readonly status: string
  /** A deployment that ended before it made anything left it; the next one goes on with it. */
  readonly isEmpty: boolean
  /** The tag tells, which an empty stack does not have yet. */
  readonly isOurs: boolean
}

/** Terraform tags all that it makes in the same way, so one search finds the whole deployment. */
export const stackTags = ({ name }: Target) => [
  { Key: "Application", Value: name },
  { Key: "ManagedBy", Value: "sam" }
]

const isMissing = ({ code, what }: { readonly code: string; readonly what: string }): boolean =>
  code === "ValidationError" && what.includes("does not exist")

/** Undefined when the stack does not exist. */
export const readStack = (target: Target) =>
  CloudFormation.use((send) => send(new DescribeStacksCommand({ StackName: target.stack }))).pipe(
    Effect.map(({ Stacks }): Stack | undefined => {
      const found = Stacks?.[0]
      if (found === undefined) return undefined
      const { StackId: id = target.stack, StackStatus: status = "", Tags: tags = [] } = found
      const isEmpty = status === "REVIEW_IN_PROGRESS"
      const isOurs = tags.some(({ Key, Value }) => Key === "Application" && Value === target.name)
      return { id, status, isEmpty, isOurs: isEmpty || isOurs }
    }),
    Effect.catchIf(isMissing, () => Effect.succeed(undefined))
  )

const leftOver = ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"]

const consoleOf = (region: string): string =>
  `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}`

/** Says why a deployment cannot start from the stack, and how to mend it. */
export const stackFault = (
  { region, stack }: Target,
  found: Stack | undefined
): DeployFault | undefined => {
  if (found === undefined || found.isEmpty) return undefined
  const { isOurs, status } = found
  const fault = (what: string, mend: string) =>
    new DeployFault({ what: `The stack ${stack} ${what} (${status}).`, mend })
  if (!isOurs) {
    return fault("belongs to another project", "Choose another --stage: this name is in use.")
  }
  if (status.endsWith("_IN_PROGRESS")) {
    return fault("is changing at the moment", "Wait until it is done, then run the command again.")
  }
  if (leftOver.includes(status)) {
    return fault(
      "is left over from a failed deployment, and holds nothing that works",
      `Delete it at ${consoleOf(region)}, then run the command again.`
    )
  }
  return status === "UPDATE_ROLLBACK_FAILED"
    ? fault(
        "is stuck half-way",
        `Choose "Continue update rollback" at ${consoleOf(region)}, then run the command again.`
      )
    : undefined
}
