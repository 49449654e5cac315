/** Failures of AWS services, each as one clear line. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { isTransient, nameOf } from "../src/layers/aws/AwsFault.ts"
import {
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../src/services/InteractionStore.ts"
import { MailerUnavailable, MailRejected } from "../src/services/Mailer.ts"

/** A service did not answer; the same command may work later. */
export class ServiceUnavailable extends Data.TaggedError("ServiceUnavailable")<{
  readonly service: "CloudWatch" | "DynamoDB" | "SES" | "SQS"
  readonly place: string
  readonly detail: string
}> {
  override get message() {
    const fault = `${this.service} does not answer at ${this.place} (${this.detail})`
    const isHere = this.place.startsWith("http://127.0.0.1:")
    return isHere && this.detail === "ECONNREFUSED"
      ? `${fault}: run npm start, or give its --port`
      : fault
  }
}

/** A service refused, or could not be asked; the same command cannot work later. */
export class ServiceRejected extends Data.TaggedError("ServiceRejected")<{
  readonly message: string
}> {}

export type ServiceFault = ServiceUnavailable | ServiceRejected

const noCredentials =
  "no AWS credentials were found, or they have expired: log in again, or set AWS_PROFILE, or " +
  "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for the system of npm start, give --local"

const noRegion =
  "no AWS region is set: give --region, or set AWS_REGION; " +
  "for the system of npm start, give --local"

/** AWS's names for credentials that are unknown, expired or not allowed to do this. */
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

const missing = new Map([
  ["ResourceNotFoundException", "table"],
  ["QueueDoesNotExist", "queue"],
  ["AWS.SimpleQueueService.NonExistentQueue", "queue"]
])

/** The request that failed, of which service, and where. */
interface Asked extends Pick<ServiceUnavailable, "service" | "place"> {
  readonly operation: string
  readonly subject: string
}

/** The operation that an AWS command asks for. */
export const operationOf = (command: object): string =>
  command.constructor.name.replace(/Command$/, "")

const refusalOf = (name: string, { operation, place, service, subject }: Asked): string => {
  const kind = missing.get(name)
  if (kind !== undefined) {
    return `there is no ${kind} ${subject} at ${place}: another --region or --table?`
  }
  return badCredentials.has(name)
    ? `AWS does not let these credentials ${operation} on ${subject} at ${place} (${name})`
    : `${service} refused ${operation} on ${subject} at ${place} (${name})`
}

/** Classifies what an AWS client throws. It leaves out the message, which may quote a body. */
export const faultOf = (cause: unknown, asked: Asked): ServiceFault => {
  const name = nameOf(cause)
  const rejected = (message: string) => new ServiceRejected({ message })
  if (name === "CredentialsProviderError") return rejected(noCredentials)
  if (cause instanceof Error && cause.message === "Region is missing") return rejected(noRegion)
  return isTransient(cause)
    ? new ServiceUnavailable({ service: asked.service, place: asked.place, detail: name })
    : rejected(refusalOf(name, asked))
}

interface Where {
  readonly tableName: string
  readonly addressOf: (service: "table" | "mail") => string
}

type Named = StoreError | MailerUnavailable | MailRejected

/** Adds the place to the errors of table and mailer; other errors pass. */
export const clearly =
  ({ addressOf, tableName }: Where) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.mapError(effect, (error): Exclude<E, Named> | ServiceFault => {
      const dynamoDb = { service: "DynamoDB", place: addressOf("table") } as const
      const ses = { service: "SES", place: addressOf("mail") } as const
      if (error instanceof StoreUnavailable) {
        return new ServiceUnavailable({ ...dynamoDb, detail: error.detail })
      }
      if (error instanceof MailerUnavailable) {
        return new ServiceUnavailable({ ...ses, detail: error.detail })
      }
      if (error instanceof StoreRejected) {
        const { detail, operation } = error
        const message = refusalOf(detail, { ...dynamoDb, operation, subject: tableName })
        return new ServiceRejected({ message })
      }
      if (error instanceof MailRejected) {
        const refusal = `SES at ${ses.place} refused the e-mail (${error.detail})`
        return new ServiceRejected({ message: `${refusal}: is --from-address verified there?` })
      }
      return error as Exclude<E, Named>
    })
