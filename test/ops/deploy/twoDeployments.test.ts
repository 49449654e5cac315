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
import { faultOf } from "../../../ops/aws/AwsFault.ts"
import { Iam } from "../../../ops/aws/Clients.ts"
import { ensureKey } from "../../../ops/deploy/AccessKey.ts"
import { type CommandLine, Commands } from "../../../ops/deploy/Commands.ts"
import { retire } from "../../../ops/deploy/retire.ts"
import { type Target, targetOf } from "../../../ops/deploy/Target.ts"
import { settings } from "./Operator.ts"

const production = Effect.runPromise(
  Effect.provide(targetOf(settings as never), NodeServices.layer)
)

const user = "cv-analytics-worker"

const success = (answer: unknown) => ({ exitCode: 0, stdout: JSON.stringify(answer), stderr: "" })

const refusal = (operation: string, name: string) =>
  faultOf(Object.assign(new Error("no"), { name }), { service: "IAM", operation, region: "r" })

/** The effect takes two seconds, and happens in the middle of them. */
const slowly = <A, E>(effect: (now: number) => Effect.Effect<A, E>) =>
  Effect.sleep("1 second").pipe(
    Effect.andThen(Effect.flatMap(Clock.currentTimeMillis, effect)),
    Effect.tap(() => Effect.sleep("1 second"))
  )

/** IAM's keys of one user, and the one that the Worker holds. */
const cloud = (...before: ReadonlyArray<string>) => {
  const keys = new Map(before.map((id) => [id, 0]))
  const off = new Set<string>()
  const working = () => [...keys.keys()].filter((id) => !off.has(id))
  const state = { keys, working, held: before[0], made: 0 }
  const iam = (operation: string, id: string, now: number) => {
    switch (operation) {
      case "ListAccessKeysCommand":
        return Effect.succeed({
          AccessKeyMetadata: [...keys].map(([AccessKeyId, madeAt]) => ({
            AccessKeyId,
            Status: off.has(AccessKeyId) ? "Inactive" : "Active",
            CreateDate: new Date(madeAt)
          }))
        })
      case "GetAccessKeyLastUsedCommand":
        return Effect.succeed({ AccessKeyLastUsed: {} })
      case "CreateAccessKeyCommand": {
        if (keys.size === 2) return Effect.fail(refusal(operation, "LimitExceededException"))
        state.made += 1
        const made = `AKIA${state.made}`
        keys.set(made, now)
        return Effect.succeed({ AccessKey: { AccessKeyId: made, SecretAccessKey: "s" } })
      }
      case "UpdateAccessKeyCommand":
        return Effect.sync(() => void off.add(id))
      default:
        return keys.delete(id)
          ? Effect.succeed({})
          : Effect.fail(refusal(operation, "NoSuchEntityException"))
    }
  }
  const send = (command: { readonly input: { readonly AccessKeyId?: string } }) =>
    slowly((now) => iam(command.constructor.name, command.input.AccessKeyId ?? "", now))
  const wrangler = ({ args, stdin }: CommandLine) => {
    if (args[1] === "list") {
      const names = ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"]
      return success(state.held === undefined ? [] : names.map((name) => ({ name })))
    }
    state.held = JSON.parse(
      stdin === undefined ? "{}" : Redacted.value(stdin)
    ).CV_ANALYTICS_ACCESS_KEY_ID
    return success({})
  }
  const commands = Commands.of({
    run: (command) => slowly(() => Effect.sync(() => wrangler(command)))
  })
  return {
    state,
    layer: Layer.merge(Layer.succeed(Iam, send as never), Layer.succeed(Commands, commands))
  }
}

/** The key step, and the end of a rotation a minute later. */
const deployment = Effect.fnUntraced(function* (target: Target, rotate: boolean) {
  const key = yield* ensureKey(target, user, rotate)
  yield* Effect.sleep("1 minute")
  yield* retire(user, key, true)
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
        assert.deepStrictEqual(state.working(), [state.held], message)
        assert.notStrictEqual(state.held, "AKIAOLD", message)
      })
    )
  )
})
