import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { QueueEntry } from "./Account.ts"
import { type Draft, sequenceText } from "./Message.ts"
import { checkDraft, md5, md5OfAttributes, sizeBytes } from "./MessageContents.ts"
import { messageBytesMax } from "./QueueAttributes.ts"
import { invalidValue, missingParameter, Rejection } from "./Rejection.ts"
import { type Operation, operation, queueNameOf, Whole } from "./Request.ts"

const Attribute = Schema.Struct({
  DataType: Schema.String,
  StringValue: Schema.optionalKey(Schema.String),
  BinaryValue: Schema.optionalKey(Schema.String)
})
const Attributes = Schema.optionalKey(Schema.Record(Schema.String, Attribute))

const sendFields = {
  MessageBody: Schema.String,
  MessageGroupId: Schema.optionalKey(Schema.String),
  MessageDeduplicationId: Schema.optionalKey(Schema.String),
  MessageAttributes: Attributes,
  MessageSystemAttributes: Attributes,
  DelaySeconds: Schema.optionalKey(Whole)
}
const SendFields = Schema.Struct(sendFields)
type SendFields = typeof SendFields.Type

const draftOf = (fields: SendFields): Draft => ({
  group: fields.MessageGroupId ?? "",
  deduplicationId: fields.MessageDeduplicationId,
  body: fields.MessageBody,
  attributes: fields.MessageAttributes ?? {},
  traceHeader: fields.MessageSystemAttributes?.AWSTraceHeader?.StringValue
})

const send = (now: number, { queue }: QueueEntry, fields: SendFields) =>
  Result.gen(function* () {
    if (fields.DelaySeconds !== undefined && fields.DelaySeconds !== 0) {
      const reason = "The request include parameter that is not valid for this queue type."
      return yield* Result.fail(invalidValue("DelaySeconds", fields.DelaySeconds, reason))
    }
    const draft = yield* checkDraft(draftOf(fields), queue.rules.messageBytesMax)
    const original = yield* queue.send(now, draft)
    const ofAttributes = md5OfAttributes(draft.attributes)
    const ofSystem = md5OfAttributes(fields.MessageSystemAttributes ?? {})
    return {
      MessageId: original.messageId,
      SequenceNumber: sequenceText(original.sequence),
      MD5OfMessageBody: md5(draft.body),
      ...(ofAttributes === undefined ? {} : { MD5OfMessageAttributes: ofAttributes }),
      ...(ofSystem === undefined ? {} : { MD5OfMessageSystemAttributes: ofSystem })
    }
  })

const deleteFields = { ReceiptHandle: Schema.String }
const DeleteFields = Schema.Struct(deleteFields)

const remove = (now: number, { queue }: QueueEntry, { ReceiptHandle }: typeof DeleteFields.Type) =>
  Result.map(queue.delete(now, ReceiptHandle), () => ({}))

const visibilityFields = {
  ReceiptHandle: Schema.String,
  VisibilityTimeout: Schema.optionalKey(Whole)
}
const VisibilityFields = Schema.Struct(visibilityFields)

const changeVisibility = (
  now: number,
  { queue }: QueueEntry,
  { ReceiptHandle, VisibilityTimeout }: typeof VisibilityFields.Type
): Result.Result<object, Rejection> => {
  if (VisibilityTimeout === undefined) return Result.fail(missingParameter("VisibilityTimeout"))
  if (VisibilityTimeout < 0 || VisibilityTimeout > 43_200) {
    const reason = "Must be between 0 and 43200."
    return Result.fail(invalidValue("VisibilityTimeout", VisibilityTimeout, reason))
  }
  return Result.map(queue.changeVisibility(now, ReceiptHandle, VisibilityTimeout), () => ({}))
}

const one = <F extends Schema.Struct.Fields>(fields: F) =>
  Schema.Struct({ QueueUrl: Schema.String, ...fields })

const SendMessage = operation(one(sendFields), ({ account }, now, input) =>
  Result.flatMap(account.find(queueNameOf(input.QueueUrl)), (entry) => send(now, entry, input))
)

const DeleteMessage = operation(one(deleteFields), ({ account }, now, input) =>
  Result.flatMap(account.find(queueNameOf(input.QueueUrl)), (entry) => remove(now, entry, input))
)

const ChangeMessageVisibility = operation(one(visibilityFields), ({ account }, now, input) =>
  Result.flatMap(account.find(queueNameOf(input.QueueUrl)), (entry) =>
    changeVisibility(now, entry, input)
  )
)

const many = <F extends Schema.Struct.Fields>(fields: F) =>
  Schema.Struct({
    QueueUrl: Schema.String,
    Entries: Schema.optionalKey(Schema.Array(Schema.Struct({ Id: Schema.String, ...fields })))
  })

const reject = (code: Rejection["code"], message: string) =>
  Result.fail(new Rejection({ code, message }))

/** What is wrong with a batch as a whole; each entry is judged on its own afterwards. */
const checkBatch = <E extends { readonly Id: string }>(
  entries: ReadonlyArray<E> = []
): Result.Result<ReadonlyArray<E>, Rejection> => {
  if (entries.length === 0) {
    return reject("EmptyBatchRequest", "There should be at least one entry in the request.")
  }
  if (entries.length > 10) {
    const text = `Maximum number of entries per request are 10. You have sent ${entries.length}.`
    return reject("TooManyEntriesInBatchRequest", text)
  }
  const invalid = entries.find(({ Id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(Id))
  if (invalid !== undefined) {
    const rule = "can only include alphanumeric characters, hyphens, or underscores"
    return reject("InvalidBatchEntryId", `A batch entry id ${rule}. It can be at most 80 letters.`)
  }
  return new Set(entries.map(({ Id }) => Id)).size === entries.length
    ? Result.succeed(entries)
    : reject("BatchEntryIdsNotDistinct", "Id of a batch entry repeated.")
}

const checkBatchSize = (entries: ReadonlyArray<SendFields>) => {
  const bytes = entries.reduce(
    (sum, entry) => sum + sizeBytes(entry.MessageBody, entry.MessageAttributes ?? {}),
    0
  )
  const limit = `Batch requests cannot be longer than ${messageBytesMax} bytes.`
  const text = `${limit} You have sent ${bytes} bytes.`
  return bytes > messageBytesMax ? reject("BatchRequestTooLong", text) : Result.succeed(entries)
}

/** Entries succeed and fail one by one, in their order. */
const each = <E extends { readonly Id: string }>(
  entries: ReadonlyArray<E>,
  run: (entry: E) => Result.Result<object, Rejection>
) => {
  const successful: Array<object> = []
  const failed: Array<object> = []
  for (const entry of entries) {
    const { Id } = entry
    Result.match(run(entry), {
      onSuccess: (answer) => successful.push({ Id, ...answer }),
      onFailure: ({ queryCode, message, fault }) =>
        failed.push({ Id, SenderFault: fault === "Sender", Code: queryCode, Message: message })
    })
  }
  return { Successful: successful, ...(failed.length === 0 ? {} : { Failed: failed }) }
}

const SendMessageBatch = operation(many(sendFields), ({ account }, now, input) =>
  Result.gen(function* () {
    const entry = yield* account.find(queueNameOf(input.QueueUrl))
    const entries = yield* checkBatch(input.Entries)
    yield* checkBatchSize(entries)
    return each(entries, (fields) => send(now, entry, fields))
  })
)

const DeleteMessageBatch = operation(many(deleteFields), ({ account }, now, input) =>
  Result.gen(function* () {
    const entry = yield* account.find(queueNameOf(input.QueueUrl))
    const entries = yield* checkBatch(input.Entries)
    return each(entries, (fields) => remove(now, entry, fields))
  })
)

const ChangeMessageVisibilityBatch = operation(many(visibilityFields), ({ account }, now, input) =>
  Result.gen(function* () {
    const entry = yield* account.find(queueNameOf(input.QueueUrl))
    const entries = yield* checkBatch(input.Entries)
    return each(entries, (fields) => changeVisibility(now, entry, fields))
  })
)

export const messageOperations: Readonly<Record<string, Operation>> = {
  ChangeMessageVisibility,
  ChangeMessageVisibilityBatch,
  DeleteMessage,
  DeleteMessageBatch,
  SendMessage,
  SendMessageBatch
}
