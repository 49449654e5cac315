import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { progress } from "../../cli/progress.ts"
import { plural } from "../../cli/wording.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { look } from "./DeadLetters.ts"
import { unseenText } from "./deadLetterText.ts"
import { onDeadLetters } from "./dlq.ts"
import { openLettersFile } from "./LettersFile.ts"

const exportAll = Effect.fn("dlq.export")(function* (
  installation: Installation,
  { file, json }: { readonly file: string; readonly json: boolean }
) {
  const queue = yield* installation.deadLetters
  const now = yield* Clock.currentTimeMillis
  const looking = yield* look(queue)
  const { write } = yield* openLettersFile(file)
  const advance = progress("exported", looking.expected)
  let exported = 0
  yield* Stream.runForEach(looking.batches, (batch) => {
    exported += batch.length
    return Effect.andThen(write(batch, now), advance(exported))
  })
  const unseen = yield* looking.unseen
  yield* Console.log(
    json
      ? JSON.stringify({ queue: queue.name, file, exported, unseen })
      : `${plural(exported, "dead letter")} in ${file}.${unseenText(unseen)}`
  )
})

const flags = {
  file: Flag.String("file").pipe(
    Flag.withDescription("a new file; it will hold questions and answers"),
    Flag.withSchema(Schema.NonEmptyString)
  )
}

export const exportCommand = Command.make("export", flags, ({ file }) =>
  onDeadLetters((installation, { json }) => exportAll(installation, { file, json }))
).pipe(
  manual({
    short: "write dead letters and their bodies to a file",
    long:
      "Writes every dead letter to a new file, one JSON object a line: its metadata, why it " +
      "failed, and its body. The file holds content, so only its owner can read it. The command " +
      "consumes no message and prints only counts.",
    examples: {
      "dlq export --file dead-letters.jsonl": "the dead letters on AWS",
      "dlq export --local --file /tmp/dead-letters.jsonl": "those of npm start"
    }
  })
)
