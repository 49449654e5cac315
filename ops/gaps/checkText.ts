/** The result of a check in words, and in an exit code. */
import * as Effect from "effect/Effect"
import { failWith } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import type { Checked, CheckedGap, Fate } from "./checkGaps.ts"
import type { Gap } from "./Gap.ts"

const words: Readonly<Record<Fate, string>> = {
  answered: "answered",
  wavers: "wavers",
  missed: "MISSED",
  unsure: "UNKNOWN"
}

const detailOf = ({ fate, replies }: Checked): string => {
  if (fate === "wavers") return ` (only at try ${replies.length})`
  const last = replies.findLast((reply) => "detail" in reply)
  return fate === "unsure" && last !== undefined ? ` (${last.kind}: ${last.detail})` : ""
}

export const lineOf = ({ id }: Gap, checked: Checked): string =>
  harmless(
    `${words[checked.fate].padEnd(8)}  ${id}  ${checked.wording}${detailOf(checked)}`.replaceAll(
      /\s*\n\s*/g,
      " "
    )
  )

export const summaryOf = (done: ReadonlyArray<CheckedGap>) => {
  const fates = done.flatMap(({ checked }) => checked.map(({ fate }) => fate))
  const amount = (fate: Fate) => fates.filter((one) => one === fate).length
  return {
    gaps: done.length,
    wordings: fates.length,
    answered: amount("answered"),
    wavers: amount("wavers"),
    missed: amount("missed"),
    unsure: amount("unsure")
  }
}

/** Tells a bot that misses from one that fails, and from one that answers only sometimes. */
export const verdict = (
  { missed, unsure, wavers }: ReturnType<typeof summaryOf>,
  steady: boolean
) => {
  if (missed > 0) {
    return failWith(
      `missed: ${plural(missed, "wording")}, each in three tries; npm run ops -- gaps draft ID ` +
        "begins an answer"
    )
  }
  if (unsure > 0) {
    return failWith(
      `the bot failed, was away or refused: ${plural(unsure, "wording")} unknown; run this ` +
        "again once it answers at this address, or give --body if it wants to be asked otherwise",
      3
    )
  }
  return wavers > 0 && steady
    ? failWith(`answered only sometimes: ${plural(wavers, "wording")}`, 4)
    : Effect.void
}
