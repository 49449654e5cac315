/**
 * Goal: a process lives, freezes and ends like a sandbox of Lambda.
 * Method: real processes behind the real Runtime API, without doubles.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import type { FunctionDefinition } from "../../../local/lambda/FunctionDefinition.ts"
import * as FunctionHost from "../../../local/lambda/FunctionHost.ts"
import { definitionOf } from "./fixtures/definition.ts"
import { isRunning, until } from "./fixtures/processes.ts"

const actionsHost = (changes: Partial<FunctionDefinition> = {}) =>
  FunctionHost.make(definitionOf("actions", changes))

describe("a sandbox", () => {
  it.live("keeps its state between invocations", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ maxConcurrency: 3 })
      const first = yield* host.invoke({ action: "count" })
      const second = yield* host.invoke({ action: "count" })
      assert.deepStrictEqual([first.coldStart, second.coldStart], [true, false])
      const { processId } = first.payload as { processId: number }
      assert.deepStrictEqual(second.payload, { calls: 2, processId })
    })
  )

  it.live("is frozen between invocations", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      const before = Number((yield* host.invoke({ action: "tick" })).payload)
      yield* Effect.sleep("600 millis")
      const after = Number((yield* host.invoke({ action: "tick" })).payload)
      // Each invocation ticks for 100 ms; 600 ms of running between them would add 120 ticks.
      assert.isAbove(before, 0)
      assert.isAbove(after, before)
      assert.isBelow(after - before, 60)
    })
  )

  it.live("thaws with its kept-alive connections", () =>
    Effect.gen(function* () {
      const ports: Array<number | undefined> = []
      const server = createServer((request, response) => {
        ports.push(request.socket.remotePort)
        response.end("ok")
      })
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => {
          server.listen(0, "127.0.0.1", () => resume(Effect.void))
        }),
        () => Effect.sync(() => server.close())
      )
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const host = yield* actionsHost()
      yield* host.invoke({ action: "fetch", url })
      yield* Effect.sleep("300 millis")
      yield* host.invoke({ action: "fetch", url })
      assert.strictEqual(ports.length, 2)
      assert.strictEqual(ports[0], ports[1])
    })
  )

  it.live("that was killed while frozen costs a cold start, but no invocation", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      yield* host.invoke({ action: "count" })
      process.kill((yield* host.processIds)[0]!, "SIGKILL")
      yield* until(Effect.map(host.processIds, (ids) => ids.length === 0))
      assert.isTrue((yield* host.invoke({ action: "count" })).coldStart)
    })
  )

  it.live("handles one invocation at a time, and there are no more than maxConcurrency", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost({ maxConcurrency: 2 })
      const sleep = host.invoke({ action: "sleep", ms: 200 })
      const results = yield* Effect.all([sleep, sleep, sleep, sleep], { concurrency: "unbounded" })
      assert.strictEqual(new Set(results.map(({ payload }) => payload)).size, 2)
      assert.strictEqual(results.filter(({ coldStart }) => coldStart).length, 2)
      assert.strictEqual((yield* host.processIds).length, 2)
    })
  )

  it.live("is replaced when its caller is interrupted", () =>
    Effect.gen(function* () {
      const host = yield* actionsHost()
      yield* host.invoke({ action: "count" })
      const running = yield* Effect.forkChild(host.invoke({ action: "hang" }))
      yield* Effect.sleep("50 millis")
      yield* Fiber.interrupt(running)
      assert.deepStrictEqual(yield* host.processIds, [])
      assert.isTrue((yield* host.invoke({ action: "count" })).coldStart)
    })
  )
})

describe("closing the scope", () => {
  it.live("leaves no process: neither frozen, nor running, nor starting", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const host = yield* actionsHost({ maxConcurrency: 3 }).pipe(Scope.provide(scope))
      const sleep = host.invoke({ action: "sleep", ms: 100 })
      yield* Effect.all([sleep, sleep], { concurrency: 2 })
      const hanging = yield* Effect.forkChild(Effect.flip(host.invoke({ action: "hang" })))
      yield* Effect.forkChild(host.invoke({ action: "sleep", ms: 5000 }))
      yield* Effect.forkChild(host.invoke({ action: "count" }))
      yield* Effect.sleep("20 millis")
      const processIds = yield* host.processIds
      assert.strictEqual(processIds.length, 3)
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(processIds.filter(isRunning), [])
      assert.strictEqual((yield* Fiber.join(hanging)).errorType, "Runtime.ExitError")
      assert.isTrue(Exit.hasInterrupts(yield* Effect.exit(host.invoke({ action: "count" }))))
      assert.deepStrictEqual(yield* host.processIds, [])
    })
  )
})
