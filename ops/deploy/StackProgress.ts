/** Waits for a stack's change, and finds out why it failed. */
import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent
} from "@aws-sdk/client-cloudformation"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { CloudFormation } from "../aws/Clients.ts"
import { DeployFault, type Fault } from "./DeployFault.ts"

class Unfinished extends Data.TaggedError("Unfinished")<{ readonly status: string }> {}

const isUnfinished = (error: Fault | Unfinished): error is Unfinished => error._tag === "Unfinished"

const tooLong = (status: string) =>
  new DeployFault({
    what: `CloudFormation has not finished within the hour (${status}).`,
    mend: "Look into CloudFormation's console. The same command goes on once it is done."
  })

/** Asks until the status is a final one; traffic shifts for ten minutes, and rolls back as long. */
export const untilFinal = <A extends { readonly status: string }, R>(
  look: Effect.Effect<A, Fault, R>,
  every: "3 seconds" | "10 seconds"
) =>
  look.pipe(
    Effect.filterOrFail(
      ({ status }) => !/_PENDING$|_IN_PROGRESS$/.test(status),
      ({ status }) => new Unfinished({ status })
    ),
    Effect.retry({
      schedule: Schedule.spaced(every).pipe(
        Schedule.jittered,
        Schedule.upTo({ duration: "1 hour" })
      ),
      while: isUnfinished
    }),
    Effect.catchIf(isUnfinished, ({ status }) => tooLong(status))
  )

/** The last status of a change; a stack that is gone has none but `DELETE_COMPLETE`. */
export const finalStatus = (stack: string) =>
  untilFinal(
    CloudFormation.use((send) => send(new DescribeStacksCommand({ StackName: stack }))).pipe(
      Effect.map(({ Stacks }) => ({ status: Stacks?.[0]?.StackStatus ?? "DELETE_COMPLETE" }))
    ),
    "10 seconds"
  ).pipe(Effect.map(({ status }) => status))

/** A cancelled resource only follows another's failure. */
const isCause = ({ ResourceStatus, ResourceStatusReason = "cancelled" }: StackEvent): boolean =>
  ResourceStatus?.endsWith("_FAILED") === true && !/cancelled/i.test(ResourceStatusReason)

/** The first failure of the change that has this token; the events come newest first. */
export const causeOf = (stack: string, token: string) =>
  CloudFormation.use((send) => send(new DescribeStackEventsCommand({ StackName: stack }))).pipe(
    Effect.map(({ StackEvents = [] }) => {
      const cause = StackEvents.filter(
        ({ ClientRequestToken }) => ClientRequestToken === token
      ).findLast(isCause)
      return cause === undefined
        ? "CloudFormation's console has the reason, under the stack's events."
        : `${cause.LogicalResourceId}: ${cause.ResourceStatusReason}`
    })
  )
