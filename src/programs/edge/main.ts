/** The Worker's entry points; every Effect of this program is run here. */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as JsonLogger from "../../layers/JsonLogger.ts"

import { drain, type OutboxBatch } from "../recorder/drain.ts"
import { type Incoming, type Platform, requestContextOf } from "../recorder/RequestContext.ts"
import { wrapWith } from "../recorder/withAnalytics.ts"
import { type Bindings, chatbotLayer, recordingLayer } from "./layers.ts"
import { toResponse } from "./Problem.ts"
import { handle } from "./program.ts"
import { readSettings, type Values } from "./settings.ts"

const variablesIn = (env: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  )

/**
 * Runs work with its services, which each isolate builds once and synchronously, because one
 * request cannot wait for another.
 */
const runnerWith = <A>(layerOf: (values: Values, bindings: Bindings) => Layer.Layer<A>) => {
  const build = (bindings: Bindings) =>
    Layer.unwrap(Effect.map(readSettings, (values) => layerOf(values, bindings))).pipe(
      Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(variablesIn(bindings)))),
      Layer.tapError((error) => Effect.logFatal(error.message)),
      Layer.provideMerge(JsonLogger.layer("Info")),
      (all) => Effect.runSyncExit(Layer.buildWithScope(all, Scope.makeUnsafe()))
    )
  const known = new WeakMap<Bindings, ReturnType<typeof build>>()
  return (bindings: Bindings) => {
    const built = known.get(bindings) ?? build(bindings)
    known.set(bindings, built)
    return <B, E>(work: Effect.Effect<B, E, A>): Promise<B> =>
      Effect.runPromise(Effect.flatMap(built, (services) => Effect.provideContext(work, services)))
  }
}

const recorderOf = runnerWith(recordingLayer)
// marked pure, so that a wrapped Worker's bundle leaves it out
const chatbotOf = /* @__PURE__ */ runnerWith(chatbotLayer)

/** Empties the outbox of a wrapped Worker that has its own `queue`, which calls this. */
export const drainOutbox = (batch: OutboxBatch, env: object): Promise<void> =>
  recorderOf(env)(drain(batch))

export const withAnalytics = wrapWith(recorderOf)

export default {
  async fetch(request: Incoming, env: Bindings, platform: Platform): Promise<Response> {
    const run = chatbotOf(env)
    const context = requestContextOf(request, (work) => platform.waitUntil(run(work)))
    // `handle` cannot fail, so a rejection means that a setting is missing or wrong
    return run(handle(request, context)).catch(() => toResponse("misconfigured"))
  },

  queue: (batch: OutboxBatch, env: Bindings): Promise<void> => chatbotOf(env)(drain(batch))
}
