/** The built Worker in workerd, alone, with whatever the test puts around it. */
import * as Effect from "effect/Effect"
import { Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"

const scriptPath = new URL("../../dist/edge/main.js", import.meta.url).pathname

const credentials = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret"
}

/** Runs until the scope ends; other options of Miniflare's go beside the deployed definition. */
export const start = Effect.fnUntraced(function* (
  variables: Readonly<Record<string, string>>,
  options: Partial<MiniflareOptions> = {}
) {
  const wrangler = yield* readWorkerDefinition
  const worker = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          cf: false,
          log: new Log(LogLevel.NONE),
          modules: true,
          ...("script" in options ? {} : { scriptPath }),
          compatibilityDate: wrangler.compatibility_date,
          compatibilityFlags: [...wrangler.compatibility_flags],
          bindings: { ...wrangler.vars, ...credentials, ...variables },
          ...options
        } as MiniflareOptions)
    ),
    (miniflare) => Effect.promise(() => miniflare.dispose())
  )
  return yield* Effect.promise(() => worker.ready)
})
