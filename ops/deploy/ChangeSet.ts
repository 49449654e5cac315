/** Changes the functions' stack by a change set, and waits until CloudFormation is done. */
import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand
} from "@aws-sdk/client-cloudformation"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { CloudFormation } from "../aws/Clients.ts"
import { DeployFault } from "./DeployFault.ts"
import { causeOf, finalStatus, untilFinal } from "./StackProgress.ts"

/** A change set without a change counts as failed at CloudFormation. */
const isUnchanged = (reason: string): boolean =>
  /didn't contain changes|No updates are to be performed/.test(reason)

const notAccepted = (reason: string) =>
  new DeployFault({
    what: `CloudFormation does not accept the functions. Nothing was changed.\n  ${reason}`,
    mend: "Mend that in infra/sam/template.yaml or deploy.json, then run the command again."
  })

/** False without a change. The change set is deleted then, and when it failed. */
const isReady = Effect.fnUntraced(function* (id: string) {
  const cloudFormation = yield* CloudFormation
  const look = Effect.map(
    cloudFormation(new DescribeChangeSetCommand({ ChangeSetName: id })),
    ({ Status: status = "CREATE_PENDING", StatusReason: reason = "" }) => ({ status, reason })
  )
  const { reason, status } = yield* untilFinal(look, "3 seconds")
  if (status !== "FAILED") return true
  yield* cloudFormation(new DeleteChangeSetCommand({ ChangeSetName: id }))
  return isUnchanged(reason) ? false : yield* notAccepted(reason)
})

/** A new stack that fails is taken away again. False when the stack was as wanted already. */
export const changeStack = Effect.fn("Stack.change")(function* (
  wanted: Omit<CreateChangeSetCommandInput, "ChangeSetName" | "Capabilities">
) {
  const cloudFormation = yield* CloudFormation
  const name = `deploy-${yield* Clock.currentTimeMillis}`
  const { Id: id = name, StackId: stack = wanted.StackName ?? "" } = yield* cloudFormation(
    new CreateChangeSetCommand({
      ...wanted,
      ChangeSetName: name,
      Capabilities: ["CAPABILITY_AUTO_EXPAND"],
      ...(wanted.ChangeSetType === "CREATE" && { OnStackFailure: "DELETE" })
    })
  )
  if (!(yield* isReady(id))) return false
  yield* cloudFormation(
    new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: name })
  )
  if (/^(?:CREATE|UPDATE)_COMPLETE$/.test(yield* finalStatus(stack))) return true
  return yield* new DeployFault({
    what:
      "The functions were not deployed, and are as they were before.\n  " +
      (yield* causeOf(stack, name)),
    mend: "Mend that, then run the command again."
  })
})
