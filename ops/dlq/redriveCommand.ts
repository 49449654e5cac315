import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { optionalText, toggle } from "../../cli/flags.ts"
import { progress } from "../../cli/progress.ts"
import { plural } from "../../cli/wording.ts"
import { orSay } from "../halfway.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { reasons } from "./DeadLetter.ts"
import { unseenText } from "./deadLetterText.ts"
import { onDeadLetters } from "./dlq.ts"
import { type Choice, type Redriven, redrive } from "./redrive.ts"

const resultText = (counts: Redriven, queue: string, dryRun: boolean): string => {
  const { notChosen, redriven, undecodable, unseen } = counts
  const left = [
    ...(undecodable > 0 ? [`${undecodable} undecodable (--force redrives them too)`] : []),
    ...(notChosen > 0 ? [`${notChosen} not chosen`] : [])
  ]
  return (
    `${plural(redriven, "message")} ${dryRun ? "would be put" : "put"} back on ${queue}.` +
    (left.length > 0 ? `\nLeft in the dead-letter queue: ${left.join(", ")}.` : "") +
    unseenText(unseen)
  )
}

const run = Effect.fn("dlq.redrive")(function* (
  installation: Installation,
  choice: Choice & { readonly json: boolean }
) {
  const { dryRun, json } = choice
  const [queue, deadLetters] = yield* Effect.all([installation.queue, installation.deadLetters])
  let soFar = 0
  let advance: ReturnType<typeof progress> | undefined
  const onProgress = (counts: Redriven, expected: number) => {
    soFar = dryRun ? 0 : counts.redriven
    advance ??= progress(dryRun ? "looked at" : "done", expected)
    return advance(counts.redriven + counts.undecodable + counts.notChosen)
  }
  const counts = yield* redrive({ queue, deadLetters }, choice, onProgress).pipe(
    orSay(() => `${plural(soFar, "message")} put back before: run it again`)
  )
  const names = { queue: queue.name, deadLetters: deadLetters.name }
  yield* Console.log(
    json ? JSON.stringify({ ...names, dryRun, ...counts }) : resultText(counts, queue.name, dryRun)
  )
})

const flags = {
  group: optionalText("group", "only this message group, which is a request id"),
  reason: Flag.Literals("reason", reasons).pipe(
    Flag.withDescription("only messages that failed for this reason"),
    Flag.optional
  ),
  force: toggle("force", "also undecodable messages, once a newer processor can decode them"),
  dryRun: toggle("dry-run", "count, and change nothing")
}

export const redriveCommand = Command.make("redrive", flags, ({ group, reason, ...given }) =>
  onDeadLetters((installation, { json }) =>
    run(installation, {
      ...given,
      json,
      group: Option.getOrUndefined(group),
      reason: Option.getOrUndefined(reason)
    })
  )
).pipe(
  manual({
    short: "put dead letters back on the main queue",
    long:
      "Puts dead letters back on the main queue, under their group and in its order. It sends " +
      "each message before it deletes it, so the same command again completes an interrupted " +
      "redrive. Undecodable messages stay, unless you give --force.",
    examples: {
      "dlq redrive --dry-run": "how many messages it would put back",
      "dlq redrive": "all that decode",
      "dlq redrive --group 0b5c9f5e-2c43-4d0f-8f8e-3f4f8a3c9d10": "those of one request",
      "dlq redrive --reason unknown_version --force": "after deploying a processor that knows it"
    }
  })
)
