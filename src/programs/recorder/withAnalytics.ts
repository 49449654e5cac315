import type * as Effect from "effect/Effect"
import { drain, type OutboxBatch } from "./drain.ts"
import { optionFailed } from "./Notices.ts"
import type { Options, Platform } from "./Options.ts"
import { observe, questionIn } from "./observe.ts"
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

/** The handlers of a Worker, which may lie on its prototype. */
export const handlerNames = ["fetch", "scheduled", "queue", "email", "tail", "trace"] as const
export type HandlerName = (typeof handlerNames)[number]

/** An object with `fetch`, such as an `ExportedHandler`, a Hono app or an itty-router. */
export interface WorkerObject {
  // a method with `never`, which admits every type of request, environment and context
  fetch?(request: never, env: never, platform: never): unknown
}

/** A `WorkerEntrypoint` class. */
export type WorkerClass = new (...args: ReadonlyArray<never>) => WorkerObject

/** Empties the outbox, unless the Worker has its own `queue`. */
interface OutboxConsumer {
  queue(batch: OutboxBatch, env: object): Promise<void>
}

type Arguments<F> = F extends (...args: infer A) => unknown ? Required<A> : []
type At<A, N extends number, Otherwise> = number extends keyof A
  ? A extends { readonly [K in N]: infer V }
    ? V
    : Otherwise
  : Otherwise

/** The handler's own types, and ours where it leaves an argument out. */
type Answering<F> = (
  request: At<Arguments<F>, 0, Request>,
  env: At<Arguments<F>, 1, object>,
  platform: At<Arguments<F>, 2, Platform>
) => Response | Promise<Response>

/** The same class, or the handlers of the same object. */
export type Wrapped<W> = W extends WorkerClass
  ? W
  : Pick<W, Exclude<Extract<keyof W, HandlerName>, "fetch">> &
      (W extends { fetch?: infer F } ? { fetch: Answering<NonNullable<F>> } : unknown) &
      (W extends { queue: unknown } ? unknown : OutboxConsumer)

/** Some platforms and tests pass no context; the work is then done without its help. */
export const laterBy = (platform: Platform | undefined, work: Promise<unknown>): void => {
  try {
    platform?.waitUntil?.(work)
  } catch {
    // the invocation has ended, and the work goes on as long as it may
  }
}

/** Returns the handler with analytics around it; requests that ask nothing pass untouched. */
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
      return source === undefined ? undefined : questionIn(request.clone(), source)
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
    if (typeof worker === "function") return wrappedClass(worker, watch) as unknown as Wrapped<W>
    const handlers = worker as WorkerObject & Partial<Record<HandlerName, Fetch>>
    const names = handlerNames.filter((name) => name in handlers)
    const call =
      (name: HandlerName) =>
      (...args: Parameters<Fetch>) =>
        handlers[name]?.(...args) as ReturnType<Fetch>
    const answer = call("fetch")
    return {
      queue: (batch: OutboxBatch, env: object) => runner.record(drain(batch), env),
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

const wrappedClass = (worker: WorkerClass, watch: ReturnType<typeof watched>) =>
  class extends (worker as new (...args: ReadonlyArray<never>) => Entrypoint) {
    override fetch(request: Request): Response | Promise<Response> {
      return watch(request, this.env, this.ctx, () => super.fetch(request))
    }
  }
