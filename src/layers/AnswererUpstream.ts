/** Asks a chatbot over HTTP, by chat completions or at an endpoint that takes a `query`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readAtMost } from "../runtime/readAtMost.ts"
import type { KnownAnswer } from "../schema/Answer.ts"
import { judgeAnswer } from "../schema/chat/judgeAnswer.ts"
import { readAnswer } from "../schema/chat/readAnswer.ts"
import {
  Answerer,
  AnswererTimedOut,
  AnswererUnavailable,
  type Reply
} from "../services/Answerer.ts"

export interface Options {
  /** If it ends in `/chat/completions`, that form is used; any other gets `{"query": …}`. */
  readonly url: URL
  readonly key: Redacted.Redacted | undefined
  readonly model: string | undefined
  readonly instructions: string | undefined
  /** Limits the time until a stream begins, or until a whole answer ends. */
  readonly timeoutMs: number
}

/** Whole answers are read up to this limit, which is far above the length of a chat answer. */
const bodyBytesMax = 1024 * 1024

/** JSON leaves out what is `undefined`. */
const bodyFor = ({ instructions, model, url }: Options, question: string, stream: boolean) => {
  if (!/\/chat\/completions\/?$/.test(url.pathname)) {
    return { query: question, stream: stream || undefined }
  }
  const told = instructions === undefined ? [] : [{ role: "system", content: instructions }]
  return {
    model,
    messages: [...told, { role: "user", content: question }],
    ...(stream ? { stream, stream_options: { include_usage: true } } : {})
  }
}

const unavailable = (detail: string) => new AnswererUnavailable({ detail })

const request = (options: Options, question: string, stream: boolean, left?: AbortSignal) =>
  Effect.tryPromise({
    try: (signal) =>
      fetch(options.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: stream ? "text/event-stream, application/json" : "application/json",
          ...(options.key === undefined
            ? {}
            : { authorization: `Bearer ${Redacted.value(options.key)}` })
        },
        body: JSON.stringify(bodyFor(options, question, stream)),
        // a Worker does not know "error"; the redirect itself counts as a failure
        redirect: "manual",
        signal: left === undefined ? signal : AbortSignal.any([signal, left])
      }),
    catch: () => unavailable(left?.aborted === true ? "the visitor left" : "no connection")
  })

const isStream = (response: Response): boolean =>
  /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "")

const readWhole = Effect.fnUntraced(function* (response: Response, known: KnownAnswer) {
  const body = yield* Effect.tryPromise({
    try: () => readAtMost(response.body, bodyBytesMax),
    catch: () => unavailable("the answer broke off")
  })
  if (body === undefined) return yield* unavailable("the answer is too long")
  const message = yield* Effect.try({
    try: () => readAnswer(JSON.parse(body), known),
    catch: () => unavailable("the answer is not JSON")
  })
  if (message.text.trim() === "") return yield* unavailable("the answer holds no text")
  return judgeAnswer(message.text, message.known)
})

const send = Effect.fnUntraced(function* (
  options: Options,
  question: string,
  streaming: boolean,
  signal?: AbortSignal
) {
  const response = yield* request(options, question, streaming, signal)
  if (!response.ok || response.body === null) {
    yield* Effect.promise(async () => response.body?.cancel())
    return yield* unavailable(`HTTP ${response.status}`)
  }
  const known = options.model === undefined ? {} : { model: options.model }
  if (streaming && isStream(response)) {
    return { _tag: "Streaming", events: response.body, known } satisfies Reply
  }
  return { _tag: "Whole", answer: yield* readWhole(response, known) } satisfies Reply
})

const wholeOf = (reply: Reply) =>
  reply._tag === "Whole" ? Effect.succeed(reply.answer) : unavailable("the answer is a stream")

/**
 * Takes the quality of an answer from its `matchType` and `matchScore`, else from its words. A
 * redirect, HTML, or an answer without text counts as a failure and never reaches a visitor.
 */
export const layer = (options: Options): Layer.Layer<Answerer> => {
  const timed = <A, E>(effect: Effect.Effect<A, E>) =>
    Effect.timeoutOrElse(effect, {
      duration: options.timeoutMs,
      orElse: () => new AnswererTimedOut({ afterMs: options.timeoutMs })
    })
  return Layer.sync(Answerer, () =>
    Answerer.of({
      answer: (question, signal) =>
        timed(Effect.flatMap(send(options, question, false, signal), wholeOf)),
      stream: (question, signal) => timed(send(options, question, true, signal))
    })
  )
}
