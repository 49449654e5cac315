/**
 * Goal: a bundle behaves here as it will on Lambda, also when it fails.
 * Method: real processes behind the real Runtime API, without doubles.
 */
import { writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type { FunctionDefinition } from "../../../local/lambda/FunctionDefinition.ts"
import type { FunctionError } from "../../../local/lambda/FunctionError.ts"
import * as FunctionHost from "../../../local/lambda/FunctionHost.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { definitionOf } from "./fixtures/definition.ts"
import { isRunning, until } from "./fixtures/processes.ts"

const actionsHost = (changes: Partial<FunctionDefinition> = {}) =>
  FunctionHost.make(definitionOf("actions", changes))

const failureOf = (invocation: Effect.Effect<unknown, FunctionError>) => Effect.flip(invocation)

describe("an invocation", () => {
  it.live("answers with what the handler returned", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const event = { action: "echo", text: "grüße 🎉", nested: [1, null] }
      const { payload } = yield* host.invoke(event)
      assert.deepStrictEqual(payload, event)
    })
  )

  it.live("finds a bundle whose path is relative to the host's folder", () =>
    Effect.gen(function* () {
      const bundlePath = relative(process.cwd(), definitionOf("actions").bundlePath)
      const host = yield* actionsHost({ bundlePath })
      assert.strictEqual((yield* host.invoke({ action: "count" })).coldStart, true)
    })
  )

  it.live("answers null for a handler that returns nothing", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      assert.isNull((yield* host.invoke({ action: "nothing" })).payload)
    })
  )

  it.live("gives the handler Lambda's context", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ timeoutSeconds: 5, memoryMb: 256 })
      const { payload, requestId } = yield* host.invoke({ action: "context" })
      const { remainingMs, traceId, logStreamName, ...context } = payload as Record<string, unknown>
      assert.deepStrictEqual(context, {
        awsRequestId: requestId,
        callbackWaitsForEmptyEventLoop: true,
        functionName: "actions",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:actions",
        logGroupName: "/aws/lambda/actions",
        memoryLimitInMB: "256"
      })
      assert.isAbove(Number(remainingMs), 3000)
      assert.isAtMost(Number(remainingMs), 5000)
      assert.match(
        String(traceId),
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/
      )
      assert.match(String(logStreamName), /\[\$LATEST\][0-9a-f]{32}$/)
    })
  )

  it.live("sees exactly the given environment and Lambda's variables", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({
        environment: { TABLE_NAME: "t", AWS_ACCESS_KEY_ID: "given", _HANDLER: "ignored" },
        region: "eu-west-2"
      })
      const { payload } = yield* host.invoke({ action: "environment" })
      const environment = payload as Record<string, string>
      assert.sameMembers(Object.keys(environment), [
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "PATH",
        "TABLE_NAME",
        "TZ",
        "_HANDLER",
        "_X_AMZN_TRACE_ID"
      ])
      assert.strictEqual(environment.TABLE_NAME, "t")
      assert.strictEqual(environment.AWS_ACCESS_KEY_ID, "given")
      assert.strictEqual(environment.AWS_REGION, "eu-west-2")
      assert.strictEqual(environment._HANDLER, "actions.handler")
    })
  )

  it.live("has a heap in proportion to the function's memory", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ memoryMb: 256 })
      const { payload } = yield* host.invoke({ action: "flags" })
      assert.deepStrictEqual(payload, ["--max-old-space-size=230", "--max-semi-space-size=12"])
    })
  )

  it.live("passes each line of output to the follower", () =>
    Effect.gen(function* () {
      const lines: Array<FunctionHost.FunctionLogLine> = []
      const host = yield* FunctionHost.make(definitionOf("actions"), {
        onLog: (line) => Effect.sync(() => void lines.push(line))
      })
      yield* host.invoke({ action: "log" })
      yield* until(() => lines.length === 2)
      assert.sameMembers(
        lines.map(({ line }) => line),
        ["to stderr", "to stdout"]
      )
      assert.strictEqual(lines[0]?.functionName, "actions")
    })
  )
})

describe("a failed invocation", () => {
  it.live("carries the thrown error, and the process lives on", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const before = (yield* host.invoke({ action: "count" })).payload as { processId: number }
      const error = yield* failureOf(host.invoke({ action: "throw" }))
      assert.strictEqual(error.reason._tag, "HandlerFailed")
      assert.strictEqual(error.errorType, "RangeError")
      assert.strictEqual(error.errorMessage, "too far")
      const { payload, coldStart } = yield* host.invoke({ action: "count" })
      assert.deepStrictEqual(payload, { calls: 2, processId: before.processId })
      assert.isFalse(coldStart)
    })
  )

  it.live("names an unhandled rejection, and the next one starts cold", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const error = yield* failureOf(host.invoke({ action: "reject" }))
      assert.strictEqual(error.errorType, "Runtime.UnhandledPromiseRejection")
      assert.isTrue((yield* host.invoke({ action: "count" })).coldStart)
    })
  )

  for (const action of ["hang", "block"]) {
    it.live(
      `is killed at its time limit when it does ${action}, and the next one starts cold`,
      () =>
        Effect.gen(function* () {
          const host = yield* actionsHost({ timeoutSeconds: 1 })
          yield* host.invoke({ action: "count" })
          const [processId] = yield* host.processIds
          const error = yield* failureOf(host.invoke({ action }))
          assert.strictEqual(error.reason._tag, "TimedOut")
          assert.strictEqual(error.errorType, "Sandbox.Timedout")
          assert.strictEqual(error.errorMessage, "Task timed out after 1.00 seconds")
          assert.isFalse(isRunning(processId!))
          assert.deepInclude(yield* host.invoke({ action: "echo" }), { coldStart: true })
        })
    )
  }

  it.live("names the exit of the process, and the next one starts cold", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const error = yield* failureOf(host.invoke({ action: "exit", code: 3 }))
      assert.deepInclude(error.reason, { _tag: "Exited", exitCode: 3, signal: null })
      assert.strictEqual(error.errorType, "Runtime.ExitError")
      assert.strictEqual(error.errorMessage, "Runtime exited with error: exit status 3")
      assert.isTrue((yield* host.invoke({ action: "count" })).coldStart)
    })
  )

  it.live("names a process that was killed during an invocation", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      yield* host.invoke({ action: "count" })
      const [processId] = yield* host.processIds
      const running = yield* Effect.forkChild(failureOf(host.invoke({ action: "hang" })))
      yield* Effect.sleep("50 millis")
      process.kill(processId!, "SIGKILL")
      const error = yield* Fiber.join(running)
      assert.deepInclude(error.reason, { _tag: "Exited", exitCode: null, signal: "SIGKILL" })
      assert.strictEqual(error.errorMessage, "Runtime exited with error: signal: killed")
      assert.isTrue((yield* host.invoke({ action: "count" })).coldStart)
    })
  )

  it.live("is too large from the first byte over Lambda's limit", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const sizeBytesMax = 6_291_556
      yield* host.invoke({ action: "large", sizeBytes: sizeBytesMax })
      const error = yield* failureOf(host.invoke({ action: "large", sizeBytes: sizeBytesMax + 1 }))
      assert.deepInclude(error.reason, {
        _tag: "ResponseTooLarge",
        sizeBytes: sizeBytesMax + 1,
        sizeBytesMax
      })
      assert.isFalse((yield* host.invoke({ action: "count" })).coldStart)
    })
  )
})

describe("init", () => {
  it.live("reports its error, and the next invocation starts another process", () =>
    Effect.gen(function* () {
      const READY_FILE = join(yield* temporaryFolder, "ready")
      const host = yield* FunctionHost.make(
        definitionOf("initFails", { environment: { READY_FILE } })
      )
      const error = yield* failureOf(host.invoke({}))
      assert.strictEqual(error.reason._tag, "InitFailed")
      assert.strictEqual(error.errorType, "SyntaxError")
      assert.strictEqual(error.errorMessage, "not ready yet")
      assert.deepStrictEqual(yield* host.processIds, [])
      writeFileSync(READY_FILE, "")
      assert.strictEqual((yield* host.invoke({})).payload, "ready")
    })
  )

  it.live("that ends the process is an exit error", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(
        (yield* FunctionHost.make(definitionOf("initExits"))).invoke({})
      )
      assert.strictEqual(error.reason._tag, "InitFailed")
      assert.strictEqual(error.errorType, "Runtime.ExitError")
      assert.strictEqual(error.errorMessage, "Runtime exited with error: exit status 7")
    })
  )

  it.live("is killed at its time limit", () =>
    Effect.gen(function* () {
      const host = yield* FunctionHost.make(definitionOf("initHangs", { initTimeoutSeconds: 1 }))
      const error = yield* failureOf(host.invoke({}))
      assert.strictEqual(error.reason._tag, "InitFailed")
      assert.strictEqual(error.errorType, "Sandbox.Timedout")
      assert.deepStrictEqual(yield* host.processIds, [])
    })
  )

  const unusable: ReadonlyArray<[string, string, Partial<FunctionDefinition>]> = [
    ["a callback handler", "Runtime.CallbackHandlerDeprecated", { ...definitionOf("callback") }],
    ["a handler that is not exported", "Runtime.HandlerNotFound", { handler: "actions.nothing" }],
    ["a missing module", "Runtime.ImportModuleError", { handler: "missing.handler" }],
    ["a missing folder", "Runtime.InvalidEntrypoint", { bundlePath: "/nowhere/main.mjs" }]
  ]
  for (const [what, errorType, changes] of unusable) {
    it.live(`refuses ${what}`, () =>
      Effect.gen(function* () {
        const error = yield* failureOf((yield* actionsHost(changes)).invoke({ action: "echo" }))
        assert.strictEqual(error.reason._tag, "InitFailed")
        assert.strictEqual(error.errorType, errorType)
      })
    )
  }
})

describe("an asynchronous invocation", () => {
  it.live("is attempted three times", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ asyncRetryDelays: ["10 millis", "10 millis"] })
      assert.strictEqual((yield* host.invokeAsync({ action: "failUntil", attempts: 3 })).payload, 3)
    })
  )

  it.live("fails with its last error", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ asyncRetryDelays: ["10 millis", "10 millis"] })
      const error = yield* failureOf(host.invokeAsync({ action: "failUntil", attempts: 9 }))
      assert.strictEqual(error.errorMessage, "attempt 3")
    })
  )
})
