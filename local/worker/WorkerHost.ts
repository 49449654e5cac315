import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { Log, LogLevel, Miniflare, type WorkerOptions } from "miniflare"
import { readWorkerDefinition } from "../../infra/definitions/WorkerDefinition.ts"
import { movedClock } from "../process/movedClock.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** workerd did not start, and said why. */
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
  /** Replace the definition's variables. */
  readonly variables?: Readonly<Record<string, string>>
  /** Limits the questions of a visitor as the definition says. */
  readonly isLimited?: boolean
  /** How far the Worker's clock is ahead of the real one. */
  readonly clockAheadMs?: number
  /** Source of another Worker, which has no page. */
  readonly script?: string
  /** Cloudflare's queues, which Miniflare emulates. */
  readonly queues?: Pick<WorkerOptions, "queueConsumers" | "queueProducers">
}

const detailOf = (cause: unknown, port: number): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return /EADDRINUSE|address already in use|Address already in use/i.test(text)
    ? `port ${port} is taken`
    : text
}

type Worker = Effect.Success<typeof readWorkerDefinition>

/** Cloudflare's router and file server, which it puts in front of a Worker with assets. */
const assetsOf = ({ assets }: Worker) => ({
  directory: `${root}infra/${assets.directory}`,
  routerConfig: {
    has_user_worker: true,
    static_routing: { user_worker: [...assets.run_worker_first] }
  },
  assetConfig: {
    html_handling: assets.html_handling,
    not_found_handling: assets.not_found_handling
  }
})

const ratelimitsOf = ({ ratelimits }: Worker) =>
  Object.fromEntries(ratelimits.map(({ name, ...limit }) => [name, limit]))

/** Visitors of our page can vote, as they can where its owner has set this secret. */
const votes = { CV_ANALYTICS_FEEDBACK_SECRET: "signs-the-votes-of-this-machine-alone" }

/** The bundle is one module, so what stands before it runs before it. */
const bundleWith = (clockAheadMs: number): string =>
  (clockAheadMs === 0 ? "" : movedClock(clockAheadMs)) +
  readFileSync(`${root}dist/edge/main.js`, "utf8")

/** Runs bundle and page with the settings of `infra/wrangler.jsonc` until the scope ends. */
export const start = Effect.fn("WorkerHost.start")(function* (options: Options) {
  const { clockAheadMs = 0, isLimited = false, port, queues, queueUrl, ...given } = options
  const { region, script, variables } = given
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
          ...(script === undefined
            ? { script: bundleWith(clockAheadMs), assets: assetsOf(wrangler) }
            : { script }),
          ...queues,
          ...(isLimited && { ratelimits: ratelimitsOf(wrangler) }),
          compatibilityDate: wrangler.compatibility_date,
          compatibilityFlags: [...wrangler.compatibility_flags],
          bindings: {
            ...wrangler.vars,
            ...variables,
            CV_ANALYTICS_REGION: region,
            CV_ANALYTICS_ACCESS_KEY_ID: "local",
            CV_ANALYTICS_SECRET_ACCESS_KEY: "local",
            CV_ANALYTICS_OWN_VISIT_TOKEN: "local-owner",
            ...(script === undefined ? votes : {}),
            CV_ANALYTICS_QUEUE_URL: queueUrl
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
