import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Draft, sequenceText } from "./Message.ts"
import { checkDraft, md5, md5OfAttributes, sizeBytes } from "./MessageContents.ts"
import { messageBytesMax } from "./QueueAttributes.ts"
import type { OpenQueue } from "./Queues.ts"
import { invalidValue, missingParameter, Rejection } from "./Rejection.ts"
import { type Operation, type Operations, queueOperation } from "./Request.ts"

const Attribute = Schema.Struct({
  DataType: Schema.String,
  StringValue: Schema.optionalKey(Schema.String),
  BinaryValue: Schema.optionalKey(Schema.String)
})
const Attributes = Schema.optionalKey(Schema.Record(Schema.String, Attribute))

const Sending = Schema.Struct({
  MessageBody: Schema.String,
  MessageGroupId: Schema.optionalKey(Schema.String),
  MessageDeduplicationId: Schema.optionalKey(Schema.String),
  MessageAttributes: Attributes,
  MessageSystemAttributes: Attributes,
  DelaySeconds: Schema.optionalKey(Schema.Int)
})
type Sending = typeof Sending.Type

const draftOf = (fields: Sending): Draft => ({
  group: fields.MessageGroupId ?? "",
  deduplicationId: fields.MessageDeduplicationId,
  body: fields.MessageBody,
  attributes: fields.MessageAttributes ?? {},
  traceHeader: fields.MessageSystemAttributes?.AWSTraceHeader?.StringValue
})

/** Handles one message, alone or as one entry of a batch. */
type Step<A> = (open: OpenQueue, now: number, fields: A) => Result.Result<object, Rejection>

const send: Step<Sending> = ({ queue }, now, fields) =>
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

const Deleting = Schema.Struct({ ReceiptHandle: Schema.String })

const remove: Step<typeof Deleting.Type> = ({ queue }, now, { ReceiptHandle }) =>
  Result.map(queue.delete(now, ReceiptHandle), () => ({}))

const Hiding = Schema.Struct({
  ReceiptHandle: Schema.String,
  VisibilityTimeout: Schema.optionalKey(Schema.Int)
})

const hide: Step<typeof Hiding.Type> = ({ queue }, now, { ReceiptHandle, VisibilityTimeout }) => {
  if (VisibilityTimeout === undefined) return Result.fail(missingParameter("VisibilityTimeout"))
  if (VisibilityTimeout < 0 || VisibilityTimeout > 43_200) {
    const reason = "Must be between 0 and 43200."
    return Result.fail(invalidValue("VisibilityTimeout", VisibilityTimeout, reason))
  }
  return Result.map(queue.changeVisibility(now, ReceiptHandle, VisibilityTimeout), () => ({}))
}

const refuse = (code: Rejection["code"], message: string) =>
  Result.fail(new Rejection({ code, message }))

/** Checks a batch as a whole; each of its entries is judged by itself afterwards. */
const checkBatch = (ids: ReadonlyArray<string>): Result.Result<void, Rejection> => {
  if (ids.length === 0) {
    return refuse("EmptyBatchRequest", "There should be at least one entry in the request.")
  }
  if (ids.length > 10) {
    const text = `Maximum number of entries per request are 10. You have sent ${ids.length}.`
    return refuse("TooManyEntriesInBatchRequest", text)
  }
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    const rule = "can only include alphanumeric characters, hyphens, or underscores"
    return refuse("InvalidBatchEntryId", `A batch entry id ${rule}. It can be at most 80 letters.`)
  }
  return new Set(ids).size === ids.length
    ? Result.void
    : refuse("BatchEntryIdsNotDistinct", "Id of a batch entry repeated.")
}

const checkBatchSize = (entries: ReadonlyArray<Sending>): Result.Result<void, Rejection> => {
  const bytes = entries.reduce(
    (sum, entry) => sum + sizeBytes(entry.MessageBody, entry.MessageAttributes ?? {}),
    0
  )
  const limit = `Batch requests cannot be longer than ${messageBytesMax} bytes.`
  return bytes > messageBytesMax
    ? refuse("BatchRequestTooLong", `${limit} You have sent ${bytes} bytes.`)
    : Result.void
}

/** Entries succeed and fail one by one, in their order. */
const batchOperation = <A extends { readonly Id: string }>(
  entry: Schema.ConstraintDecoder<A>,
  step: Step<A>,
  check: (entries: ReadonlyArray<A>) => Result.Result<void, Rejection> = () => Result.void
): Operation =>
  queueOperation(
    Schema.Struct({ Entries: Schema.optionalKey(Schema.Array(entry)) }),
    (open, now, { Entries = [] }) =>
      Result.gen(function* () {
        yield* checkBatch(Entries.map(({ Id }) => Id))
        yield* check(Entries)
        const Successful: Array<object> = []
        const Failed: Array<object> = []
        for (const fields of Entries) {
          const { Id } = fields
          Result.match(step(open, now, fields), {
            onSuccess: (answer) => Successful.push({ Id, ...answer }),
            onFailure: ({ message, queryCode }) =>
              Failed.push({
                Id,
                SenderFault: true,
                Code: queryCode,
                Message: message
              })
          })
        }
        return { Successful, ...(Failed.length === 0 ? {} : { Failed }) }
      })
  )

const Id = Schema.String

export const messageOperations: Operations = {
  ChangeMessageVisibility: queueOperation(Hiding, hide),
  ChangeMessageVisibilityBatch: batchOperation(Schema.Struct({ Id, ...Hiding.fields }), hide),
  DeleteMessage: queueOperation(Deleting, remove),
  DeleteMessageBatch: batchOperation(Schema.Struct({ Id, ...Deleting.fields }), remove),
  SendMessage: queueOperation(Sending, send),
  SendMessageBatch: batchOperation(Schema.Struct({ Id, ...Sending.fields }), send, checkBatchSize)
}
