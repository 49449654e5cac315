import * as Data from "effect/Data"
import { isTransient, nameOf } from "../../src/layers/AwsFault.ts"

/** SQS gave no answer, and the same command may work later. */
export class QueueUnavailable extends Data.TaggedError("QueueUnavailable")<{
  readonly place: string
  readonly cause: unknown
}> {
  override get message() {
    return `SQS does not answer at ${this.place} (${nameOf(this.cause)})`
  }
}

/** SQS refused, or was not even asked; the same command will not work later. */
export class QueueRejected extends Data.TaggedError("QueueRejected")<{
  readonly detail: string
}> {
  override get message() {
    return this.detail
  }
}

export type QueueFault = QueueUnavailable | QueueRejected

const noCredentials =
  "no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and " +
  "AWS_SECRET_ACCESS_KEY; --local is for the system of npm start"

const noRegion = "no AWS region is set: give --region, or set AWS_REGION"

/** What AWS calls credentials that it does not know, or that may not do this. */
export const badCredentials: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSecurity",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException"
])

const isQueueMissing = (name: string): boolean =>
  name === "QueueDoesNotExist" || name === "AWS.SimpleQueueService.NonExistentQueue"

/** One clear line for what an AWS client throws; never its message, which may quote a body. */
export const faultOf = (
  cause: unknown,
  { place, queue }: { readonly place: string; readonly queue: string }
): QueueFault => {
  const name = nameOf(cause)
  const rejected = (detail: string) => new QueueRejected({ detail })
  if (isQueueMissing(name)) {
    return rejected(
      `there is no queue ${queue} at ${place}: another --region, --queue or --dead-letters?`
    )
  }
  if (name === "CredentialsProviderError") return rejected(noCredentials)
  if (cause instanceof Error && cause.message === "Region is missing") return rejected(noRegion)
  if (badCredentials.has(name)) {
    return rejected(`AWS does not let these credentials use ${queue} at ${place} (${name})`)
  }
  return isTransient(cause)
    ? new QueueUnavailable({ place, cause })
    : rejected(`SQS refused a request for ${queue} at ${place} (${name})`)
}
