import { randomUUID } from "node:crypto"
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { type FunctionDefinition, functionArn } from "./FunctionDefinition.ts"
import { FunctionError } from "./FunctionError.ts"
import * as Sandbox from "./Sandbox.ts"

export interface InvocationResult {
  readonly requestId: string
  readonly payload: unknown
  readonly coldStart: boolean
}

export interface FunctionLogLine {
  readonly functionName: string
  readonly line: string
}

export interface FunctionHost {
  /** Waits while `maxConcurrency` invocations run; Lambda would throttle. */
  readonly invoke: (payload: unknown) => Effect.Effect<InvocationResult, FunctionError>
  /**
   * Invokes until an attempt succeeds, by default three times, and fails with the last error. All
   * attempts have one request id, and a failed attempt may have done its work.
   */
  readonly invokeAsync: (payload: unknown) => Effect.Effect<InvocationResult, FunctionError>
  /** The living processes, whether they start, run or are frozen. */
  readonly processIds: Effect.Effect<ReadonlyArray<number>>
}

export interface FunctionHostOptions {
  readonly onLog?: (line: FunctionLogLine) => Effect.Effect<void>
}

interface Lease {
  readonly sandbox: Sandbox.Sandbox
  readonly scope: Scope.Closeable
  readonly coldStart: boolean
}

const asyncRetryDelaysDefault: ReadonlyArray<Duration.Input> = ["1 minute", "2 minutes"]

const traceIdAt = (nowMs: number): string => {
  const hex = randomUUID().replaceAll("-", "") + randomUUID().replaceAll("-", "")
  const seconds = Math.floor(nowMs / 1000).toString(16)
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24, 40)};Sampled=0`
}

/** Lends each sandbox to one invocation at a time, and keeps it while it can be used again. */
const makePool = Effect.fnUntraced(function* (options: Sandbox.SandboxOptions) {
  // A separate scope: a sandbox must not end before the fibers that invoke it.
  const hostScope = yield* Scope.fork(yield* Effect.scope)
  const permits = yield* Semaphore.make(options.definition.maxConcurrency)
  const idle: Array<Lease> = []

  const take = Effect.fnUntraced(function* () {
    for (;;) {
      const lease = idle.pop()
      if (lease === undefined) break
      if (lease.sandbox.isIdle()) return { ...lease, coldStart: false }
      yield* Scope.close(lease.scope, Exit.void)
    }
    const scope = yield* Scope.fork(hostScope)
    const sandbox = yield* Sandbox.start(options).pipe(
      Scope.provide(scope),
      Effect.onError(() => Scope.close(scope, Exit.void))
    )
    return { sandbox, scope, coldStart: true }
  })

  const giveBack = (lease: Lease): Effect.Effect<void> =>
    lease.sandbox.isIdle()
      ? Effect.sync(() => void idle.push(lease))
      : Scope.close(lease.scope, Exit.void)

  const use = <A, E>(run: (lease: Lease) => Effect.Effect<A, E>) =>
    permits.withPermit(
      Effect.uninterruptibleMask((restore) =>
        Effect.gen(function* () {
          if (hostScope.state._tag === "Closed") return yield* Effect.interrupt
          const lease = yield* restore(take())
          return yield* restore(run(lease)).pipe(Effect.onExit(() => giveBack(lease)))
        })
      )
    )
  return { use }
})

/**
 * Runs a built bundle as Lambda does, in separate processes behind the real Runtime API. A sandbox
 * is frozen between invocations, and replaced when it exits, times out or loses its caller. All
 * processes end with the scope, even if the host crashes.
 */
export const make = Effect.fn("FunctionHost.make")(function* (
  definition: FunctionDefinition,
  options: FunctionHostOptions = {}
) {
  const { name } = definition
  const { onLog } = options
  const processIds = new Set<number>()
  const runFork = Effect.runForkWith(yield* Effect.context<never>())
  const onLine = (line: string): void => {
    if (onLog !== undefined) runFork(onLog({ functionName: name, line }))
  }
  const pool = yield* makePool({ definition, processIds, onLine })

  const attempt = (requestId: string, payload: unknown) =>
    pool
      .use(
        Effect.fnUntraced(function* ({ sandbox, coldStart }: Lease) {
          const startMs = yield* Clock.currentTimeMillis
          const answer = yield* sandbox.invoke({
            requestId,
            functionArn: functionArn(definition),
            deadlineMs: startMs + definition.timeoutSeconds * 1000,
            traceId: traceIdAt(startMs),
            payload: JSON.stringify(payload) ?? "null"
          })
          return { requestId, payload: JSON.parse(answer) as unknown, coldStart }
        })
      )
      .pipe(
        Effect.mapError((reason) => new FunctionError({ functionName: name, requestId, reason }))
      )

  const retrying = (
    invocation: Effect.Effect<InvocationResult, FunctionError>,
    [delay, ...later]: ReadonlyArray<Duration.Input>
  ): Effect.Effect<InvocationResult, FunctionError> =>
    delay === undefined
      ? invocation
      : Effect.catch(invocation, () => Effect.delay(retrying(invocation, later), delay))

  const delays = definition.asyncRetryDelays ?? asyncRetryDelaysDefault
  return {
    invoke: (payload) => Effect.suspend(() => attempt(randomUUID(), payload)),
    invokeAsync: (payload) =>
      Effect.suspend(() => retrying(attempt(randomUUID(), payload), delays)),
    processIds: Effect.sync(() => [...processIds])
  } satisfies FunctionHost
})
