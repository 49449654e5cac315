/** Two deployments at once leave neither an unused key nor a Worker with a deleted one. */

import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { ensureKey, removeKeys } from "../../../ops/deploy/AccessKey.ts"
import * as Aws from "../../../ops/deploy/Aws.ts"
import { type CommandLine, Commands } from "../../../ops/deploy/Commands.ts"
import { type Target, targetOf } from "../../../ops/deploy/Target.ts"
import { settings } from "./Operator.ts"

const production = Effect.runPromise(
  Effect.provide(targetOf(settings as never), NodeServices.layer)
)

const user = "cv-analytics-worker"

const failure = (code: string) => ({
  exitCode: 254,
  stdout: "",
  stderr: `An error occurred (${code}) when calling the operation: no`
})

const success = (answer: unknown) => ({ exitCode: 0, stdout: JSON.stringify(answer), stderr: "" })

/** IAM's keys of one user, and the one that the Worker holds; every command takes two seconds. */
const cloud = (...before: ReadonlyArray<string>) => {
  const keys = new Map(before.map((id) => [id, 0]))
  const state = { keys, held: before[0], made: 0 }
  const iam = (operation: string, input: { readonly AccessKeyId?: string }, now: number) => {
    const { AccessKeyId: id = "" } = input
    switch (operation) {
      case "list-access-keys":
        return success({
          AccessKeyMetadata: [...keys].map(([AccessKeyId, madeAt]) => ({
            AccessKeyId,
            Status: "Active",
            CreateDate: new Date(madeAt).toISOString()
          }))
        })
      case "get-access-key-last-used":
        return success({ AccessKeyLastUsed: {} })
      case "create-access-key": {
        if (keys.size === 2) return failure("LimitExceeded")
        state.made += 1
        const made = `AKIA${state.made}`
        keys.set(made, now)
        return success({ AccessKey: { AccessKeyId: made, SecretAccessKey: "s" } })
      }
      default:
        return keys.delete(id) ? success({}) : failure("NoSuchEntity")
    }
  }
  const answer = ({ args, stdin, tool }: CommandLine, now: number) => {
    if (tool === "aws") return iam(args[1] ?? "", JSON.parse(args.at(-1) ?? "{}"), now)
    if (args[1] === "list") {
      const names = ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"]
      return success(state.held === undefined ? [] : names.map((name) => ({ name })))
    }
    state.held = JSON.parse(
      stdin === undefined ? "{}" : Redacted.value(stdin)
    ).CV_ANALYTICS_ACCESS_KEY_ID
    return success({})
  }
  const commands = Layer.succeed(
    Commands,
    Commands.of({
      run: (command) =>
        Effect.gen(function* () {
          yield* Effect.sleep("1 second")
          const answered = answer(command, yield* Clock.currentTimeMillis)
          yield* Effect.sleep("1 second")
          return answered
        })
    })
  )
  return { state, layer: Layer.provideMerge(Aws.layer("eu-west-1"), commands) }
}

/** The key step, and the end of a rotation a minute later. */
const deployment = Effect.fnUntraced(function* (target: Target, rotate: boolean) {
  const { afterwards } = yield* ensureKey(target, user, rotate)
  yield* Effect.sleep("1 minute")
  yield* removeKeys(user, afterwards)
})

const both = (rotate: boolean, apart: number, before: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const target = yield* Effect.promise(() => production)
    const { layer, state } = cloud(...before)
    const at = (seconds: number) =>
      deployment(target, rotate).pipe(
        Effect.delay(`${seconds} seconds`),
        Effect.provide(layer),
        Effect.exit,
        Effect.forkChild
      )
    yield* TestClock.setTime(Date.UTC(2026, 10, 23))
    const fibers = [yield* at(0), yield* at(apart)]
    yield* TestClock.adjust("10 minutes")
    const exits = yield* Effect.forEach(fibers, Fiber.join)
    return { state, succeeded: exits.filter(Exit.isSuccess).length }
  })

const seconds = Array.from({ length: 50 }, (_, second) => second)

describe("two deployments at once", () => {
  it.effect("make one key, or none and both say so, however far they are apart", () =>
    Effect.forEach(seconds, (apart) =>
      Effect.gen(function* () {
        const { state, succeeded } = yield* both(false, apart, [])
        const message = `${apart} seconds apart`
        assert.strictEqual(state.keys.size, succeeded === 0 ? 0 : 1, message)
        if (succeeded > 0) assert.include([...state.keys.keys()], state.held, message)
      })
    )
  )

  it.effect("rotate once, or not at all, and the Worker has the key that is left", () =>
    Effect.forEach(seconds, (apart) =>
      Effect.gen(function* () {
        const { state, succeeded } = yield* both(true, apart, ["AKIAOLD"])
        const message = `${apart} seconds apart`
        assert.strictEqual(succeeded, 1, message)
        assert.deepStrictEqual([...state.keys.keys()], [state.held], message)
        assert.notStrictEqual(state.held, "AKIAOLD", message)
      })
    )
  )
})
