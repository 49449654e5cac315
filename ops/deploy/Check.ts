import * as Data from "effect/Data"
import type { DeployFault } from "./DeployFault.ts"

/** What looking at one precondition, or at one thing deployed, came to. */
export type Check = Data.TaggedEnum<{
  Good: { readonly subject: string; readonly text: string }
  Bad: { readonly subject: string; readonly what: string; readonly mend: string }
  /** It could not be looked at, because something else is missing. */
  Unseen: { readonly subject: string; readonly why: string }
}>
export const Check = Data.taggedEnum<Check>()

export const badOf = (subject: string, { mend, what }: DeployFault): Check =>
  Check.Bad({ subject, what, mend })

const indented = (text: string): string => text.replaceAll("\n", "\n        ")

const line = Check.$match({
  Good: ({ subject, text }) => `  ok    ${subject}: ${text}`,
  Bad: ({ mend, subject, what }) =>
    `  BAD   ${subject}: ${indented(what)}\n        -> ${indented(mend)}`,
  Unseen: ({ subject, why }) => `  ?     ${subject}: ${why}`
})

export const checksText = (checks: ReadonlyArray<Check>): string => checks.map(line).join("\n")

export const isBad = Check.$is("Bad")
