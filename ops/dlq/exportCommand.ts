import type { MessageAttributeValue } from "@aws-sdk/client-sqs"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { progress } from "../../cli/progress.ts"
import { plural } from "../../cli/wording.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { type DeadLetter, metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { unseenText } from "./deadLetterText.ts"
import { onDeadLetters } from "./dlq.ts"

const attributeOf = ({ BinaryValue, DataType, StringValue }: MessageAttributeValue) => ({
  DataType,
  ...(StringValue !== undefined && { StringValue }),
  ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue).toString("base64") })
})

const lineOf = (letter: DeadLetter, now: number): string =>
  `${JSON.stringify({
    ...metadataOf(letter, now),
    attributes: Object.fromEntries(
      Object.entries(letter.attributes).map(([name, value]) => [name, attributeOf(value)])
    ),
    body: letter.body
  })}\n`

/** Opens a new file that only its owner can read, and removes it if the export fails. */
const openFile = Effect.fn("File.open")(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const rejected = rejectedAs(file, "cannot be written")
  const opened = yield* files
    .open(file, { flag: "wx", mode: 0o600 })
    .pipe(
      Effect.mapError((error) =>
        error.reason._tag === "AlreadyExists"
          ? new FileRejected({ file, detail: "exists already, and is not overwritten" })
          : rejected(error)
      )
    )
  yield* Effect.addFinalizer((exit) =>
    exit._tag === "Success" ? Effect.void : Effect.ignore(files.remove(file))
  )
  return (text: string) =>
    Effect.mapError(opened.writeAll(new TextEncoder().encode(text)), rejected)
})

const exportAll = Effect.fn("dlq.export")(function* (
  installation: Installation,
  { file, json }: { readonly file: string; readonly json: boolean }
) {
  const queue = yield* installation.deadLetters
  const now = yield* Clock.currentTimeMillis
  const looking = yield* look(queue)
  const write = yield* openFile(file)
  const advance = progress("exported", looking.expected)
  let exported = 0
  yield* Stream.runForEach(looking.batches, (batch) => {
    exported += batch.length
    const lines = batch.map((letter) => lineOf(letter, now)).join("")
    return Effect.andThen(write(lines), advance(exported))
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
