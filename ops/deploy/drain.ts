import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { isAbsent } from "../aws/AwsFault.ts"
import { Sqs } from "../aws/Clients.ts"
import { DeployFault } from "./DeployFault.ts"

class NotYetEmpty extends Data.TaggedError("NotYetEmpty")<{ readonly left: number }> {}

const depthOf = Effect.fnUntraced(function* (queue: string) {
  const sqs = yield* Sqs
  const { QueueUrl } = yield* sqs(new GetQueueUrlCommand({ QueueName: queue }))
  const AttributeNames = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible"
  ] as const
  const { Attributes = {} } = yield* sqs(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] })
  )
  return AttributeNames.reduce((depth, name) => depth + Number(Attributes[name] ?? 0), 0)
})

/** SQS's counts lag by up to a minute, so the queue has to look empty for longer than that. */
const patience = Schedule.spaced("15 seconds").pipe(Schedule.upTo({ times: 40 }))
const looks = 5

const notDrained = (left: number) =>
  new DeployFault({
    what: `After ten minutes ${left} messages still wait in the queue, and would be lost.`,
    mend: "npm run doctor says why they are not received; --delete-data deletes them too."
  })

/** Waits until the processor has stored the last events of the Worker. */
export const drain = (queue: string) => {
  let empty = 0
  return depthOf(queue).pipe(
    Effect.flatMap((left) => {
      empty = left === 0 ? empty + 1 : 0
      return empty < looks ? new NotYetEmpty({ left }) : Effect.succeed("empty")
    }),
    Effect.retry({ schedule: patience, while: (error) => error._tag === "NotYetEmpty" }),
    Effect.catchTag("NotYetEmpty", ({ left }) => notDrained(left)),
    Effect.catchTag("AwsFault", (fault) =>
      isAbsent(fault) ? Effect.succeed("was not there") : Effect.fail(fault)
    )
  )
}
