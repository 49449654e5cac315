/** How far an export got, beside its file: what it takes to go on after any interruption. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { formats } from "./ExportLine.ts"

const Count = Schema.Natural

export const ExportCursor = Schema.Struct({
  version: Schema.Literal(1),
  place: Schema.String,
  table: Schema.String,
  startMs: Schema.Int,
  endMs: Schema.Int,
  format: Schema.Literals(formats),
  withText: Schema.Boolean,
  /** The last interaction in the file; absent before the first. */
  after: Schema.optionalKey(Schema.Struct({ timestamp: Schema.Int, requestId: Schema.String })),
  /** Length of the file up to there: what is behind it was written and not yet recorded. */
  bytes: Count,
  lines: Count,
  unreadable: Count
})
export type ExportCursor = typeof ExportCursor.Type

const CursorJson = Schema.fromJsonString(ExportCursor)
const encode = Schema.encodeSync(CursorJson)
const decode = Schema.decodeUnknownOption(CursorJson)

export const cursorFileOf = (file: string): string => `${file}.cursor`

/** None when there is no cursor, or none of ours. */
export const readCursor = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const text = yield* files
    .readFileString(cursorFileOf(file))
    .pipe(Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed("")))
  return Option.getOrUndefined(decode(text))
})

/** Replaced in one step, so that a crash leaves the earlier cursor or this one. */
export const writeCursor = Effect.fnUntraced(function* (file: string, cursor: ExportCursor) {
  const files = yield* FileSystem.FileSystem
  const [target, next] = [cursorFileOf(file), `${cursorFileOf(file)}.next`]
  yield* files.writeFileString(next, `${encode(cursor)}\n`, { mode: 0o600 })
  yield* files.rename(next, target)
})

export const removeCursor = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  yield* files.remove(cursorFileOf(file), { force: true })
})
