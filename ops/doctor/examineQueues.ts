import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import { compare, deployInfra } from "./compare.ts"
import { examine } from "./examine.ts"

const Url = Schema.Struct({ QueueUrl: Schema.String })
const Attributes = Schema.Struct({ Attributes: Schema.Record(Schema.String, Schema.String) })

const attributesOf = Effect.fnUntraced(function* (name: string) {
  const { QueueUrl } = yield* ask("sqs", "get-queue-url", { QueueName: name }, Url)
  const input = { QueueUrl, AttributeNames: ["All"] }
  return (yield* ask("sqs", "get-queue-attributes", input, Attributes)).Attributes
})

/** SQS gives the count as a number or as the text that it was set with. */
const Redrive = Schema.fromJsonString(
  Schema.Struct({
    deadLetterTargetArn: Schema.String,
    maxReceiveCount: Schema.Union([Schema.Number, Schema.NumberFromString])
  })
)

const decodeRedrive = Schema.decodeUnknownOption(Redrive)

const redriveOf = (policy: string | undefined) =>
  Option.match(decodeRedrive(policy), {
    onNone: () => ({}),
    onSome: ({ deadLetterTargetArn: arn, maxReceiveCount }) => ({
      "receives before it is a dead letter": maxReceiveCount,
      "queue of the dead letters": arn.slice(arn.lastIndexOf(":") + 1)
    })
  })

const examineEvents = Effect.fnUntraced(function* (definitions: Definitions) {
  const { deadLetters, maxReceiveCount, queue } = definitions
  const { RedrivePolicy, ...found } = yield* attributesOf(queue.name)
  const defined = {
    ...queue.attributes,
    "receives before it is a dead letter": maxReceiveCount,
    "queue of the dead letters": deadLetters.name
  }
  const facts = { ...found, ...redriveOf(RedrivePolicy) }
  return [compare(`queue ${queue.name}`, defined, facts, deployInfra)]
})

const examineDeadLetters = Effect.fnUntraced(function* ({ deadLetters }: Definitions) {
  const found = yield* attributesOf(deadLetters.name)
  const dead = Number(found.ApproximateNumberOfMessages ?? 0)
  const subject = `queue ${deadLetters.name}`
  const settings = compare(subject, deadLetters.attributes, found, deployInfra)
  if (dead === 0) return [settings]
  const letters = Check.Bad({
    subject: "dead letters",
    what: `${dead} of them wait in ${deadLetters.name}.`,
    mend: "npm run ops -- dlq list says why; what can be mended goes back by dlq redrive."
  })
  return [settings, letters]
})

export const examineQueues = Effect.fnUntraced(function* (definitions: Definitions) {
  const { deadLetters, queue } = definitions
  return [
    ...(yield* examine(`queue ${queue.name}`, examineEvents(definitions))),
    ...(yield* examine(`queue ${deadLetters.name}`, examineDeadLetters(definitions)))
  ]
})
