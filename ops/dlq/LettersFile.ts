/** A file of dead letters and their bodies, one JSON object a line, which only its owner reads. */
import type { MessageAttributeValue } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { type DeadLetter, metadataOf } from "./DeadLetter.ts"

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

/**
 * Opens a new file, and removes it if the scope fails, unless it was `kept`. What `write` has
 * written is on the disk.
 */
export const openLettersFile = Effect.fn("LettersFile.open")(function* (file: string) {
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
  let isKept = false
  yield* Effect.addFinalizer((exit) =>
    exit._tag === "Success" || isKept ? Effect.void : Effect.ignore(files.remove(file))
  )
  return {
    write: (letters: ReadonlyArray<DeadLetter>, now: number) => {
      const text = letters.map((letter) => lineOf(letter, now)).join("")
      return Effect.andThen(opened.writeAll(new TextEncoder().encode(text)), opened.sync).pipe(
        Effect.mapError(rejected)
      )
    },
    /** Keeps the file even if a later step fails, because it is the only copy from now on. */
    keep: Effect.sync(() => {
      isKept = true
    })
  }
})
