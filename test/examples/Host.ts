/** Runs the bundle of an example in workerd, by the settings of its `wrangler.jsonc`. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Readable } from "node:stream"
import * as Effect from "effect/Effect"
import { parse } from "jsonc-parser"
import { Log, LogLevel, Miniflare } from "miniflare"
import { workersAi } from "./upstream/workersAi.ts"
import { folderOf } from "./Workshop.ts"

interface Settings {
  readonly compatibility_date: string
  readonly compatibility_flags: ReadonlyArray<string>
  readonly vars: Readonly<Record<string, string>>
  readonly ai?: { readonly binding: string }
  readonly durable_objects?: {
    readonly bindings: ReadonlyArray<{ readonly name: string; readonly class_name: string }>
  }
}

const settingsOf = (guide: string): Settings =>
  parse(readFileSync(join(folderOf(guide), "wrangler.jsonc"), "utf8"))

/** Starts it with these variables before its own, and returns its address. */
export const start = Effect.fnUntraced(function* (
  guide: string,
  script: string,
  variables: Readonly<Record<string, string>>
) {
  const { ai, compatibility_date, compatibility_flags, durable_objects, vars } = settingsOf(guide)
  const objects = (durable_objects?.bindings ?? []).map(
    ({ class_name, name }) => [name, { className: class_name, useSQLite: true }] as const
  )
  const double = workersAi(variables)
  const worker = {
    name: guide,
    modules: [{ type: "ESModule" as const, path: "worker.js", contents: script }],
    compatibilityDate: compatibility_date,
    compatibilityFlags: [...compatibility_flags],
    bindings: { ...vars, ...variables },
    durableObjects: Object.fromEntries(objects),
    ...(ai === undefined ? {} : { serviceBindings: { [ai.binding]: double.name } })
  }
  const miniflare = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          host: "127.0.0.1",
          port: 0,
          cf: false,
          log: new Log(LogLevel.NONE),
          // an SDK writes a model's error there, which the check asks for
          handleRuntimeStdio: (...streams: ReadonlyArray<Readable>) => {
            for (const stream of streams) stream.resume()
          },
          workers: ai === undefined ? [worker] : [worker, double]
        })
    ),
    (one) => Effect.promise(() => one.dispose().catch(() => undefined))
  )
  const { origin } = yield* Effect.promise(() => miniflare.ready)
  return origin
})
