import * as Data from "effect/Data"

/** Each shape of an error, with the code that old clients know and the status of HTTP. */
const answers = {
  BatchEntryIdsNotDistinct: ["AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400],
  BatchRequestTooLong: ["AWS.SimpleQueueService.BatchRequestTooLong", 400],
  EmptyBatchRequest: ["AWS.SimpleQueueService.EmptyBatchRequest", 400],
  InvalidAction: ["InvalidAction", 400],
  InvalidAttributeName: ["InvalidAttributeName", 400],
  InvalidAttributeValue: ["InvalidAttributeValue", 400],
  InvalidBatchEntryId: ["AWS.SimpleQueueService.InvalidBatchEntryId", 400],
  InvalidMessageContents: ["InvalidMessageContents", 400],
  InvalidParameterValue: ["InvalidParameterValue", 400],
  MessageNotInflight: ["AWS.SimpleQueueService.MessageNotInflight", 400],
  MissingParameter: ["MissingParameter", 400],
  QueueDoesNotExist: ["AWS.SimpleQueueService.NonExistentQueue", 400],
  QueueNameExists: ["QueueAlreadyExists", 400],
  ReceiptHandleIsInvalid: ["ReceiptHandleIsInvalid", 404],
  SerializationException: ["MalformedInput", 400],
  TooManyEntriesInBatchRequest: ["AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400]
} as const

/**
 * A request, or one entry of a batch, is refused without a change. The SDK turns `code` into the
 * class of its error; older clients compare `queryCode`.
 */
export class Rejection extends Data.TaggedError("Rejection")<{
  readonly code: keyof typeof answers
  readonly message: string
}> {
  get queryCode(): string {
    return answers[this.code][0]
  }

  get status(): number {
    return answers[this.code][1]
  }
}

export const invalidParameter = (message: string): Rejection =>
  new Rejection({ code: "InvalidParameterValue", message })

export const invalidValue = (name: string, value: string | number, reason: string): Rejection =>
  invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`)

export const missingParameter = (name: string): Rejection =>
  new Rejection({
    code: "MissingParameter",
    message: `The request must contain the parameter ${name}.`
  })
