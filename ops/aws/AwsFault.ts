/** Failures of AWS, each with what is wrong and how to mend it. */
import * as Data from "effect/Data"
import { isTransient, nameOf } from "../../src/layers/aws/AwsFault.ts"
import { type AwsFaultKind, kindOf } from "./AwsFaultKind.ts"
import { deniedAction, sentencesOf } from "./sentences.ts"

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

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : "")

const hostOf = (cause: unknown, { region, service }: Asked): string => {
  const { address, hostname, port } = Object(cause)
  if (typeof hostname === "string") return hostname
  return typeof address === "string" ? `${address}:${port}` : `${service} in ${region}`
}

/** Classifies what a client throws; AWS's own words follow our sentence. */
export const faultOf = (cause: unknown, asked: Asked): AwsFault => {
  const code = nameOf(cause)
  const said = messageOf(cause)
  const kind = kindOf(code, said) ?? (isTransient(cause) ? "Unreachable" : "Refused")
  const { operation, service } = asked
  const action = deniedAction(said) ?? `${service} ${operation}`
  const { mend, what } = sentencesOf(kind, { action, host: hostOf(cause, asked) })
  const detail = `${service} ${operation}: ${code}: ${said.split("\n")[0]}`
  return new AwsFault({ kind, service, operation, code, what: `${what}\n  ${detail}`, mend })
}

/** Each service has another name for what does not exist. */
export const isAbsent = ({ code }: Pick<AwsFault, "code">): boolean =>
  /NotFound|NonExistent|DoesNotExist|NoSuch/.test(code)
