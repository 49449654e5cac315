import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { accountId, type QueueEntry } from "./Account.ts"
import { invalidParameter, Rejection } from "./Rejection.ts"
import {
  type Desk,
  type Operation,
  operation,
  QueueOnly,
  queueNameOf,
  TextByName,
  Texts,
  Whole
} from "./Request.ts"

const url = (desk: Desk, name: string): string => `${desk.endpoint}/${accountId}/${name}`

/** Answers an existing queue when every given attribute has the value that the queue has. */
const CreateQueue = operation(
  Schema.Struct({
    QueueName: Schema.String,
    Attributes: Schema.optionalKey(TextByName),
    tags: Schema.optionalKey(TextByName)
  }),
  ({ account, endpoint }, now, { QueueName, Attributes = {}, tags = {} }) => {
    if (!/^[A-Za-z0-9_-]{1,75}\.fifo$/.test(QueueName) || Attributes.FifoQueue !== "true") {
      const letters = "can only include alphanumeric characters, hyphens, or underscores"
      const rule = `${letters}, must end with .fifo suffix and be 1 to 80 in length`
      return Result.fail(
        invalidParameter(`The name of a FIFO queue ${rule}; FifoQueue must be true.`)
      )
    }
    const answer = { QueueUrl: url({ account, endpoint }, QueueName) }
    const known = Result.getOrUndefined(account.find(QueueName))
    if (known === undefined) {
      return Result.map(account.create(now, QueueName, Attributes, tags), () => answer)
    }
    const differs = Object.entries(Attributes).find(([k, v]) => known.record.attributes[k] !== v)
    if (differs === undefined) return Result.succeed(answer)
    const other = `a different value for attribute ${differs[0]}`
    const message = `A queue already exists with the same name and ${other}`
    return Result.fail(new Rejection({ code: "QueueNameExists", message }))
  }
)

const GetQueueUrl = operation(Schema.Struct({ QueueName: Schema.String }), (desk, _, input) =>
  Result.map(desk.account.find(input.QueueName), () => ({ QueueUrl: url(desk, input.QueueName) }))
)

const Page = {
  MaxResults: Schema.optionalKey(Whole),
  NextToken: Schema.optionalKey(Schema.String)
}

/** The token is the last name of the page before. */
const page = (
  desk: Desk,
  entries: ReadonlyArray<QueueEntry>,
  { MaxResults = 1000, NextToken = "" }: { MaxResults?: number; NextToken?: string }
) => {
  const names = entries.map(({ record }) => record.name).filter((name) => name > NextToken)
  const shown = names.slice(0, MaxResults)
  const next = shown.length < names.length ? { NextToken: shown.at(-1) } : {}
  return { urls: shown.map((name) => url(desk, name)), next }
}

const ListQueues = operation(
  Schema.Struct({ QueueNamePrefix: Schema.optionalKey(Schema.String), ...Page }),
  (desk, _, input) => {
    const { urls, next } = page(desk, desk.account.list(input.QueueNamePrefix), input)
    return Result.succeed({ QueueUrls: urls, ...next })
  }
)

const ListDeadLetterSourceQueues = operation(
  Schema.Struct({ QueueUrl: Schema.String, ...Page }),
  (desk, _, input) =>
    Result.map(desk.account.find(queueNameOf(input.QueueUrl)), ({ record }) => {
      const sources = desk.account.sources(desk.account.arn(record.name))
      const { urls, next } = page(desk, sources, input)
      // The lower case is the API's own.
      return { queueUrls: urls, ...next }
    })
)

const seconds = (millis: number): string => String(Math.floor(millis / 1000))

const attributesOf = (desk: Desk, now: number, { record, queue }: QueueEntry) => {
  const counts = queue.counts(now)
  return {
    ...record.attributes,
    QueueArn: desk.account.arn(record.name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(record.createdAt),
    LastModifiedTimestamp: seconds(record.modifiedAt)
  }
}

const GetQueueAttributes = operation(
  Schema.Struct({ QueueUrl: Schema.String, AttributeNames: Schema.optionalKey(Texts) }),
  (desk, now, { QueueUrl, AttributeNames = [] }) =>
    Result.map(desk.account.find(queueNameOf(QueueUrl)), (entry) => {
      const isAsked = ([name]: [string, string]) =>
        AttributeNames.includes("All") || AttributeNames.includes(name)
      const attributes = Object.entries(attributesOf(desk, now, entry)).filter(isAsked)
      return attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }
    })
)

const SetQueueAttributes = operation(
  Schema.Struct({ QueueUrl: Schema.String, Attributes: TextByName }),
  ({ account }, now, { QueueUrl, Attributes }) =>
    Result.flatMap(account.find(queueNameOf(QueueUrl)), (entry) =>
      Result.map(account.change(now, entry, Attributes), () => ({}))
    )
)

const DeleteQueue = operation(QueueOnly, ({ account }, _, { QueueUrl }) =>
  Result.map(account.find(queueNameOf(QueueUrl)), (entry) => {
    account.delete(entry)
    return {}
  })
)

const PurgeQueue = operation(QueueOnly, ({ account }, now, { QueueUrl }) =>
  Result.map(account.find(queueNameOf(QueueUrl)), ({ queue }) => {
    queue.purge(now)
    return {}
  })
)

const TagQueue = operation(
  Schema.Struct({ QueueUrl: Schema.String, Tags: TextByName }),
  ({ account }, _, { QueueUrl, Tags }) =>
    Result.map(account.find(queueNameOf(QueueUrl)), (entry) => {
      account.tag(entry, { ...entry.record.tags, ...Tags })
      return {}
    })
)

const UntagQueue = operation(
  Schema.Struct({ QueueUrl: Schema.String, TagKeys: Texts }),
  ({ account }, _, { QueueUrl, TagKeys }) =>
    Result.map(account.find(queueNameOf(QueueUrl)), (entry) => {
      const kept = Object.entries(entry.record.tags).filter(([key]) => !TagKeys.includes(key))
      account.tag(entry, Object.fromEntries(kept))
      return {}
    })
)

const ListQueueTags = operation(QueueOnly, ({ account }, _, { QueueUrl }) =>
  Result.map(account.find(queueNameOf(QueueUrl)), ({ record }) => ({ Tags: record.tags }))
)

export const queueOperations: Readonly<Record<string, Operation>> = {
  CreateQueue,
  DeleteQueue,
  GetQueueAttributes,
  GetQueueUrl,
  ListDeadLetterSourceQueues,
  ListQueues,
  ListQueueTags,
  PurgeQueue,
  SetQueueAttributes,
  TagQueue,
  UntagQueue
}
