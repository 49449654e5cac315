import type * as Effect from "effect/Effect"
import { drain } from "./drain.ts"
import { optionFailed } from "./Notices.ts"
import { observe, questionIn } from "./observe.ts"
import type {
  HandlerName,
  Options,
  OutboxBatch,
  OutboxConsumer,
  Platform,
  WorkerClass,
  WorkerObject,
  Wrapped
} from "./Package.d.ts"
import { questionSource } from "./QuestionSource.ts"
import type { Recording } from "./Recording.ts"
import { isRegistered, register } from "./Registry.ts"

/** How Effects are run where they may be. */
export interface Runner {
  readonly run: <A>(work: Effect.Effect<A>) => Promise<A>
  /** Never rejects; if the settings are wrong, the work is left out. */
  readonly record: (work: Effect.Effect<void, never, Recording>, env: object) => Promise<void>
}

type Fetch = (request: Request, env: object, platform: Platform) => Response | Promise<Response>

/** All handlers, which may lie on the prototype of a Worker. */
const handlerNames: ReadonlyArray<HandlerName> = [
  "fetch",
  "connect",
  "email",
  "queue",
  "scheduled",
  "tail",
  "tailStream",
  "test",
  "trace"
]

/** Some platforms and tests pass no context; the work is then done without its help. */
export const laterBy = (platform: Platform | undefined, work: Promise<unknown>): void => {
  try {
    platform?.waitUntil?.(work)
  } catch {
    // the invocation has ended, and the work goes on as long as it may
  }
}

/** Returns the handler with analytics around it; other requests pass untouched. */
const watched =
  ({ record, run }: Runner, options: Options) =>
  (
    request: Request,
    env: object,
    platform: Platform | undefined,
    answer: () => Response | Promise<Response>
  ): Response | Promise<Response> => {
    const later = (work: Effect.Effect<void, never, Recording>) =>
      laterBy(platform, record(work, env))
    const begin = () => {
      const source = isRegistered(request) ? undefined : questionSource(request, options)
      return source === undefined ? undefined : questionIn(request, source)
    }
    let found: ReturnType<typeof begin>
    try {
      found = begin()
    } catch {
      later(optionFailed(request, "at"))
    }
    if (found === undefined) return answer()
    // `observe` looks at this failure; it must not count as unhandled when `observe` never runs
    found.catch(() => undefined)
    const registration = register(request)
    // turns a handler that throws into a promise that rejects
    const answering = (async () => answer())()
    const observed = run(observe({ request, found, answering, options, registration, later }))
    return observed.then(
      (response) => response ?? answering,
      () => answering
    )
  }

export const wrapWith =
  (runner: Runner) =>
  <W extends WorkerObject | WorkerClass>(worker: W, options: Options = {}): Wrapped<W> => {
    const watch = watched(runner, options)
    const empty = (batch: OutboxBatch, env: object) => runner.record(drain(batch), env)
    if (typeof worker === "function") {
      return wrappedClass(worker, watch, empty) as unknown as Wrapped<W>
    }
    const handlers = worker as WorkerObject & Partial<Record<HandlerName, Fetch>>
    const names = handlerNames.filter((name) => name in handlers)
    const call =
      (name: HandlerName) =>
      (...args: Parameters<Fetch>) =>
        handlers[name]?.(...args) as ReturnType<Fetch>
    const answer = call("fetch")
    return {
      queue: empty,
      ...worker,
      ...Object.fromEntries(names.map((name) => [name, call(name)])),
      fetch: (request: Request, env: object, platform: Platform) =>
        watch(request, env, platform, () => answer(request, env, platform))
    } as unknown as Wrapped<W>
  }

interface Entrypoint {
  readonly env: object
  readonly ctx: Platform
  fetch(request: Request): Response | Promise<Response>
}

const wrappedClass = (
  worker: WorkerClass,
  watch: ReturnType<typeof watched>,
  empty: OutboxConsumer["queue"]
) => {
  class Watched extends (worker as new (...args: ReadonlyArray<never>) => Entrypoint) {
    override fetch(request: Request): Response | Promise<Response> {
      return watch(request, this.env, this.ctx, () => super.fetch(request))
    }
  }
  if ("queue" in worker.prototype) return Watched
  return class extends Watched {
    queue(batch: OutboxBatch): Promise<void> {
      return empty(batch, this.env)
    }
  }
}
