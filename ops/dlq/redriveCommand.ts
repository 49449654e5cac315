import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { reasons } from "./DeadLetter.ts"
import { unseenText } from "./deadLetterText.ts"
import { dlq, openQueues } from "./dlq.ts"
import { type Choice, type Redriven, redrive } from "./redrive.ts"

class RedriveInterrupted extends Data.TaggedError("RedriveInterrupted")<{
  readonly putBack: number
  readonly detail: string
}> {
  override get message() {
    return `${this.detail}; ${plural(this.putBack, "message")} put back before, run it again`
  }
}

const resultText = (counts: Redriven, queue: string, dryRun: boolean): string => {
  const done = dryRun ? "would be put back" : "put back"
  const undecodable =
    counts.undecodable === 0
      ? ""
      : `\n${counts.undecodable} left, for they do not decode and would only come back ` +
        "(--force puts them back all the same)."
  const notChosen = counts.notChosen === 0 ? "" : `\n${counts.notChosen} left, not asked for.`
  return (
    `${plural(counts.putBack, "message")} ${done} on ${queue}.` +
    `${undecodable}${notChosen}${unseenText(counts.unseen)}`
  )
}

const run = Effect.fnUntraced(
  function* (choice: Choice) {
    const { json } = yield* dlq
    const open = yield* openQueues
    const [queue, deadLetters] = yield* Effect.all([open.queue, open.deadLetters])
    let soFar = 0
    let advance: ReturnType<typeof progress> | undefined
    const onProgress = (counts: Redriven, expected: number) => {
      soFar = choice.dryRun ? 0 : counts.putBack
      advance ??= progress(choice.dryRun ? "looked at" : "done", expected)
      return advance(counts.putBack + counts.undecodable + counts.notChosen)
    }
    const counts = yield* redrive({ queue, deadLetters }, choice, onProgress).pipe(
      Effect.mapError(({ message }) => new RedriveInterrupted({ putBack: soFar, detail: message })),
      Effect.onInterrupt(() =>
        Console.error(`stopped; ${plural(soFar, "message")} put back before, run it again`)
      )
    )
    const names = { queue: queue.name, deadLetters: deadLetters.name }
    yield* Console.log(
      json
        ? JSON.stringify({ ...names, dryRun: choice.dryRun, ...counts })
        : resultText(counts, queue.name, choice.dryRun)
    )
  },
  Effect.scoped,
  inOneLine
)

const flags = {
  group: Flag.String("group").pipe(
    Flag.withDescription("only this message group, which is a request id"),
    Flag.optional
  ),
  reason: Flag.Literals("reason", reasons).pipe(
    Flag.withDescription("only those that failed for this reason"),
    Flag.optional
  ),
  force: toggle(
    "force",
    "also those that do not decode, and come back unless a newer processor is deployed"
  ),
  dryRun: toggle("dry-run", "say what would be done, and do nothing")
}

export const redriveCommand = Command.make("redrive", flags, ({ dryRun, force, group, reason }) =>
  run({
    dryRun,
    force,
    ...(Option.isSome(group) && { group: group.value }),
    ...(Option.isSome(reason) && { reason: reason.value })
  })
).pipe(
  Command.withDescription(
    "Puts dead letters back on the main queue, under their own group and in its order. Each is " +
      "sent first and then deleted, so an interrupted redrive is completed by running it again. " +
      "Messages that do not decode stay, unless --force."
  ),
  Command.withShortDescription("put dead letters back on the main queue"),
  Command.withExamples([
    { command: "npm run ops -- dlq redrive --dry-run", description: "how many it would be" },
    { command: "npm run ops -- dlq redrive", description: "all that decode" },
    {
      command: "npm run ops -- dlq redrive --group 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10",
      description: "one request"
    },
    {
      command: "npm run ops -- dlq redrive --reason unknown_version --force",
      description: "after a processor that knows the version was deployed"
    }
  ])
)
