import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stdio from "effect/Stdio"
import { optionalText, toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { failWith, refuse } from "../../cli/runCommandLine.ts"
import { harmless, plural } from "../../cli/wording.ts"
import { orSay } from "../halfway.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { unseenText } from "./deadLetterText.ts"
import { type Choice, type Chosen, countChosen, deleteLetters } from "./deleteLetters.ts"
import { onDeadLetters } from "./dlq.ts"

const input = {
  ids: Argument.String("id").pipe(
    Argument.withDescription("message ids, as ops dlq list prints them"),
    Argument.variadic()
  ),
  undecodable: toggle("undecodable", "every dead letter that holds no event"),
  file: optionalText("file", "a new file that keeps them; it will hold questions and answers"),
  dryRun: toggle("dry-run", "count, and change nothing"),
  yes: toggle("yes", "delete without asking")
}
type Input = Command.Command.Config.Infer<typeof input> & { readonly json: boolean }

const choiceOf = Effect.fnUntraced(function* ({ ids, undecodable }: Input) {
  if (undecodable === ids.length > 0) {
    return yield* refuse("give the ids of dead letters, or --undecodable")
  }
  return undecodable ? ("undecodable" as const) : { ids: new Set(ids) }
})

const othersText = ({ others, unseen }: Chosen): string =>
  (others > 0 ? `\nLeft in the dead-letter queue: ${others}.` : "") + unseenText(unseen)

const confirm = Effect.fnUntraced(function* (letters: string, yes: boolean) {
  if (yes) return
  const stdio = yield* Stdio.Stdio
  if (!(yield* stdio.stdinIsTerminal)) {
    return yield* refuse(`to delete ${letters}, give --yes; to look first, give --dry-run`)
  }
  const message = `Delete ${letters} from the queue for ever? Type delete to go on:`
  const typed = yield* Prompt.run(Prompt.String({ message })).pipe(
    Effect.catch(() => Effect.succeed(""))
  )
  if (typed.trim() !== "delete") return yield* failWith("nothing was deleted")
})

const run = Effect.fnUntraced(function* (installation: Installation, given: Input) {
  const { dryRun, json, yes } = given
  const choice: Choice = yield* choiceOf(given)
  const file = Option.getOrUndefined(given.file)
  if (!dryRun && file === undefined) {
    return yield* refuse("give --file: a new file that keeps what is deleted")
  }
  const queue = yield* installation.deadLetters
  const before = yield* countChosen(queue, choice)
  const print = Effect.fnUntraced(function* (counts: Chosen) {
    const what = plural(counts.chosen, "dead letter")
    const done =
      dryRun || file === undefined || counts.chosen === 0
        ? `${what} would be deleted.`
        : `${what} deleted, and kept in ${file}.`
    yield* Console.log(
      json
        ? JSON.stringify({ queue: queue.name, dryRun, file, ...counts })
        : done + othersText(counts)
    )
    if (counts.missing.length > 0) {
      return yield* failWith(`there is no dead letter ${counts.missing.map(harmless).join(", ")}`)
    }
  })
  if (dryRun || file === undefined || before.chosen === 0) return yield* print(before)
  yield* confirm(plural(before.chosen, "dead letter"), yes)
  let soFar = 0
  const advance = progress("deleted", before.chosen)
  const onDeleted = (count: number) => {
    soFar = count
    return advance(count)
  }
  const after = yield* deleteLetters(queue, choice, { file, onDeleted }).pipe(
    orSay(() => `${plural(soFar, "dead letter")} deleted before, and kept in ${file}`)
  )
  yield* print(after)
})

export const deleteCommand = Command.make("delete", input, (given) =>
  onDeadLetters((installation, { json }) => run(installation, { ...given, json }))
).pipe(
  manual({
    short: "put dead letters away for ever",
    long:
      "Deletes dead letters that nobody will redrive, so that nothing counts them any more. It " +
      "writes each one to a new file before it deletes it, and asks first. The file has the " +
      "form of ops dlq export.",
    examples: {
      "dlq delete --undecodable --dry-run": "how many hold no event",
      "dlq delete --undecodable --file gone.jsonl": "after typing the word delete",
      "dlq delete 6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11 --file gone.jsonl --yes": "one, unasked"
    }
  })
)
