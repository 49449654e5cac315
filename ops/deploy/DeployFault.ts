import * as Data from "effect/Data"

/** What is in the way, in one sentence, and what mends it, in another. */
export class DeployFault extends Data.TaggedError("DeployFault")<{
  readonly what: string
  readonly mend: string
  /** AWS's own name of it, where it has one: `NotFoundException`. */
  readonly code?: string
}> {
  override get message() {
    return `${this.what}\n${this.mend}`
  }
}
