import * as Data from "effect/Data"

/** Why a row is no history; says nothing of what the row says. */
export class RowRejected extends Data.TaggedError("RowRejected")<{
  readonly reason: "malformed" | "expired" | "without_text" | "too_large"
  readonly detail: string
}> {
  override get message() {
    return this.detail
  }
}
