import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { accountId, type OpenQueue, type Queues } from "./Queues.ts"
import { invalidParameter, Rejection } from "./Rejection.ts"
import {
  type Desk,
  type Operations,
  operation,
  queueOperation,
  TextByName,
  Texts
} from "./Request.ts"

const urlOf = (desk: Desk, name: string): string => `${desk.endpoint}/${accountId}/${name}`

/** Answers an existing queue when every given attribute has the value that the queue has. */
const CreateQueue = operation(
  Schema.Struct({ QueueName: Schema.String, Attributes: Schema.optionalKey(TextByName) }),
  (desk, now, { QueueName, Attributes = {} }) => {
    if (!/^[A-Za-z0-9_-]{1,75}\.fifo$/.test(QueueName) || Attributes.FifoQueue !== "true") {
      const letters = "can only include alphanumeric characters, hyphens, or underscores"
      const rule = `${letters}, must end with .fifo suffix and be 1 to 80 in length`
      return Result.fail(
        invalidParameter(`The name of a FIFO queue ${rule}; FifoQueue must be true.`)
      )
    }
    const answer = { QueueUrl: urlOf(desk, QueueName) }
    const known = Result.getOrUndefined(desk.queues.find(QueueName))
    if (known === undefined) {
      return Result.map(desk.queues.create(now, QueueName, Attributes), () => answer)
    }
    const differs = Object.entries(Attributes).find(([k, v]) => known.record.attributes[k] !== v)
    if (differs === undefined) return Result.succeed(answer)
    const other = `a different value for attribute ${differs[0]}`
    const message = `A queue already exists with the same name and ${other}`
    return Result.fail(new Rejection({ code: "QueueNameExists", message }))
  }
)

const GetQueueUrl = operation(Schema.Struct({ QueueName: Schema.String }), (desk, _, input) =>
  Result.map(desk.queues.find(input.QueueName), () => ({ QueueUrl: urlOf(desk, input.QueueName) }))
)

const ListQueues = operation(
  Schema.Struct({ QueueNamePrefix: Schema.optionalKey(Schema.String) }),
  (desk, _, { QueueNamePrefix }) => {
    const found = desk.queues.list(QueueNamePrefix)
    return Result.succeed({ QueueUrls: found.map(({ record }) => urlOf(desk, record.name)) })
  }
)

const seconds = (millis: number): string => String(Math.floor(millis / 1000))

const attributesOf = (queues: Queues, now: number, { record, queue }: OpenQueue) => {
  const counts = queue.counts(now)
  return {
    ...record.attributes,
    QueueArn: queues.arn(record.name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(record.createdAt),
    LastModifiedTimestamp: seconds(record.modifiedAt)
  }
}

const GetQueueAttributes = queueOperation(
  Schema.Struct({ AttributeNames: Schema.optionalKey(Texts) }),
  (open, now, { AttributeNames = [] }, { queues }) => {
    const asked = Object.entries(attributesOf(queues, now, open)).filter(
      ([name]) => AttributeNames.includes("All") || AttributeNames.includes(name)
    )
    return Result.succeed(asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) })
  }
)

const SetQueueAttributes = queueOperation(
  Schema.Struct({ Attributes: TextByName }),
  (open, now, { Attributes }, { queues }) =>
    Result.map(queues.change(now, open, Attributes), () => ({}))
)

const DeleteQueue = queueOperation(Schema.Struct({}), (open, _now, _input, { queues }) => {
  queues.delete(open)
  return Result.succeed({})
})

export const queueOperations: Operations = {
  CreateQueue,
  DeleteQueue,
  GetQueueAttributes,
  GetQueueUrl,
  ListQueues,
  SetQueueAttributes
}
