import * as Data from "effect/Data"

/** The reason of a failed invocation; only the first comes from the handler's code. */
export type FunctionFailure = Data.TaggedEnum<{
  /** The handler threw, or its process ended on an uncaught error. */
  readonly HandlerFailed: {
    readonly errorType: string
    readonly errorMessage: string
    readonly trace: ReadonlyArray<string>
  }
  readonly TimedOut: { readonly timeoutSeconds: number }
  /** The process ended during an invocation; exactly one of the two is not null. */
  readonly Exited: { readonly exitCode: number | null; readonly signal: string | null }
  /** The function did not become ready; the next invocation starts another process. */
  readonly InitFailed: { readonly errorType: string; readonly errorMessage: string }
  readonly ResponseTooLarge: { readonly sizeBytes: number; readonly sizeBytesMax: number }
}>

export const FunctionFailure = Data.taggedEnum<FunctionFailure>()

const signalNames: Readonly<Record<string, string>> = { SIGKILL: "killed", SIGTERM: "terminated" }

/** Describes an exit as Lambda's `Runtime.ExitError` does. */
export const describeExit = (exitCode: number | null, signal: string | null): string =>
  signal !== null
    ? `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`
    : exitCode === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${exitCode}`

const errorType: (failure: FunctionFailure) => string = FunctionFailure.$match({
  HandlerFailed: (failure) => failure.errorType,
  TimedOut: () => "Sandbox.Timedout",
  Exited: () => "Runtime.ExitError",
  InitFailed: (failure) => failure.errorType,
  ResponseTooLarge: () => "Function.ResponseSizeTooLarge"
})

const errorMessage: (failure: FunctionFailure) => string = FunctionFailure.$match({
  HandlerFailed: (failure) => failure.errorMessage,
  TimedOut: ({ timeoutSeconds }) => `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  Exited: ({ exitCode, signal }) => describeExit(exitCode, signal),
  InitFailed: (failure) => failure.errorMessage,
  ResponseTooLarge: ({ sizeBytes, sizeBytesMax }) =>
    `Response payload size (${sizeBytes} bytes) exceeded maximum allowed payload size ` +
    `(${sizeBytesMax} bytes).`
})

/**
 * One failed invocation, with the `errorType` and `errorMessage` that Lambda would answer. The
 * function may have done all of its work before it failed, so a retry may repeat it.
 */
export class FunctionError extends Data.TaggedError("FunctionError")<{
  readonly functionName: string
  readonly requestId: string
  readonly reason: FunctionFailure
}> {
  get errorType(): string {
    return errorType(this.reason)
  }
  get errorMessage(): string {
    return errorMessage(this.reason)
  }
  override get message(): string {
    return `${this.functionName} ${this.requestId}: ${this.errorType}: ${this.errorMessage}`
  }
}
