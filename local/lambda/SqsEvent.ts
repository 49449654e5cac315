import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs"

/** Names the queue in the event: its ARN follows from its region and its URL. */
export interface SqsSource {
  readonly queueUrl: string
  readonly region: string
}

const queueArn = ({ queueUrl, region }: SqsSource): string => {
  const [account = "", name = ""] = new URL(queueUrl).pathname.split("/").slice(-2)
  return `arn:aws:sqs:${region}:${account}:${name}`
}

const recordAttribute = (value: MessageAttributeValue) => ({
  ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
  ...(value.BinaryValue === undefined
    ? {}
    : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
  stringListValues: [],
  binaryListValues: [],
  dataType: value.DataType ?? ""
})

const sqsRecord = (source: SqsSource, message: Message) => {
  const attributes = Object.entries(message.MessageAttributes ?? {})
  const md5OfMessageAttributes = message.MD5OfMessageAttributes
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: { ...message.Attributes },
    messageAttributes: Object.fromEntries(
      attributes.map(([name, value]) => [name, recordAttribute(value)])
    ),
    md5OfBody: message.MD5OfBody ?? "",
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn(source),
    awsRegion: source.region
  }
}

/** Keeps the order of the messages: inside a group, the order of sending. */
export const sqsEvent = (source: SqsSource, messages: ReadonlyArray<Message>) => ({
  Records: messages.map((message) => sqsRecord(source, message))
})

/** The event that Lambda's SQS trigger sends to a function. */
export type SqsEvent = ReturnType<typeof sqsEvent>
