/** The file of an export and, beside it, a cursor: what an interrupted export needs to go on. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { fileHeadOf, lineFormats, lineOf } from "./ExportLine.ts"
import type { ExportPage } from "./exportPages.ts"

const Asked = Schema.Struct({
  place: Schema.String,
  table: Schema.String,
  startMs: Schema.Int,
  endMs: Schema.Int,
  format: Schema.Literals(lineFormats),
  withText: Schema.Boolean
})
type Asked = typeof Asked.Type

const ExportCursor = Asked.pipe(
  Schema.fieldsAssign({
    version: Schema.Literal(1),
    /** The last interaction in the file; absent before the first. */
    after: Schema.optionalKey(Schema.Struct({ timestamp: Schema.Int, requestId: Schema.String })),
    /** Length of the recorded part of the file. */
    bytes: Schema.Natural,
    lines: Schema.Natural,
    unreadable: Schema.Natural
  })
)
type ExportCursor = typeof ExportCursor.Type

const CursorJson = Schema.fromJsonString(ExportCursor)
const encode = Schema.encodeSync(CursorJson)
const decode = Schema.decodeUnknownOption(CursorJson)

const cursorFileOf = (file: string): string => `${file}.cursor`

/** Only the owner may read what visitors wrote, whatever the folder. */
const mode = 0o600

/** Undefined without a cursor of this version. */
const readCursor = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const text = yield* files
    .readFileString(cursorFileOf(file))
    .pipe(Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed("")))
  return Option.getOrUndefined(decode(text))
})

const linesOf = (exported: ExportPage["exported"], { format, withText }: Asked): string =>
  exported.map((one) => lineOf(one, format, withText)).join("")

/** Replaces the cursor in one step, so that a crash leaves the earlier one or this one. */
const writeCursor = Effect.fnUntraced(function* (file: string, cursor: ExportCursor) {
  const files = yield* FileSystem.FileSystem
  const next = `${cursorFileOf(file)}.next`
  yield* files.writeFileString(next, `${encode(cursor)}\n`, { mode })
  yield* files.rename(next, cursorFileOf(file))
})

export interface Opening {
  readonly file: string
  readonly resume: boolean
  readonly asked: Asked
  /** The parts of `asked` that must equal those of the interrupted export. */
  readonly given: ReadonlyArray<keyof Asked>
}

/** The cursor to start from: a new one, or with --resume the one of an interrupted export. */
const begin = Effect.fnUntraced(function* ({ asked, file, given, resume }: Opening) {
  const files = yield* FileSystem.FileSystem
  const reject = (detail: string) => Effect.fail(new FileRejected({ file, detail }))
  const cursor = yield* readCursor(file)
  const exists = yield* files.exists(file)
  const create = files.writeFileString(file, "", { flag: "wx", mode })
  if (cursor === undefined) {
    if (exists) {
      return yield* reject(
        resume
          ? `has no ${cursorFileOf(file)}: it is complete, or not an export`
          : "exists already, and is not overwritten"
      )
    }
    const begun: ExportCursor = { ...asked, version: 1, bytes: 0, lines: 0, unreadable: 0 }
    yield* writeCursor(file, begun)
    yield* create
    return begun
  }
  if (!resume) return yield* reject("is not complete: --resume continues it")
  const different = given.filter((name) => cursor[name] !== asked[name])
  if (different.length > 0) return yield* reject(`was begun with another ${different.join(", ")}`)
  if (!exists && cursor.bytes === 0) yield* create
  const { size } = yield* files.stat(file)
  return Number(size) < cursor.bytes
    ? yield* reject("is shorter than its cursor says: remove both, and start again")
    : cursor
})

/**
 * Opens a new or an unfinished file at its cursor. A page counts once it is on the disk; a longer
 * file is cut back to its cursor, so that no line is repeated or missing.
 */
export const openExport = Effect.fn("ExportFile.open")(
  function* (opening: Opening) {
    const { file } = opening
    const files = yield* FileSystem.FileSystem
    let cursor = yield* begin(opening)
    const opened = yield* files.open(file, { flag: "r+" })
    yield* opened.truncate(cursor.bytes)
    yield* opened.seek(BigInt(cursor.bytes), "start")

    const write = Effect.fnUntraced(function* (text: string, change: Partial<ExportCursor>) {
      const bytes = new TextEncoder().encode(text)
      yield* opened.writeAll(bytes)
      yield* opened.sync
      cursor = { ...cursor, ...change, bytes: cursor.bytes + bytes.length }
      yield* writeCursor(file, cursor)
    }, Effect.uninterruptible)
    if (cursor.bytes === 0) yield* write(fileHeadOf(cursor.format, cursor.withText), {})

    const rejected = rejectedAs(file, "cannot be written")
    return {
      begun: cursor,
      /** Returns the counts of the whole file. */
      write: ({ exported, last, unreadable }: ExportPage) =>
        write(linesOf(exported, cursor), {
          after: last,
          lines: cursor.lines + exported.length,
          unreadable: cursor.unreadable + unreadable
        }).pipe(
          Effect.mapError(rejected),
          Effect.map(() => cursor)
        ),
      complete: files.remove(cursorFileOf(file), { force: true }).pipe(
        Effect.mapError(rejected),
        Effect.map(() => cursor)
      )
    }
  },
  (effect, { file }) => Effect.mapError(effect, rejectedAs(file, "cannot be written"))
)
