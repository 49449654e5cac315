import type * as Effect from "effect/Effect"
import { drain, type OutboxBatch } from "./drain.ts"
import { observe, questionIn } from "./observe.ts"
import { type Options, questionSource } from "./QuestionSource.ts"
import { type Incoming, type Platform, type Recording, requestContextOf } from "./RequestContext.ts"

/** Rejects when the settings of the analytics are wrong. */
type Recorder = <A, E>(work: Effect.Effect<A, E, Recording>) => Promise<A>

interface Chatbot<Env> {
  // a method, because its bivariance admits Workers that expect more of their platform
  fetch(request: Incoming, env: Env, platform: Platform): Response | Promise<Response>
}

/** A function of the owner that throws costs the recording, and never the answer. */
const sourceOf = (request: Request, options: Options) => {
  try {
    return questionSource(request, options)
  } catch {
    return undefined
  }
}

/**
 * Wraps a Worker, whose answers stay as they are: every request that asks a question is recorded
 * with its answer. The Worker needs the variables of the analytics beside its own. If they are
 * wrong, or recording fails, the visitor still gets the answer.
 */
export const wrapWith =
  (recorderOf: (env: object) => Recorder) =>
  <Env extends object, Worker extends Chatbot<Env>>(worker: Worker, options: Options = {}) => ({
    queue: (batch: OutboxBatch, env: object): Promise<void> => recorderOf(env)(drain(batch)),
    ...worker,
    async fetch(request: Incoming, env: Env, platform: Platform): Promise<Response> {
      const questionOf = sourceOf(request, options)
      if (questionOf === undefined) return worker.fetch(request, env, platform)
      const question = questionIn(request.clone(), questionOf)
      // `observe` logs this failure; it must not count as unhandled when `observe` never runs
      question.catch(() => undefined)
      // turns a handler that throws into a promise that rejects
      const answering = (async () => worker.fetch(request, env, platform))()
      const record = recorderOf(env)
      const context = requestContextOf(request, (work) => platform.waitUntil(record(work)))
      const observed = record(observe(request, context, question, answering))
      return (await observed.catch(() => undefined)) ?? answering
    }
  })
