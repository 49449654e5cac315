import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { Log, LogLevel, Miniflare } from "miniflare"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"

const root = new URL("../../", import.meta.url).pathname

/** workerd did not come up, in its own words. */
export class WorkerFailed extends Data.TaggedError("WorkerFailed")<{ readonly detail: string }> {
  override get message() {
    return this.detail
  }
}

export interface Options {
  /** 0 = any free port. */
  readonly port: number
  readonly queueUrl: string
  readonly region: string
}

const detailOf = (cause: unknown, port: number): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return /EADDRINUSE|address already in use|Address already in use/i.test(text)
    ? `port ${port} is taken`
    : text
}

/** Runs the bundle with the settings of `infra/wrangler.jsonc` until the scope ends. */
export const start = Effect.fnUntraced(function* ({ port, queueUrl, region }: Options) {
  const wrangler = yield* readWorkerDefinition
  const worker = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          host: "127.0.0.1",
          port,
          cf: false,
          log: new Log(LogLevel.NONE),
          modules: true,
          scriptPath: `${root}dist/edge/main.js`,
          compatibilityDate: wrangler.compatibility_date,
          compatibilityFlags: [...wrangler.compatibility_flags],
          bindings: {
            ...wrangler.vars,
            AWS_REGION: region,
            AWS_ACCESS_KEY_ID: "local",
            AWS_SECRET_ACCESS_KEY: "local",
            OWN_VISIT_TOKEN: "local-owner",
            QUEUE_URL: queueUrl
          }
        })
    ),
    (miniflare) => Effect.promise(() => miniflare.dispose().catch(() => undefined))
  )
  const url = yield* Effect.tryPromise({
    try: () => worker.ready,
    catch: (cause) => new WorkerFailed({ detail: detailOf(cause, port) })
  })
  return { endpoint: url.origin }
})
