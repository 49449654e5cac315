import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Stdio from "effect/Stdio"
import { optionalText, toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { failWith, refuse } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { readGaps, writeGaps } from "../gaps/GapFile.ts"
import { fileOf, gapFlags } from "../gaps/gaps.ts"
import { gapsWithout } from "../gaps/gapsWithout.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { manual } from "../manual.ts"
import { type Erasure, eraseSession, isComplete } from "./eraseSession.ts"
import type { SessionTexts } from "./reportWithout.ts"

const flags = {
  session: Flag.String("session").pipe(
    Flag.withDescription("session id, as ops export prints it"),
    Flag.withSchema(SessionId)
  ),
  dryRun: toggle("dry-run", "count, and change nothing"),
  yes: toggle("yes", "erase without asking"),
  knowledge: gapFlags.knowledge,
  gaps: optionalText("gaps", "file of the gaps (default: gaps.jsonl beside the knowledge base)"),
  ...installationFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

const confirm = Effect.fnUntraced(function* ({ session, yes }: Input, interactions: number) {
  if (yes) return
  const what = `${plural(interactions, "interaction")} of session ${harmless(session)}`
  const stdio = yield* Stdio.Stdio
  if (!(yield* stdio.stdinIsTerminal)) {
    return yield* refuse(`to erase ${what}, give --yes; to look first, give --dry-run`)
  }
  const message = `Erase ${what}, its dead letters, and its words in reports for ever?`
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

const resultText = (erasure: Erasure, { dryRun, session }: Input): string => {
  const { deadLetters, gaps, interactions, left, queued, reports, votes } = erasure
  const [rewritten, unreadable] = [reports.rewritten.join(", "), reports.unreadable.join(", ")]
  return [
    `Session ${harmless(session)}: ${plural(interactions, "interaction")}, ` +
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
      `  ${plural(deadLetters.undecided, "dead letter")} without a known session: see ops dlq list.`
    ),
    "  Sent e-mails, exported files, backups, a Worker's outbox, and caches of consoles elsewhere."
  ].join("\n")
}

const run = Effect.fn("erase")(function* (installation: Installation, input: Input) {
  const { dryRun, json, session } = input
  let advance: ReturnType<typeof progress> | undefined
  const erasure = yield* eraseSession(installation, {
    session,
    dryRun,
    confirm: (interactions) => confirm(input, interactions),
    eraseElsewhere: (texts) => eraseFromGaps(input, texts),
    onWait: (reports) =>
      Console.error(`waiting for the report of ${reports.join(", ")}, which is being made`),
    onDeleted: (count, of) => {
      advance ??= progress("deleted", of)
      return advance(count)
    }
  }).pipe(Effect.onInterrupt(() => Console.error("\nstopped: run it again to complete it")))
  yield* Console.log(
    json ? JSON.stringify({ session, dryRun, ...erasure }) : resultText(erasure, input)
  )
  if (!dryRun && !isComplete(erasure)) {
    return yield* failWith(
      `not all of session ${harmless(session)} is erased: see above, and run it again`
    )
  }
})

export const eraseCommand = Command.make("erase", flags, onInstallation(run)).pipe(
  manual({
    short: "erase all that is stored of a session",
    long:
      "Erases a session for ever: its interactions and their votes, its dead letters, and its " +
      "questions, their answers and comments in frozen reports, whose numbers stay, and in the " +
      "owner's gaps. " +
      "It empties the console's cache on this machine. " +
      "It then looks again, and lists what " +
      "it cannot reach. Run it again to complete an interrupted erasure, or to erase what came " +
      "later.",
    examples: {
      "erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --dry-run": "what it would erase",
      "erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --local --yes": "from npm start"
    }
  })
)
