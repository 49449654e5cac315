import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Stdio from "effect/Stdio"
import { optionalText, toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { readGaps, writeGaps } from "../gaps/GapFile.ts"
import { fileOf, gapFlags } from "../gaps/gaps.ts"
import { gapsWithout } from "../gaps/gapsWithout.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { manual } from "../manual.ts"
import { selectionFlags, selectionOf, selectionText } from "./asked.ts"
import { type Erasure, eraseSelected, isComplete } from "./eraseSelected.ts"
import { foundIn, foundText } from "./found.ts"
import type { SessionTexts } from "./reportWithout.ts"
import type { Selection } from "./Selection.ts"

const flags = {
  ...selectionFlags,
  withText: toggle("with-text", "also print the questions that were found"),
  dryRun: toggle("dry-run", "count, and change nothing"),
  yes: toggle("yes", "erase without asking"),
  knowledge: gapFlags.knowledge,
  gaps: optionalText("gaps", "file of the gaps (default: gaps.jsonl beside the knowledge base)"),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

const confirm = Effect.fnUntraced(function* (what: string, yes: boolean) {
  if (yes) return
  const stdio = yield* Stdio.Stdio
  if (!(yield* stdio.stdinIsTerminal)) {
    return yield* refuse(`to erase ${what}, give --yes; to look first, give --dry-run`)
  }
  const message = `Erase ${what}, with dead letters and words in reports, for ever?`
  const isMeant = yield* Prompt.run(Prompt.Confirm({ message })).pipe(
    Effect.catch(() => Effect.succeed(false))
  )
  if (!isMeant) return yield* failWith("nothing was erased")
})

/** Runs first: an unreadable file ends the command before it has erased anything. */
const eraseFromGaps = Effect.fnUntraced(function* (
  { dryRun, gaps: file, knowledge }: Input,
  texts: SessionTexts
) {
  const opened = yield* readGaps(yield* fileOf({ file, knowledge }))
  const after = gapsWithout(opened.gaps, texts)
  if (!dryRun) yield* writeGaps(opened, after)
  return after.filter((gap, at) => gap !== opened.gaps[at]).length
})

const line = (condition: boolean, text: string): ReadonlyArray<string> => (condition ? [text] : [])

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const resultText = (erasure: Erasure, what: string, dryRun: boolean): string => {
  const { deadLetters, gaps, interactions, left, queued, reports, votes } = erasure
  const [rewritten, unreadable] = [reports.rewritten.join(", "), reports.unreadable.join(", ")]
  return [
    `${capital(what)}: ${plural(interactions, "interaction")}, ` +
      `${plural(votes, "vote")} and ${plural(deadLetters.erased, "dead letter")} ` +
      (dryRun ? "would be erased." : "erased, and looked for again."),
    ...line(
      rewritten !== "",
      `Its words ${dryRun ? "would be" : "were"} taken out of the reports of ${rewritten}.`
    ),
    ...line(
      gaps > 0,
      `Its words ${dryRun ? "would be" : "were"} taken out of ${plural(gaps, "gap")}; ` +
        "its file may have earlier versions elsewhere."
    ),
    ...line(left > 0, `${plural(left, "interaction")} came back or could not be deleted.`),
    ...line(unreadable !== "", `Look at the reports of ${unreadable}: another version made them.`),
    ...line(
      deadLetters.unseen > 0,
      `${plural(deadLetters.unseen, "dead letter was", "dead letters were")} not seen.`
    ),
    "Out of reach:",
    ...line(
      queued > 0,
      `  ${plural(queued, "event")} of any session on the way to the table: run it again once ` +
        "the queue is empty."
    ),
    ...line(
      deadLetters.undecided > 0,
      `  ${plural(deadLetters.undecided, "dead letter")} of an unknown request: see ops dlq list.`
    ),
    "  Sent e-mails, exported files, backups, a Worker's outbox, and caches of consoles elsewhere."
  ].join("\n")
}

const erase = Effect.fn("erase")(function* (
  installation: Installation,
  input: Input & { readonly selection: Selection }
) {
  const { dryRun, json, selection, withText, yes } = input
  const what = selectionText(selection)
  let found: ReturnType<typeof foundIn> | undefined
  let advance: ReturnType<typeof progress> | undefined
  const erasure = yield* eraseSelected(installation, {
    selection,
    dryRun,
    onFound: Effect.fnUntraced(function* (items) {
      if (selection.by !== "session" && json) found = foundIn(items, withText)
      if (selection.by !== "session" && !json) {
        yield* Console.log(yield* foundText(installation.table, items, withText))
      }
      if (!dryRun) yield* confirm(`${plural(items.length, "interaction")} of ${what}`, yes)
    }),
    eraseElsewhere: (texts) => eraseFromGaps(input, texts),
    onWait: (reports) =>
      Console.error(`waiting for the report of ${reports.join(", ")}, which is being made`),
    onDeleted: (count, of) => {
      advance ??= progress("deleted", of)
      return advance(count)
    }
  }).pipe(Effect.onInterrupt(() => Console.error("\nstopped: run it again to complete it")))
  yield* Console.log(
    json
      ? JSON.stringify({ ...selection, dryRun, found, ...erasure })
      : resultText(erasure, what, dryRun)
  )
  if (!dryRun && !isComplete(erasure)) {
    return yield* failWith(`not all of ${what} is erased: see above, and run it again`)
  }
})

const run = Effect.fnUntraced(function* (given: Input) {
  const selection = yield* inOneLine(selectionOf(given))
  return yield* onInstallation(erase)({ ...given, selection })
})

export const eraseCommand = Command.make("erase", flags, run).pipe(
  manual({
    short: "erase a session, or what a visitor can name",
    long:
      "Erases for ever the interactions of a session, of a request, of the questions that hold " +
      "some words, or of a time: with their votes, their dead letters, their words in the " +
      "owner's gaps, and their questions, answers and comments in frozen reports, whose numbers " +
      "stay. It empties the console's cache on this machine. All but --session list first what " +
      "they found, and the sessions that have more. It then looks again, and lists what it " +
      "cannot reach. Run it again to complete an interrupted erasure, or to erase what came later.",
    examples: {
      "erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --dry-run": "what it would erase",
      "erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --local --yes": "from npm start",
      'erase --question "my salary" --with-text': "what a visitor asked; it shows and asks first",
      "erase --from 2026-11-24T14:00 --to 2026-11-24T14:30": "all questions of half an hour"
    }
  })
)
