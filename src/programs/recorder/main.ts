/** The door into recording, which owners import as the package `cv-analytics`. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import type { SettingsInvalid } from "../../runtime/SettingsInvalid.ts"
import { answerVote } from "./answerVote.ts"
import { drain } from "./drain.ts"
import { readVariables } from "./Environment.ts"
import { recordingLayer } from "./layers.ts"
import type * as Package from "./Package.d.ts"
import { markVote } from "./Registry.ts"
import { recordTold } from "./recordTold.ts"
import { deliverVote, takeVote } from "./takeVote.ts"
import { VoteRefused } from "./VoteRefused.ts"
import { laterBy, type Runner, wrapWith } from "./withAnalytics.ts"

export type * from "./Package.d.ts"
export { feedbackToken, requestIdOf, tell } from "./Registry.ts"

const logger = JsonLogger.layer("Info")

const build = Effect.fnUntraced(function* (env: object) {
  const values = yield* readVariables(env)
  const layer = Layer.mergeAll(recordingLayer(values, env), logger)
  return yield* Layer.buildWithScope(layer, Scope.makeUnsafe())
})

type Services = Effect.Success<ReturnType<typeof build>>

/** Wrong settings stay wrong; a secret that did not come may come later. */
const built = new WeakMap<object, Exit.Exit<Services, SettingsInvalid>>()

/**
 * The services of recording, which each isolate builds once. Requests share a finished result and
 * never a promise, because one request cannot wait for another.
 */
const servicesOf = Effect.fnUntraced(function* (env: object) {
  const known = built.get(env)
  if (known !== undefined) return yield* known
  const made = yield* build(env).pipe(
    Effect.tapError((error) => Effect.logFatal(error.message)),
    Effect.catchTag("SecretUnavailable", () => Effect.undefined),
    Effect.exit
  )
  if (Exit.isSuccess(made) && made.value === undefined) return undefined
  const result = built.get(env) ?? (made as Exit.Exit<Services, SettingsInvalid>)
  built.set(env, result)
  return yield* result
})

const record: Runner["record"] = (work, env) =>
  Effect.gen(function* () {
    const services = yield* servicesOf(env)
    if (services === undefined)
      return yield* Effect.logError("not recorded", { reason: "no secret" })
    yield* Effect.provideContext(work, services)
  }).pipe(
    // wrong settings are logged once, where they are read
    Effect.catchTag("SettingsInvalid", () => Effect.void),
    Effect.catchCause((cause) => Effect.logError("unhandled", cause)),
    Effect.provide(logger),
    Effect.runPromise
  )

// what each of them promises stands in Package.d.ts
export const withAnalytics: typeof Package.withAnalytics = /* @__PURE__ */ wrapWith({
  run: Effect.runPromise,
  record
})

const recordExchange: typeof Package.record = (env, platform, exchange) => {
  const work = record(recordTold(exchange), env)
  laterBy(platform, work)
  return work
}

export { recordExchange as record }

export const feedback: typeof Package.feedback = (request, env, platform) => {
  markVote(request)
  const taken = Effect.gen(function* () {
    const services = yield* servicesOf(env)
    if (services === undefined) return yield* new VoteRefused({ code: "vote_unavailable" })
    const vote = yield* Effect.provideContext(takeVote(request), services)
    laterBy(platform, record(deliverVote(request, vote), env))
  }).pipe(Effect.catchTag("SettingsInvalid", () => new VoteRefused({ code: "misconfigured" })))
  return Effect.runPromise(Effect.provide(answerVote(request, taken), logger))
}

export const drainOutbox: typeof Package.drainOutbox = (batch, env) => record(drain(batch), env)

export const isConfigured: typeof Package.isConfigured = (env) =>
  Effect.runPromise(
    servicesOf(env).pipe(
      Effect.map((services) => services !== undefined),
      Effect.catchTag("SettingsInvalid", () => Effect.succeed(false)),
      Effect.provide(logger)
    )
  )
