/** Has CloudFormation compare the functions' stack with its template, which takes minutes. */
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type PropertyDifference,
  type StackResourceDrift
} from "@aws-sdk/client-cloudformation"
import * as Effect from "effect/Effect"
import { allPages } from "../aws/allPages.ts"
import { CloudFormation } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { DeployFault } from "../deploy/DeployFault.ts"
import { untilFinal } from "../deploy/StackProgress.ts"
import type { Target } from "../deploy/Target.ts"
import { deployFunctions, examine } from "./examine.ts"
import { shortened } from "./shortened.ts"

const detect = Effect.fnUntraced(function* ({ stack }: Target) {
  const cloudFormation = yield* CloudFormation
  const { StackDriftDetectionId: id } = yield* cloudFormation(
    new DetectStackDriftCommand({ StackName: stack })
  )
  const look = Effect.map(
    cloudFormation(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id })),
    ({ DetectionStatus: status = "", DetectionStatusReason: why = "" }) => ({ status, why })
  )
  const { status, why } = yield* untilFinal(look, "3 seconds")
  if (status === "DETECTION_COMPLETE") return
  return yield* new DeployFault({
    what: `CloudFormation could not compare the stack ${stack}: ${why}`,
    mend: "Mend what it says, then run the command again."
  })
})

const driftsOf = ({ stack }: Target) =>
  allPages((NextToken) =>
    Effect.map(
      CloudFormation.use((send) =>
        send(
          new DescribeStackResourceDriftsCommand({
            StackName: stack,
            StackResourceDriftStatusFilters: ["MODIFIED", "DELETED"],
            NextToken
          })
        )
      ),
      ({ NextToken: next, StackResourceDrifts }) => [StackResourceDrifts, next]
    )
  )

/** A function's variables hold secrets, so only their names are told. */
const differenceText = ({ ActualValue, ExpectedValue, PropertyPath = "" }: PropertyDifference) =>
  PropertyPath.startsWith("/Environment")
    ? `${PropertyPath} differs`
    : `${PropertyPath} is ${shortened(ActualValue ?? "not there")}, but defined as ` +
      shortened(ExpectedValue ?? "not there")

const findingOf = (drift: StackResourceDrift): Check => {
  const { LogicalResourceId, PropertyDifferences = [], StackResourceDriftStatus: status } = drift
  return Check.Bad({
    subject: `${LogicalResourceId} of the stack`,
    what:
      status === "DELETED"
        ? "it does not exist."
        : `${PropertyDifferences.map(differenceText).join("\n")}.`,
    mend: deployFunctions
  })
}

export const examineStack = (target: Target) => {
  const subject = `stack ${target.stack}`
  return examine(
    subject,
    Effect.map(Effect.andThen(detect(target), driftsOf(target)), (drifts) =>
      drifts.length === 0
        ? [Check.Good({ subject, text: "as its template defines" })]
        : drifts.map(findingOf)
    )
  )
}
