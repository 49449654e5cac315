/** Analytics around a Worker that exists already. */
import type * as Effect from "effect/Effect"
import { drain, type OutboxBatch } from "./drain.ts"
import { observe, type QuestionOf, questionIn, questionInJson } from "./observe.ts"
import { type Incoming, type Platform, type Recording, requestContextOf } from "./RequestContext.ts"

/** Rejects when the settings of the analytics are wrong. */
type Recorder = <A, E>(work: Effect.Effect<A, E, Recording>) => Promise<A>

interface Chatbot<Env> {
  // a method, so that one that asks its platform for more than we know of fits too
  fetch(request: Incoming, env: Env, platform: Platform): Response | Promise<Response>
}

/**
 * Wraps a Worker, which stays as it is: every POST in whose body `questionOf` finds a question is
 * recorded with its answer. It needs our variables beside its own, and an analytics that is
 * misconfigured or fails changes nothing for a visitor.
 */
export const wrapWith =
  (recorderOf: (env: object) => Recorder) =>
  <Env extends object, Worker extends Chatbot<Env>>(
    worker: Worker,
    questionOf: QuestionOf = questionInJson
  ) => ({
    queue: (batch: OutboxBatch, env: object): Promise<void> => recorderOf(env)(drain(batch)),
    ...worker,
    async fetch(request: Incoming, env: Env, platform: Platform): Promise<Response> {
      if (request.method !== "POST") return worker.fetch(request, env, platform)
      const question = questionIn(request.clone(), questionOf)
      // a failure is told where it is recorded, and where nothing is, it is nobody's
      question.catch(() => undefined)
      // a handler that throws is a promise that rejects
      const answering = (async () => worker.fetch(request, env, platform))()
      const record = recorderOf(env)
      const context = requestContextOf(request, (work) => platform.waitUntil(record(work)))
      const observed = record(observe(request, context, question, answering))
      return (await observed.catch(() => undefined)) ?? answering
    }
  })
