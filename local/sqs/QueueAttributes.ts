import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Rejection } from "./Rejection.ts"

/** Attributes as in the API: strings by name. */
export type QueueAttributes = Readonly<Record<string, string>>

interface Redrive {
  readonly deadLetterTargetArn: string
  readonly maxReceiveCount: number
}

/** The attributes that change what the queue does, in the units in which it counts. */
export interface QueueRules {
  readonly visibilityTimeoutSeconds: number
  readonly delayMillis: number
  readonly retentionMillis: number
  readonly receiveWaitSeconds: number
  readonly messageBytesMax: number
  readonly contentBasedDeduplication: boolean
  readonly deduplicationPerGroup: boolean
  readonly redrive: Redrive | undefined
}

export const messageBytesMax = 1_048_576

const defaults: QueueAttributes = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  DelaySeconds: "0",
  FifoQueue: "true",
  FifoThroughputLimit: "perQueue",
  MaximumMessageSize: String(messageBytesMax),
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30"
}

const RedrivePolicy = Schema.fromJsonString(
  Schema.Struct({
    deadLetterTargetArn: Schema.String,
    maxReceiveCount: Schema.Union([Schema.Finite, Schema.FiniteFromString])
  })
)
const decodeRedrive = Schema.decodeUnknownOption(RedrivePolicy)

const redriveOf = (policy: string | undefined): Redrive | undefined =>
  policy === undefined || policy === "" ? undefined : Option.getOrUndefined(decodeRedrive(policy))

const whole = (min: number, max: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max
const oneOf =
  (...allowed: ReadonlyArray<string>) =>
  (value: string) =>
    allowed.includes(value)
const anything = () => true

const isRedrive = (value: string): boolean => {
  const redrive = redriveOf(value)
  return value === "" || (redrive !== undefined && whole(1, 1000)(String(redrive.maxReceiveCount)))
}

const checks: Readonly<Record<string, (value: string) => boolean>> = {
  ContentBasedDeduplication: oneOf("true", "false"),
  DeduplicationScope: oneOf("queue", "messageGroup"),
  DelaySeconds: whole(0, 900),
  FifoQueue: oneOf("true"),
  FifoThroughputLimit: oneOf("perQueue", "perMessageGroupId"),
  KmsDataKeyReusePeriodSeconds: whole(60, 86_400),
  KmsMasterKeyId: anything,
  MaximumMessageSize: whole(1024, messageBytesMax),
  MessageRetentionPeriod: whole(60, 1_209_600),
  Policy: anything,
  ReceiveMessageWaitTimeSeconds: whole(0, 20),
  RedriveAllowPolicy: anything,
  RedrivePolicy: isRedrive,
  SqsManagedSseEnabled: oneOf("true", "false"),
  VisibilityTimeout: whole(0, 43_200)
}

/** Applies a change to known attributes or to the defaults; an empty value removes a policy. */
export const withAttributes = (
  known: QueueAttributes | undefined,
  change: QueueAttributes
): Result.Result<QueueAttributes, Rejection> => {
  for (const [name, value] of Object.entries(change)) {
    const accepts = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (accepts === undefined) {
      const message = `Unknown Attribute ${name}.`
      return Result.fail(new Rejection({ code: "InvalidAttributeName", message }))
    }
    if (!accepts(value)) {
      const message = `Invalid value for the parameter ${name}.`
      return Result.fail(new Rejection({ code: "InvalidAttributeValue", message }))
    }
  }
  const merged = Object.entries({ ...(known ?? defaults), ...change })
  return Result.succeed(Object.fromEntries(merged.filter(([, value]) => value !== "")))
}

export const rulesOf = (attributes: QueueAttributes): QueueRules => {
  const number = (name: string) => Number(attributes[name] ?? defaults[name])
  return {
    visibilityTimeoutSeconds: number("VisibilityTimeout"),
    delayMillis: number("DelaySeconds") * 1000,
    retentionMillis: number("MessageRetentionPeriod") * 1000,
    receiveWaitSeconds: number("ReceiveMessageWaitTimeSeconds"),
    messageBytesMax: number("MaximumMessageSize"),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicationPerGroup: attributes.DeduplicationScope === "messageGroup",
    redrive: redriveOf(attributes.RedrivePolicy)
  }
}
