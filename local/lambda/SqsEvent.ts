import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs"

/** Names the queue in the event: its ARN follows from its region and its URL. */
export interface SqsSource {
  readonly queueUrl: string
  readonly region: string
}

export interface SqsRecordAttribute {
  readonly stringValue?: string
  readonly binaryValue?: string
  readonly stringListValues: ReadonlyArray<string>
  readonly binaryListValues: ReadonlyArray<string>
  readonly dataType: string
}

export interface SqsRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
  readonly messageAttributes: Readonly<Record<string, SqsRecordAttribute>>
  readonly md5OfBody: string
  readonly md5OfMessageAttributes?: string
  readonly eventSource: "aws:sqs"
  readonly eventSourceARN: string
  readonly awsRegion: string
}

/** The event that Lambda's SQS trigger sends to a function. */
export interface SqsEvent {
  readonly Records: ReadonlyArray<SqsRecord>
}

const queueArn = ({ queueUrl, region }: SqsSource): string => {
  const [account = "", name = ""] = new URL(queueUrl).pathname.split("/").slice(-2)
  return `arn:aws:sqs:${region}:${account}:${name}`
}

const recordAttribute = (value: MessageAttributeValue): SqsRecordAttribute => ({
  ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
  ...(value.BinaryValue === undefined
    ? {}
    : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
  stringListValues: [],
  binaryListValues: [],
  dataType: value.DataType ?? ""
})

const sqsRecord = (source: SqsSource, message: Message): SqsRecord => {
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
export const sqsEvent = (source: SqsSource, messages: ReadonlyArray<Message>): SqsEvent => ({
  Records: messages.map((message) => sqsRecord(source, message))
})
