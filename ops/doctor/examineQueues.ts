import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Definitions, QueueSettings } from "../../infra/definitions/Definitions.ts"
import { askQueue } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import { compare, examine, examineFacts, type Facts } from "./examine.ts"

/** SQS returns the count as a number, or as the text that it was set with. */
const decodeRedrive = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({
      deadLetterTargetArn: Schema.String,
      maxReceiveCount: Schema.Union([Schema.Number, Schema.NumberFromString])
    })
  )
)

type Attributes = Readonly<Record<string, string>>

const attributeFacts = ({ attributes }: QueueSettings, deployed: Attributes): Facts =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, [value, deployed[name]] as const])
  )

const examineEvents = ({ deadLetters, maxReceiveCount, queue }: Definitions) =>
  examineFacts(`queue ${queue.name}`, askQueue(queue.name), (deployed) => {
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
    Effect.map(askQueue(deadLetters.name), (deployed) => {
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

export const examineQueues = Effect.fnUntraced(function* (definitions: Definitions) {
  return [...(yield* examineEvents(definitions)), ...(yield* examineDeadLetters(definitions))]
})
