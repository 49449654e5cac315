import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { optionalText, toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { textTable } from "../../cli/table.ts"
import { harmless, plural } from "../../cli/wording.ts"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import { manual } from "../manual.ts"
import { definitionsOf } from "../Place.ts"
import { zoneOf } from "../report/report.ts"
import { systemOf } from "../report/System.ts"
import { settings } from "../report/settings.ts"
import { type CurrentGaps, currentGaps, type GapView } from "./currentGaps.ts"
import { GapState } from "./Gap.ts"
import { writeGaps } from "./GapFile.ts"
import { fileOf, gaps } from "./gaps.ts"
import { readAskedAt, readAskedIn } from "./readAsked.ts"

const flags = {
  from: optionalText("from", "an export with texts, in place of a table"),
  stored: toggle("stored", "print the file alone, and read no questions"),
  zone: settings.zone,
  dryRun: toggle("dry-run", "print, and leave the file as it is")
}
type Input = Command.Command.Config.Infer<typeof flags>

/** Longer names do not fit a line. */
const nameLengthMax = 60

const rowOf = ({ asked, id, missed, name, state, why }: GapView): ReadonlyArray<string> => {
  const words = [...name]
  const short = words.length > nameLengthMax ? `${words.slice(0, nameLengthMax).join("")}…` : name
  const reason = why === undefined ? "" : ` (${why})`
  return [id, state, String(asked), String(missed), harmless(`${short}${reason}`)].map((cell) =>
    cell.replaceAll(/\s+/g, " ")
  )
}

/** `3 gaps: 2 open, 1 ignored` */
export const stateCounts = (states: ReadonlyArray<GapState>): string => {
  const parts = GapState.literals.flatMap((state) => {
    const amount = states.filter((one) => one === state).length
    return amount === 0 ? [] : [`${amount} ${state}`]
  })
  return [plural(states.length, "gap"), parts.join(", ")].filter((part) => part !== "").join(": ")
}

const columns = ["ID", "STATE", "ASKED", "MISSED", "QUESTION"]

const textOf = ({ opened, source, views }: CurrentGaps): string => {
  const rows = [columns, ...views.map(rowOf)]
  // the counts are unknown where no question was read
  const shown = source === undefined ? rows.map((row) => row.toSpliced(2, 2)) : rows
  return [
    ...(views.length === 0 ? [] : [textTable(shown), ""]),
    `${stateCounts(views.map(({ state }) => state))}, in ${opened.file} ` +
      `(${source ?? "no questions were read"}).`
  ].join("\n")
}

/** The gaps of the file with what the given place holds. */
const read = Effect.fnUntraced(function* ({ from, stored, zone }: Input) {
  const given = yield* gaps
  const file = yield* fileOf(given)
  if (stored) return yield* currentGaps(file)
  if (Option.isSome(from)) {
    if (given.local) return yield* refuse("--from and --local exclude each other")
    const siteZone = zoneOf({ zone }, yield* definitionsOf(given))
    return yield* currentGaps(file, readAskedIn(from.value, siteZone)).pipe(
      Effect.provide(MeaningStatic.layer)
    )
  }
  const system = yield* systemOf(given)
  const asked = readAskedAt(system.name, zoneOf({ zone }, yield* definitionsOf(given)))
  return yield* currentGaps(file, system.clearly(Effect.provide(asked, system.numbers)))
})

const run = Effect.fn("gaps.list")(function* (input: Input) {
  const { json } = yield* gaps
  const current = yield* read(input)
  if (!input.dryRun) yield* writeGaps(current.opened, current.gaps)
  const { opened, source, views } = current
  yield* Console.log(
    json ? harmless(JSON.stringify({ file: opened.file, source, gaps: views })) : textOf(current)
  )
}, inOneLine)

export const listCommand = Command.make("list", flags, run).pipe(
  manual({
    short: "print the gaps, with what was asked since",
    long:
      "Reads the questions since the last whole week began, or an export with texts, and merges " +
      "the groups that were missed into the file of the gaps. A gap is known again by its " +
      "wordings. An answered gap is closed once it was asked again and not missed, and back once " +
      "it was missed.",
    examples: {
      "gaps list --local": "of npm start",
      "gaps list --from interactions.jsonl": "of an export with texts",
      "gaps list --stored": "without reading any question"
    }
  })
)
