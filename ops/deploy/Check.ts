import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { Fault } from "./DeployFault.ts"

/** The result of examining one precondition, or one deployed thing. */
export type Check = Data.TaggedEnum<{
  Good: { readonly subject: string; readonly text: string }
  Bad: { readonly subject: string; readonly what: string; readonly mend: string }
  /** It could not be examined, because something else is missing. */
  Unseen: { readonly subject: string; readonly why: string }
}>
export const Check = Data.taggedEnum<Check>()

export const badOf = (subject: string, { mend, what }: Fault): Check =>
  Check.Bad({ subject, what, mend })

/** A check that fails is a finding, so the others still run. */
export const orBad = <R>(subject: string, check: Effect.Effect<Check, Fault, R>) =>
  Effect.catch(check, (fault) => Effect.succeed(badOf(subject, fault)))

const indented = (text: string): string => text.replaceAll("\n", "\n        ")

const line = Check.$match({
  Good: ({ subject, text }) => `  ok    ${subject}: ${text}`,
  Bad: ({ mend, subject, what }) =>
    `  BAD   ${subject}: ${indented(what)}\n        -> ${indented(mend)}`,
  Unseen: ({ subject, why }) => `  ?     ${subject}: ${why}`
})

export const checksText = (checks: ReadonlyArray<Check>): string => checks.map(line).join("\n")

export const isBad = Check.$is("Bad")
export const isGood = Check.$is("Good")
