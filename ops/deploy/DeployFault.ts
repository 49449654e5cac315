import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { AwsFault } from "../aws/AwsFault.ts"

/** One sentence says what is wrong, another how to mend it. */
export class DeployFault extends Data.TaggedError("DeployFault")<{
  readonly what: string
  readonly mend: string
}> {
  override get message() {
    return `${this.what}\n${this.mend}`
  }
}

/** Each failure of a step says what is wrong and how to mend it. */
export type Fault = DeployFault | AwsFault

/** Decodes a tool's answer, and keeps it out of the error, because it may hold a secret. */
export const understand =
  <A>(schema: Schema.ConstraintDecoder<A>, command: string, mend: string) =>
  (answer: unknown) =>
    Effect.mapError(
      Schema.decodeUnknownEffect(schema)(answer),
      () => new DeployFault({ what: `This version cannot read what ${command} answered.`, mend })
    )

export const unreadableDefinitions = ({ message }: { readonly message: string }) =>
  new DeployFault({ what: message, mend: "Mend that file in infra/, then run the command again." })
