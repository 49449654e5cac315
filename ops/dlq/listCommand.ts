import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { progress } from "../../cli/progress.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { type DeadLetterMetadata, metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { countByReason, listText } from "./deadLetterText.ts"
import { dlq, openQueues } from "./dlq.ts"

const list = Effect.gen(function* () {
  const { json } = yield* dlq
  const deadLetters = yield* (yield* openQueues).deadLetters
  const now = yield* Clock.currentTimeMillis
  const looking = yield* look(deadLetters)
  const letters: Array<DeadLetterMetadata> = []
  const advance = progress("looked at", looking.expected)
  yield* Stream.runForEach(looking.batches, (batch) => {
    letters.push(...batch.map((letter) => metadataOf(letter, now)))
    return advance(letters.length)
  })
  const unseen = yield* looking.unseen
  yield* Console.log(
    json
      ? JSON.stringify({
          queue: deadLetters.name,
          total: letters.length,
          byReason: countByReason(letters),
          unseen,
          deadLetters: letters
        })
      : listText(letters, unseen)
  )
}).pipe(Effect.scoped, inOneLine)

export const listCommand = Command.make("list", {}, () => list).pipe(
  Command.withDescription(
    "Each dead letter: id, group, why it failed, receive count, age and size, and how many of " +
      "each reason. Nothing is consumed; no content is printed."
  ),
  Command.withShortDescription("each dead letter, and why it failed"),
  Command.withExamples([
    { command: "npm run ops -- dlq list", description: "on AWS" },
    { command: "npm run ops -- dlq list --local", description: "of npm start" },
    {
      command: "npm run -s ops -- dlq list --json | jq .byReason",
      description: "how many of each reason"
    }
  ])
)
