/** What AWS's services fail with, as one clear line each. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { isTransient, nameOf } from "../src/layers/aws/AwsFault.ts"
import {
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../src/services/InteractionStore.ts"
import { MailerUnavailable, MailRejected } from "../src/services/Mailer.ts"

/** A service gave no answer; the same command may work later. */
export class ServiceUnavailable extends Data.TaggedError("ServiceUnavailable")<{
  readonly service: "CloudWatch" | "DynamoDB" | "SES" | "SQS"
  readonly place: string
  readonly detail: string
}> {
  override get message() {
    return `${this.service} does not answer at ${this.place} (${this.detail})`
  }
}

/** A service refused, or was not even asked; the same command will not work later. */
export class ServiceRejected extends Data.TaggedError("ServiceRejected")<{
  readonly detail: string
}> {
  override get message() {
    return this.detail
  }
}

export type ServiceFault = ServiceUnavailable | ServiceRejected

const noCredentials =
  "no AWS credentials were found, or they have expired: log in again, or set AWS_PROFILE, or " +
  "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; --local is for the system of npm start"

const noRegion = "no AWS region is set: give --region, or set AWS_REGION"

/** What AWS calls credentials that it does not know, or that may not do this. */
const badCredentials: ReadonlySet<string> = new Set([
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

/** What was asked for, of which service, and where. */
export interface Asked extends Pick<ServiceUnavailable, "service" | "place"> {
  readonly subject: string
}

/** For what an AWS client throws; never its message, which may quote a body. */
export const faultOf = (cause: unknown, { place, service, subject }: Asked): ServiceFault => {
  const name = nameOf(cause)
  const rejected = (detail: string) => new ServiceRejected({ detail })
  if (isQueueMissing(name)) {
    return rejected(`there is no queue ${subject} at ${place}: another --region or --table?`)
  }
  if (name === "CredentialsProviderError") return rejected(noCredentials)
  if (cause instanceof Error && cause.message === "Region is missing") return rejected(noRegion)
  if (badCredentials.has(name)) {
    return rejected(`AWS does not let these credentials use ${subject} at ${place} (${name})`)
  }
  return isTransient(cause)
    ? new ServiceUnavailable({ service, place, detail: name })
    : rejected(`${service} refused a request for ${subject} at ${place} (${name})`)
}

export interface Where {
  readonly tableName: string
  readonly addressOf: (service: "table" | "mail") => string
}

const refusedByStore = (
  { addressOf, tableName }: Where,
  { detail, operation }: StoreRejected
): string => {
  const table = addressOf("table")
  if (detail === "ResourceNotFoundException") {
    return `there is no table ${tableName} at ${table}: another --region or --table?`
  }
  return badCredentials.has(detail)
    ? `AWS does not let these credentials ${operation} on ${tableName} at ${table} (${detail})`
    : `DynamoDB refused ${operation} on ${tableName} at ${table} (${detail})`
}

/** For what table and mailer fail with; every other error passes. */
export const clearly =
  (where: Where) =>
  <A, E, R>(effect: Effect.Effect<A, E | StoreError | MailerUnavailable | MailRejected, R>) =>
    Effect.mapError(effect, (error) => {
      if (error instanceof StoreUnavailable) {
        const { detail } = error
        return new ServiceUnavailable({
          service: "DynamoDB",
          place: where.addressOf("table"),
          detail
        })
      }
      if (error instanceof MailerUnavailable) {
        const { detail } = error
        return new ServiceUnavailable({ service: "SES", place: where.addressOf("mail"), detail })
      }
      if (error instanceof StoreRejected) {
        return new ServiceRejected({ detail: refusedByStore(where, error) })
      }
      if (error instanceof MailRejected) {
        const detail = `SES at ${where.addressOf("mail")} refused the e-mail (${error.detail})`
        return new ServiceRejected({ detail: `${detail}: is --from-address verified there?` })
      }
      return error
    })
