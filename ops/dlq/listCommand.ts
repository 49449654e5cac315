import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { progress } from "../../cli/progress.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { type DeadLetterMetadata, metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { countByReason, listText } from "./deadLetterText.ts"
import { onDeadLetters } from "./dlq.ts"

const list = Effect.fn("dlq.list")(function* (
  installation: Installation,
  { json }: { readonly json: boolean }
) {
  const queue = yield* installation.deadLetters
  const now = yield* Clock.currentTimeMillis
  const looking = yield* look(queue)
  const letters: Array<DeadLetterMetadata> = []
  const advance = progress("looked at", looking.expected)
  yield* Stream.runForEach(looking.batches, (batch) => {
    letters.push(...batch.map((letter) => metadataOf(letter, now)))
    return advance(letters.length)
  })
  const unseen = yield* looking.unseen
  const [total, byReason] = [letters.length, countByReason(letters)]
  yield* Console.log(
    json
      ? JSON.stringify({ queue: queue.name, total, byReason, unseen, deadLetters: letters })
      : listText(letters, unseen)
  )
})

export const listCommand = Command.make("list", {}, () => onDeadLetters(list)).pipe(
  manual({
    short: "list dead letters and why they failed",
    long:
      "Prints the id, group, reason, receive count, age and size of each dead letter, and the " +
      "total of each reason. It consumes no message and prints no content.",
    examples: {
      "dlq list": "on AWS",
      "dlq list --local": "the dead letters of npm start",
      "dlq list --json | jq .byReason": "how many failed for each reason"
    }
  })
)
