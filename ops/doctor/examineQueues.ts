import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Definitions, QueueSettings } from "../../infra/definitions/Definitions.ts"
import { Sqs } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { atOnce, compare, examine, examineFacts, type Facts } from "./examine.ts"

/** SQS returns the count as a number, or as the text that it was set with. */
const decodeRedrive = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({
      deadLetterTargetArn: Schema.String,
      maxReceiveCount: Schema.Union([Schema.Number, Schema.NumberFromString])
    })
  )
)

type Attributes = Readonly<Record<string, string | undefined>>

const attributeFacts = ({ attributes }: QueueSettings, deployed: Attributes): Facts =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, [value, deployed[name]] as const])
  )

/** All attributes of the queue of that name, its depth among them. */
const readQueue = Effect.fnUntraced(function* (name: string) {
  const sqs = yield* Sqs
  const { QueueUrl } = yield* sqs(new GetQueueUrlCommand({ QueueName: name }))
  const { Attributes = {} } = yield* sqs(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
  )
  const attributes: Attributes = Attributes
  return attributes
})

const examineEvents = ({ deadLetters, maxReceiveCount, queue }: Definitions) =>
  examineFacts(`queue ${queue.name}`, readQueue(queue.name), (deployed) => {
    const redrive = Option.getOrUndefined(decodeRedrive(deployed.RedrivePolicy))
    return {
      ...attributeFacts(queue, deployed),
      "receives before it is a dead letter": [maxReceiveCount, redrive?.maxReceiveCount],
      "queue of the dead letters": [
        deadLetters.name,
        redrive?.deadLetterTargetArn.split(":").at(-1)
      ]
    }
  })

const examineDeadLetters = ({ deadLetters }: Definitions) => {
  const subject = `queue ${deadLetters.name}`
  return examine(
    subject,
    Effect.map(readQueue(deadLetters.name), (deployed) => {
      const settings = compare(subject, attributeFacts(deadLetters, deployed))
      const count = Number(deployed.ApproximateNumberOfMessages ?? 0)
      if (count === 0) return [settings]
      const letters = Check.Bad({
        subject: "dead letters",
        what: `${count} of them wait in ${deadLetters.name}.`,
        mend: "npm run ops -- dlq list says why; dlq redrive sends the good ones back."
      })
      return [settings, letters]
    })
  )
}

export const examineQueues = (definitions: Definitions) =>
  Effect.map(
    Effect.all([examineEvents(definitions), examineDeadLetters(definitions)], atOnce),
    (checks) => checks.flat()
  )
