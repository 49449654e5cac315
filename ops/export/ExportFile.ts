/** The file of an export, which at every moment is what its cursor says, or a little longer. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import {
  cursorFileOf,
  type ExportCursor,
  readCursor,
  removeCursor,
  writeCursor
} from "./ExportCursor.ts"
import { headOf } from "./ExportLine.ts"
import type { ExportPage } from "./exportPages.ts"

/** Nobody else reads what visitors wrote, whatever the folder. */
const mode = 0o600

type Asked = Omit<ExportCursor, "version" | "after" | "bytes" | "lines" | "unreadable">

const begin = Effect.fnUntraced(function* (file: string, asked: Asked) {
  const files = yield* FileSystem.FileSystem
  const refuse = (detail: string) => Effect.fail(new FileRejected({ file, detail }))
  if ((yield* readCursor(file)) !== undefined) {
    return yield* refuse("is not complete: --resume goes on with it")
  }
  if (yield* files.exists(file)) return yield* refuse("exists already, and is not overwritten")
  const cursor = { ...asked, version: 1 as const, bytes: 0, lines: 0, unreadable: 0 }
  yield* writeCursor(file, cursor)
  yield* files.writeFileString(file, "", { flag: "wx", mode })
  return cursor
})

const differenceOf = (cursor: ExportCursor, asked: Asked, given: ReadonlyArray<keyof Asked>) =>
  given.filter((name) => cursor[name] !== asked[name])

const goOn = Effect.fnUntraced(function* (
  file: string,
  asked: Asked,
  given: ReadonlyArray<keyof Asked>
) {
  const files = yield* FileSystem.FileSystem
  const cursor = yield* readCursor(file)
  const exists = yield* files.exists(file)
  const refuse = (detail: string) => Effect.fail(new FileRejected({ file, detail }))
  if (cursor === undefined) {
    return exists
      ? yield* refuse(`has no ${cursorFileOf(file)}: it is complete, or no export of ours`)
      : yield* begin(file, asked)
  }
  const different = differenceOf(cursor, asked, given)
  if (different.length > 0) {
    return yield* refuse(`was begun with another ${different.join(", ")}`)
  }
  if (!exists && cursor.bytes === 0) yield* files.writeFileString(file, "", { flag: "wx", mode })
  const { size } = yield* files.stat(file)
  if (Number(size) < cursor.bytes) {
    return yield* refuse("is shorter than its cursor says: remove both, and begin again")
  }
  return cursor
})

export interface Opening {
  readonly file: string
  readonly resume: boolean
  readonly asked: Asked
  /** The parts of `asked` that must be what an interrupted export was begun with. */
  readonly given: ReadonlyArray<keyof Asked>
}

/**
 * Opens a new file, or an unfinished one where it was last recorded. A page is recorded once it is
 * on the disk; what a crash left behind the record is cut off, so no line is double or missing.
 */
export const openExport = Effect.fnUntraced(
  function* ({ asked, file, given, resume }: Opening) {
    const files = yield* FileSystem.FileSystem
    const rejected = rejectedAs(file, "cannot be written")
    let cursor: ExportCursor = yield* resume ? goOn(file, asked, given) : begin(file, asked)
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
    if (cursor.bytes === 0) yield* write(headOf(cursor.format, cursor.withText), {})

    return {
      begun: cursor,
      write: ({ last, lines, text, unreadable }: ExportPage) =>
        write(text, {
          after: last,
          lines: cursor.lines + lines,
          unreadable: cursor.unreadable + unreadable
        }).pipe(Effect.mapError(rejected)),
      counts: Effect.sync(() => ({ lines: cursor.lines, unreadable: cursor.unreadable })),
      complete: removeCursor(file).pipe(Effect.mapError(rejected))
    }
  },
  (effect, { file }) => Effect.mapError(effect, rejectedAs(file, "cannot be written"))
)
