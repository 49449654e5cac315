import type { MessageAttributeValue } from "@aws-sdk/client-sqs"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Stream from "effect/Stream"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { progress } from "../../cli/progress.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { type DeadLetter, metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { unseenText } from "./deadLetterText.ts"
import { dlq, openQueues } from "./dlq.ts"

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

/** A new file that only its owner reads, and that goes again when it could not be completed. */
const openFile = Effect.fnUntraced(function* (file: string) {
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

const exportAll = Effect.fnUntraced(
  function* ({ file }: { readonly file: string }) {
    const { json } = yield* dlq
    const deadLetters = yield* (yield* openQueues).deadLetters
    const now = yield* Clock.currentTimeMillis
    const looking = yield* look(deadLetters)
    const write = yield* openFile(file)
    const advance = progress("exported", looking.expected)
    let exported = 0
    yield* Stream.runForEach(looking.batches, (batch) => {
      exported += batch.length
      return Effect.andThen(
        write(batch.map((letter) => lineOf(letter, now)).join("")),
        advance(exported)
      )
    })
    const unseen = yield* looking.unseen
    yield* Console.log(
      json
        ? JSON.stringify({ queue: deadLetters.name, file, exported, unseen })
        : `${plural(exported, "dead letter")} in ${file}.${unseenText(unseen)}`
    )
  },
  Effect.scoped,
  inOneLine
)

export const exportCommand = Command.make(
  "export",
  {
    file: Flag.String("file").pipe(
      Flag.withDescription("a new file; it will hold what visitors wrote and were answered")
    )
  },
  exportAll
).pipe(
  Command.withDescription(
    "Writes every dead letter to a new file, one JSON object a line: its metadata, why it " +
      "failed, and its body. Bodies are the purpose, so the file holds content: only its owner " +
      "can read it. Nothing is consumed; only the counts are printed."
  ),
  Command.withShortDescription("every dead letter with its body, to a file"),
  Command.withExamples([
    { command: "npm run ops -- dlq export --file dead-letters.jsonl", description: "all of AWS" },
    {
      command: "npm run ops -- dlq export --local --file /tmp/dead-letters.jsonl",
      description: "all of npm start"
    }
  ])
)
