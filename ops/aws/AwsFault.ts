/** Failures of AWS, each with what is wrong and how to mend it. */
import * as Data from "effect/Data"
import { isTransient, nameOf } from "../../src/layers/aws/AwsFault.ts"
import { type AwsFaultKind, kindOf } from "./AwsFaultKind.ts"

/** AWS refused a request, or did not answer it. */
export class AwsFault extends Data.TaggedError("AwsFault")<{
  readonly kind: AwsFaultKind
  readonly service: string
  readonly operation: string
  /** AWS's name for the error, such as `NotFoundException`, or the network's. */
  readonly code: string
  readonly what: string
  readonly mend: string
}> {
  override get message() {
    return `${this.what}\n${this.mend}`
  }
}

/** The request that failed. */
interface Asked extends Pick<AwsFault, "service" | "operation"> {
  readonly region: string
}

interface Sentences {
  readonly what: string
  readonly mend: string
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : "")

const hostOf = (cause: unknown, { region, service }: Asked): string => {
  const { address, hostname, port } = Object(cause)
  if (typeof hostname === "string") return hostname
  return typeof address === "string" ? `${address}:${port}` : `${service} in ${region}`
}

const actionOf = (cause: unknown, { operation, service }: Asked): string =>
  /not authorized to perform:? ([\w:]+)/.exec(messageOf(cause))?.[1] ??
  `to ${operation} of ${service}`

const sentences: Readonly<Record<AwsFaultKind, (cause: unknown, asked: Asked) => Sentences>> = {
  LoggedOut: () => ({
    what: "You are not logged in to AWS, or the login has expired.",
    mend:
      "Log in again, then run the command again: aws sso login for IAM Identity Center, aws " +
      "login for a user of the console, or new access keys. Only the first two need the AWS CLI."
  }),
  NoCredentials: () => ({
    what: "There are no AWS credentials, or there is no such profile.",
    mend:
      "Set AWS_PROFILE to a profile of ~/.aws/config, or set AWS_ACCESS_KEY_ID and " +
      "AWS_SECRET_ACCESS_KEY."
  }),
  UnknownCredentials: () => ({
    what: "AWS does not know these credentials, at least not in this region.",
    mend: "Check AWS_PROFILE, and whether the region is enabled in the account."
  }),
  Clock: () => ({
    what: "AWS refuses requests with a wrong time: this machine's clock is wrong.",
    mend: "Set the clock, then run the command again."
  }),
  NotReady: () => ({
    what: "This AWS account is not ready for the service.",
    mend: "Complete the account's registration in the console; a new account takes up to a day."
  }),
  Denied: (cause, asked) => ({
    what: `These credentials lack the permission ${actionOf(cause, asked)}.`,
    mend: "Use credentials that have this permission, or have it added."
  }),
  Quota: () => ({
    what: "AWS refuses because a quota of the account is used up.",
    mend: "Delete unused resources or ask Service Quotas for more, then run the command again."
  }),
  Throttled: () => ({
    what: "AWS refuses because the account asks too much at the moment.",
    mend: "Wait a minute, then run the command again."
  }),
  Unreachable: (cause, asked) => ({
    what: `Nothing answers at ${hostOf(cause, asked)}.`,
    mend: "The region lacks this service, or the network is down: try another region."
  }),
  Refused: (_, { operation, service }) => ({
    what: `${service} refused ${operation}.`,
    mend: "Mend what it says above, then run the command again."
  })
}

/** Classifies what a client throws; AWS's own words follow our sentence. */
export const faultOf = (cause: unknown, asked: Asked): AwsFault => {
  const code = nameOf(cause)
  const said = messageOf(cause)
  const kind = kindOf(code, said) ?? (isTransient(cause) ? "Unreachable" : "Refused")
  const { mend, what } = sentences[kind](cause, asked)
  const { operation, service } = asked
  const detail = `${service} ${operation}: ${code}: ${said.split("\n")[0]}`
  return new AwsFault({ kind, service, operation, code, what: `${what}\n  ${detail}`, mend })
}

/** Each service has another name for what does not exist. */
export const isAbsent = ({ code }: Pick<AwsFault, "code">): boolean =>
  /NotFound|NonExistent|DoesNotExist|NoSuch/.test(code)
