import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Prompt from "effect/cli/Prompt"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Stdio from "effect/Stdio"
import { toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { type Installation, onInstallation } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"
import { type Erasure, eraseSession, isComplete } from "./eraseSession.ts"

interface Input extends InstallationFlags {
  readonly session: SessionId
  readonly dryRun: boolean
  readonly yes: boolean
}

/** Nothing was erased, because nobody said that it should be. */
class NotConfirmed extends Data.TaggedError("NotConfirmed") {
  override readonly message = "nothing was erased"
}

class ErasureIncomplete extends Data.TaggedError("ErasureIncomplete")<{
  readonly session: string
}> {
  override get message() {
    return `not all of session ${harmless(this.session)} could be erased: see above, run it again`
  }
}

const confirm = Effect.fnUntraced(function* ({ session, yes }: Input, interactions: number) {
  if (yes) return
  const what = `${plural(interactions, "interaction")} of session ${harmless(session)}`
  const stdio = yield* Stdio.Stdio
  if (!(yield* stdio.stdinIsTerminal)) {
    return yield* refuse(`${what} would be erased: give --yes to do it, or --dry-run to look`)
  }
  const message = `Erase ${what}, its dead letters and its words in reports, for ever?`
  const isMeant = yield* Prompt.run(Prompt.Confirm({ message })).pipe(
    Effect.catch(() => Effect.succeed(false))
  )
  if (!isMeant) return yield* new NotConfirmed()
})

const line = (condition: boolean, text: string): ReadonlyArray<string> => (condition ? [text] : [])

const resultText = (erasure: Erasure, { dryRun, session }: Input): string => {
  const { deadLetters, interactions, left, queued, reports } = erasure
  const [would, gone] = dryRun ? ["would be ", "in a dry run"] : ["", "and looked for again"]
  const words = reports.rewritten.join(", ")
  return [
    `Session ${harmless(session)}: ${plural(interactions, "interaction")} and ` +
      `${plural(deadLetters.erased, "dead letter")} ${would}erased, ${gone}.`,
    ...line(
      words !== "",
      `Its questions ${dryRun ? "would be" : "were"} taken out of the reports of ${words}.`
    ),
    ...line(left > 0, `${plural(left, "interaction")} came back or could not be deleted.`),
    ...line(
      reports.unreadable.length > 0,
      `The reports of ${reports.unreadable.join(", ")} are of another version: look at them.`
    ),
    ...line(
      deadLetters.unseen > 0,
      `${plural(deadLetters.unseen, "dead letter was", "dead letters were")} not seen.`
    ),
    "Out of reach:",
    ...line(
      queued > 0,
      `  ${plural(queued, "event")} of anybody on the way to the table: once the queue is empty, ` +
        "run it again."
    ),
    ...line(
      deadLetters.undecided > 0,
      `  ${plural(deadLetters.undecided, "dead letter")} of no known session: see ops dlq list.`
    ),
    "  E-mails that were sent, files that were exported, backups, and a Worker's outbox."
  ].join("\n")
}

const run = Effect.fnUntraced(function* (installation: Installation, input: Input) {
  const { dryRun, json, session } = input
  let advance: ReturnType<typeof progress> | undefined
  const erasure = yield* eraseSession(installation, {
    session,
    dryRun,
    confirm: (interactions) => confirm(input, interactions),
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
  if (!dryRun && !isComplete(erasure)) return yield* new ErasureIncomplete({ session })
})

const flags = {
  session: Flag.String("session").pipe(
    Flag.withDescription("the session id, as export prints it"),
    Flag.withSchema(SessionId)
  ),
  dryRun: toggle("dry-run", "say what would be erased, and change nothing"),
  yes: toggle("yes", "do it without asking"),
  ...installationFlags
}

export const eraseCommand = Command.make("erase", flags, (given) =>
  onInstallation(given, (installation) => run(installation, given))
).pipe(
  Command.withDescription(
    "Erases a session for ever: its interactions, its messages in the dead-letter queue, and its " +
      "questions where a frozen report quotes them (the report's numbers stay). It then looks " +
      "again, and says what it cannot reach. Run again it completes what was interrupted, or " +
      "erases what came since."
  ),
  Command.withShortDescription("all that is stored of one session"),
  Command.withExamples([
    {
      command: "npm run ops -- erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --dry-run",
      description: "what there is of it"
    },
    {
      command: "npm run ops -- erase --session 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10 --local --yes",
      description: "gone from npm start"
    }
  ])
)
