/** The file in which a console keeps what it has read of one installation. */
import { createHash } from "node:crypto"
import { rmSync, writeFileSync } from "node:fs"
import { homedir, platform } from "node:os"
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { firstLive } from "../../src/layers/dynamodb/InteractionItem.ts"
import { Rows } from "./Rows.ts"
import { againIfLost } from "./RowsLost.ts"

/** A folder in place of the platform's, for tests and for machines with a small home. */
const override = Config.String("CV_ANALYTICS_CACHE")

const folderOf = Effect.gen(function* () {
  const path = yield* Path.Path
  const platforms =
    platform() === "darwin"
      ? Config.succeed(path.join(homedir(), "Library", "Caches"))
      : Config.String(platform() === "win32" ? "LOCALAPPDATA" : "XDG_CACHE_HOME").pipe(
          Config.withDefault(path.join(homedir(), ".cache"))
        )
  const folder = Config.map(platforms, (parent) => path.join(parent, "cv-analytics"))
  return yield* Config.orElse(override, () => folder)
}).pipe(Effect.orDie)

/** Texts are in a file of their own, so that a console without them never opens it. */
const kinds = ["rows", "texts"] as const

/** The table's identity may name an account, so that its hash stands in the name. */
const fileOf = Effect.fnUntraced(function* (identity: string, kind: (typeof kinds)[number]) {
  const path = yield* Path.Path
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 16)
  return path.join(yield* folderOf, `console-${hash}-${kind}.sqlite`)
})

/** SQLite's own files beside a database have its mode. */
const parts = (file: string) => [file, `${file}-wal`, `${file}-shm`]

const remove = (file: string): void => {
  for (const part of parts(file)) rmSync(part, { force: true })
}

const mode = 0o600

const renew = (file: string): void => {
  remove(file)
  writeFileSync(file, "", { mode })
}

const open = (file: string, keepsTexts: boolean) =>
  Effect.try({
    try: () => new Rows(file, { keepsTexts, renew: () => renew(file) }),
    catch: () => "it is damaged, or of another version" as const
  })

export interface Cache {
  readonly rows: Rows
  /** Said once, when a file was of no use. */
  readonly notices: ReadonlyArray<string>
}

/** Opens the file for its owner alone, and lets go of rows that have expired. */
export const openCache = Effect.fn("Cache.open")(
  function* (identity: string, { keepsTexts }: { readonly keepsTexts: boolean }) {
    const [files, path] = [yield* FileSystem.FileSystem, yield* Path.Path]
    const file = yield* fileOf(identity, keepsTexts ? "texts" : "rows")
    yield* files.makeDirectory(path.dirname(file), { recursive: true, mode: 0o700 })
    const notices: Array<string> = []
    const anew = (why: string) => {
      notices.push(`The console's cache is built anew, because ${why}: ${file}`)
      renew(file)
      return Effect.orDie(open(file, keepsTexts))
    }
    yield* files.writeFile(file, new Uint8Array(), { flag: "a", mode })
    yield* files.chmod(file, mode)
    const rows = yield* Effect.acquireRelease(
      Effect.catch(open(file, keepsTexts), anew),
      (opened) => Effect.sync(() => opened.close())
    )
    const first = firstLive(yield* Clock.currentTimeMillis)
    yield* againIfLost(Effect.sync(() => rows.dropBefore(first)))
    return { rows, notices } satisfies Cache
  },
  (effect, identity) =>
    Effect.flatMap(fileOf(identity, "rows"), (file) =>
      Effect.mapError(effect, rejectedAs(file, "cannot be written"))
    )
)

/** Leaves no row of an installation on this machine, also while a console has the file open. */
export const emptyCaches = Effect.fn("Cache.empty")(function* (identity: string) {
  const files = yield* FileSystem.FileSystem
  for (const kind of kinds) {
    const file = yield* fileOf(identity, kind)
    if (!(yield* files.exists(file))) continue
    const emptied = Effect.acquireUseRelease(
      open(file, kind === "texts"),
      (rows) => Effect.sync(() => rows.empty()),
      (rows) => Effect.sync(() => rows.close())
    ).pipe(againIfLost)
    yield* Effect.catch(emptied, () => Effect.sync(() => remove(file)))
  }
})
