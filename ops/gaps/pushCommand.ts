import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import type { GapMark } from "../../src/schema/report/GapMark.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { manual } from "../manual.ts"
import { systemOf } from "../report/System.ts"
import { type Gap, hashOf } from "./Gap.ts"
import { gaps, openGaps } from "./gaps.ts"
import { stateCounts } from "./listCommand.ts"

/** A gap that is back was answered, and the mail says so until a check passes again. */
const stateOf = ({ state }: Gap): GapMark["state"] | undefined => {
  if (state === "ignored" || state === "closed") return state
  return state === "answered" || state === "back" ? "answered" : undefined
}

const markOf = (gap: Gap): ReadonlyArray<GapMark> => {
  const state = stateOf(gap)
  const since = state === "ignored" ? gap.since : gap.answered?.at
  if (state === undefined || since === undefined) return []
  const wordings = gap.wordings.toSorted((one, other) => other.last - one.last).map(hashOf)
  return [{ id: gap.id, state, since, wordings }]
}

const run = Effect.fn("gaps.push")(function* () {
  const given = yield* gaps
  const { gaps: known } = yield* openGaps
  const marks = known.flatMap(markOf).sort((one, other) => other.since - one.since)
  const system = yield* systemOf(given)
  const left = yield* ReportLedger.use(({ keepGaps }) => keepGaps(marks)).pipe(
    Effect.provide(system.numbers),
    system.clearly
  )
  const more =
    left === 0 ? "" : ` ${plural(left, "older one")} found no room in the ledger's one item.`
  yield* Console.log(
    given.json
      ? JSON.stringify({ pushed: marks.length - left, left, place: system.name })
      : marks.length === 0
        ? `No gap is answered or ignored yet, and ${system.name} knows it.`
        : `${stateCounts(marks.map(({ state }) => state))}, pushed to ${system.name}. ` +
          `The next mail tells them apart.${more}`
  )
}, inOneLine)

export const pushCommand = Command.make("push", {}, run).pipe(
  manual({
    short: "tell the weekly e-mail which gaps are answered or ignored",
    long:
      "Puts the ids of all answered and ignored gaps, and hashes of their wordings, into one " +
      "item of the table. The next e-mail leaves ignored gaps out, and says which answered ones " +
      "are closed, back again, or not asked since.",
    examples: { "gaps push --local": "npm start", "gaps push --region eu-west-1": "AWS" }
  })
)
