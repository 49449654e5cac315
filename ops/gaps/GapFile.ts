/** `gaps.jsonl`: its owner edits it too, so it is written only if every line was understood. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { aged, Gap, idsOf } from "./Gap.ts"

const Version = Schema.fromJsonString(Schema.Struct({ version: Schema.Number }))
const decodeVersion = Schema.decodeUnknownResult(Version)
const GapJson = Schema.fromJsonString(Gap)
const decodeGap = Schema.decodeUnknownResult(GapJson, { onExcessProperty: "error" })
const encodeGap = Schema.encodeSync(GapJson)

/** Owners read the first faults, and mend the others on the next run. */
const faultsMax = 5

const faultOf = (text: string): string => {
  const version = decodeVersion(text)
  if (Result.isSuccess(version) && version.success.version !== 1) {
    return `is of version ${version.success.version}, and this release reads version 1`
  }
  const gap = decodeGap(text)
  return Result.isFailure(gap) ? gap.failure.message.replaceAll(/\s+/g, " ") : ""
}

/** Ids that two lines claim. */
const repeated = (lines: ReadonlyArray<{ readonly line: number; readonly gap: Gap }>) => {
  const owners = new Map<string, number>()
  return lines.flatMap(({ gap, line }) =>
    idsOf(gap).flatMap((id) => {
      const other = owners.get(id)
      owners.set(id, line)
      return other === undefined ? [] : [`line ${line}: line ${other} has the id ${id} too`]
    })
  )
}

const parse = (text: string) => {
  const lines = text.split(/\r?\n/).map((one, at) => ({ line: at + 1, text: one.trim() }))
  const filled = lines.filter((one) => one.text !== "")
  const gaps = filled.flatMap(({ line, text }) => {
    const gap = decodeGap(text)
    return Result.isSuccess(gap) ? [{ line, gap: gap.success }] : []
  })
  const broken = filled.flatMap(({ line, text }) => {
    const fault = faultOf(text)
    return fault === "" ? [] : [`line ${line}: ${fault}`]
  })
  return { gaps: gaps.map(({ gap }) => gap), faults: [...broken, ...repeated(gaps)] }
}

export interface GapFile {
  readonly file: string
  readonly gaps: ReadonlyArray<Gap>
  /** The text as it was read; undefined without a file. */
  readonly text: string | undefined
}

const textIn = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  return yield* files.readFileString(file).pipe(
    Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed(undefined)),
    Effect.mapError(rejectedAs(file, "cannot be read"))
  )
})

/** An absent file has no gaps. A fault names its line, and leaves the file as it is. */
export const readGaps = Effect.fn("GapFile.read")(function* (file: string) {
  const text = yield* textIn(file)
  const { faults, gaps } = parse(text ?? "")
  if (faults.length === 0) return { file, gaps, text } satisfies GapFile
  const more = faults.length > faultsMax ? [`${faults.length - faultsMax} more`] : []
  const detail = [...faults.slice(0, faultsMax), ...more].join("; ")
  return yield* new FileRejected({ file, detail: `is left as it is: ${detail}` })
})

/** Only the owner may read what visitors wrote. */
const mode = 0o600

/**
 * Replaces the file in one step, so that a crash leaves the earlier lines or these. It refuses when
 * somebody else changed the file since it was read.
 */
export const writeGaps = Effect.fn("GapFile.write")(function* (
  { file, text }: GapFile,
  gaps: ReadonlyArray<Gap>
) {
  const files = yield* FileSystem.FileSystem
  const now = yield* Clock.currentTimeMillis
  const next = gaps.map((gap) => `${encodeGap(aged(gap, now))}\n`).join("")
  if (next === (text ?? "")) return
  if ((yield* textIn(file)) !== text) {
    return yield* new FileRejected({ file, detail: "changed meanwhile: run the command again" })
  }
  yield* files
    .writeFileString(`${file}.next`, next, { mode })
    .pipe(
      Effect.andThen(files.rename(`${file}.next`, file)),
      Effect.mapError(rejectedAs(file, "cannot be written"))
    )
})
