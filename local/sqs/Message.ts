import * as Result from "effect/Result"
import { invalidValue, Rejection } from "./Rejection.ts"

/** Exactly one of the two values is present, by the first word of `DataType`. */
export interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string | undefined
  /** Base64, as on the wire. */
  readonly BinaryValue?: string | undefined
}

/** A message as its sender wrote it; the queue adds identity, order and time. */
export interface Draft {
  readonly group: string
  readonly deduplicationId: string | undefined
  readonly body: string
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  readonly traceHeader: string | undefined
}

/**
 * A message in its queue. It is in flight when it was received and `visibleAt` is in the future, so
 * time alone makes it visible again, also over a restart.
 */
export interface Message {
  /** Rises over all queues, in the order of acceptance; it is the key in the store. */
  readonly sequence: number
  readonly queue: string
  readonly id: string
  readonly group: string
  readonly deduplicationId: string
  readonly body: string
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  readonly traceHeader: string | undefined
  readonly sentAt: number
  readonly deadLetterSource: string | undefined
  receiveCount: number
  firstReceivedAt: number | undefined
  visibleAt: number
  gone: boolean
}

export const isInFlight = (message: Message, now: number): boolean =>
  message.receiveCount > 0 && message.visibleAt > now

/** Has twenty digits, as AWS's, so that strings sort like messages. */
export const sequenceText = (sequence: number): string => `18${String(sequence).padStart(18, "0")}`

/** A handle names one receive of one message: the next receive makes it expire. */
export const receiptHandle = (message: Message): string =>
  Buffer.from(`${message.queue} ${message.sequence} ${message.receiveCount}`).toString("base64url")

interface Receipt {
  readonly sequence: number
  readonly receiveCount: number
}

export const parseReceipt = (queue: string, handle: string): Result.Result<Receipt, Rejection> => {
  const [name, sequence, count, ...rest] = Buffer.from(handle, "base64url").toString().split(" ")
  const receipt = { sequence: Number(sequence), receiveCount: Number(count) }
  return name === queue &&
    rest.length === 0 &&
    Number.isSafeInteger(receipt.sequence) &&
    Number.isSafeInteger(receipt.receiveCount)
    ? Result.succeed(receipt)
    : Result.fail(
        new Rejection({
          code: "ReceiptHandleIsInvalid",
          message: `The input receipt handle "${handle}" is not a valid receipt handle.`
        })
      )
}

export const receiptExpired = (handle: string): Rejection =>
  invalidValue("ReceiptHandle", handle, "The receipt handle has expired.")
