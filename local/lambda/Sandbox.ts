import { randomUUID } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Result from "effect/Result"
import type { FunctionDefinition } from "./FunctionDefinition.ts"
import { describeExit, FunctionFailure } from "./FunctionError.ts"
import { type Invocation, responseSizeBytesMax, type Signal, serve } from "./RuntimeApi.ts"
import * as SandboxProcess from "./SandboxProcess.ts"

export interface Sandbox {
  /** True while it waits, frozen, for its next invocation. */
  readonly isIdle: () => boolean
  /** Thaws, invokes, and freezes again when the process asks for more. One call at a time. */
  readonly invoke: (invocation: Invocation) => Effect.Effect<string, FunctionFailure>
}

export interface SandboxOptions {
  readonly definition: FunctionDefinition
  readonly processIds: Set<number>
  readonly onLine: (line: string) => void
}

const initTimeoutSecondsDefault = 10

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value : otherwise

/** Reads a runtime's report, which may have any shape. */
const reported = (error: unknown) => {
  const fields: Record<string, unknown> = typeof error === "object" ? { ...error } : {}
  return {
    errorType: text(fields.errorType, "Runtime.Unknown"),
    errorMessage: text(fields.errorMessage, "Unknown error"),
    trace: Array.isArray(fields.trace) ? fields.trace.map(String) : []
  }
}

const initFailure = (signal: Signal): FunctionFailure | undefined => {
  if (signal._tag === "InitFailed") return FunctionFailure.InitFailed(reported(signal.error))
  if (signal._tag !== "Exited") return undefined
  const errorMessage = describeExit(signal.exitCode, signal.signal)
  return FunctionFailure.InitFailed({ errorType: "Runtime.ExitError", errorMessage })
}

const initTimeout = (seconds: number): FunctionFailure =>
  FunctionFailure.InitFailed({
    errorType: "Sandbox.Timedout",
    errorMessage: `Init did not complete within ${seconds.toFixed(2)} seconds`
  })

type Outcome = Result.Result<string, FunctionFailure>

/** Reads one signal as the outcome of the running invocation; the first one counts. */
const outcomeOf = (signal: Signal): Outcome => {
  switch (signal._tag) {
    case "Answered":
      return Result.succeed(signal.body)
    case "AnsweredTooMuch":
      return Result.fail(
        FunctionFailure.ResponseTooLarge({
          sizeBytes: signal.sizeBytes,
          sizeBytesMax: responseSizeBytesMax
        })
      )
    case "Failed":
      return Result.fail(FunctionFailure.HandlerFailed(reported(signal.error)))
    case "Exited":
      return Result.fail(FunctionFailure.Exited(signal))
    case "InitFailed":
    case "AskedForNext": {
      const errorMessage = `The runtime said ${signal._tag} during an invocation`
      return Result.fail(FunctionFailure.HandlerFailed(reported({ errorMessage })))
    }
  }
}

/**
 * Starts one sandbox and waits until it is ready for its first invocation. An invocation lasts
 * until the process asks for the next one: work after the answer counts against the time limit
 * only. A sandbox that is not idle after an invocation is spent.
 */
export const start = Effect.fn("Sandbox.start")(function* (options: SandboxOptions) {
  const { definition, onLine, processIds } = options
  const signals = yield* Queue.unbounded<Signal>()
  const api = yield* serve(signals)
  const sandboxProcess = yield* SandboxProcess.start({
    definition,
    runtimeApi: api.address,
    logStreamName: `local/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    signals,
    onLine,
    processIds
  })
  let waitsForNext = false

  const initSeconds = definition.initTimeoutSeconds ?? initTimeoutSecondsDefault
  const first = yield* Queue.take(signals).pipe(
    Effect.timeoutOrElse({
      duration: `${initSeconds} seconds`,
      orElse: () => Effect.fail(initTimeout(initSeconds))
    })
  )
  const failure = initFailure(first)
  if (failure !== undefined) return yield* Effect.fail(failure)
  waitsForNext = true

  const invoke = Effect.fnUntraced(function* (invocation: Invocation) {
    let outcome: Outcome | undefined
    const finished = Effect.gen(function* () {
      for (;;) {
        const signal = yield* Queue.take(signals)
        outcome ??= outcomeOf(signal)
        waitsForNext = signal._tag === "AskedForNext"
        if (waitsForNext || signal._tag === "Exited") return
      }
    })
    waitsForNext = false
    sandboxProcess.thaw()
    yield* api.deliver(invocation)
    yield* Effect.timeoutOption(finished, `${definition.timeoutSeconds} seconds`)
    if (waitsForNext) sandboxProcess.freeze()
    const { timeoutSeconds } = definition
    const timedOut = Result.fail(FunctionFailure.TimedOut({ timeoutSeconds }))
    return yield* Effect.fromResult(outcome ?? timedOut)
  })

  const isIdle = (): boolean => waitsForNext && sandboxProcess.isAlive()
  return { invoke, isIdle } satisfies Sandbox
})
