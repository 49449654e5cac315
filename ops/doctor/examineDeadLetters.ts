import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import { Sqs } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { examine } from "./examine.ts"

/** All attributes of the queue of that name, its depth among them. */
export const readQueue = Effect.fnUntraced(function* (name: string) {
  const sqs = yield* Sqs
  const { QueueUrl } = yield* sqs(new GetQueueUrlCommand({ QueueName: name }))
  const { Attributes = {} } = yield* sqs(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
  )
  const attributes: Readonly<Record<string, string | undefined>> = Attributes
  return attributes
})

export const examineDeadLetters = (queue: string) => {
  const subject = "dead letters"
  return examine(
    subject,
    Effect.map(readQueue(queue), ({ ApproximateNumberOfMessages: count = "0" }) => [
      count === "0"
        ? Check.Good({ subject, text: "none" })
        : Check.Bad({
            subject,
            what: `${count} of them wait in ${queue}.`,
            mend: "npm run ops -- dlq list says why; dlq redrive sends the good ones back."
          })
    ])
  )
}
