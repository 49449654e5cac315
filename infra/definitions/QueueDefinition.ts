import * as Schema from "effect/Schema"

/** The fields of `aws_sqs_queue` that a queue's attributes need. */
export const QueueResource = Schema.Struct({
  name: Schema.String,
  fifo_queue: Schema.Literal(true),
  content_based_deduplication: Schema.optionalKey(Schema.Boolean),
  visibility_timeout_seconds: Schema.optionalKey(Schema.Int),
  message_retention_seconds: Schema.Int,
  receive_wait_time_seconds: Schema.optionalKey(Schema.Int),
  max_message_size: Schema.Int
})

/** The attribute of each field. */
export const attributeNames = {
  content_based_deduplication: "ContentBasedDeduplication",
  visibility_timeout_seconds: "VisibilityTimeout",
  message_retention_seconds: "MessageRetentionPeriod",
  receive_wait_time_seconds: "ReceiveMessageWaitTimeSeconds",
  max_message_size: "MaximumMessageSize"
} as const

/**
 * The attributes of `CreateQueue`; the redrive policy is added when the other queue's ARN is known.
 */
export const queueAttributes = (resource: typeof QueueResource.Type): Record<string, string> => ({
  FifoQueue: "true",
  ...Object.fromEntries(
    Object.entries(attributeNames).flatMap(([field, attribute]) => {
      const value = resource[field as keyof typeof attributeNames]
      return value === undefined ? [] : [[attribute, String(value)]]
    })
  )
})
