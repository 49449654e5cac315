/**
 * Everything that owners see of the package `cv-analytics`. The build copies this file, so it
 * has no imports. Each `Request` is the one that the owner's project declares.
 */

// a project without such a global imports the type, which then is not known here
type PlatformRequest = typeof globalThis extends { Request: { prototype: infer R } } ? R : any
type PlatformResponse = typeof globalThis extends { Response: { prototype: infer R } } ? R : any
type Maybe<A> = A | undefined | Promise<A | undefined>

/** How well an answer covers its question; "none" stands for "I don't know". */
export type MatchType = "full" | "partial" | "none" | "unknown"

/**
 * The tokens of a language model. `input` includes `cachedInput` and `cacheWrites`, and `output`
 * includes `reasoning`. Leave out an unknown count: 0 says that the model used no tokens.
 */
export interface Tokens {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cachedInput?: number | undefined
  readonly cacheWrites?: number | undefined
  /** A part of `cacheWrites`: what is kept for an hour, which costs more. */
  readonly hourCacheWrites?: number | undefined
  readonly reasoning?: number | undefined
}

export interface ToldQuestion {
  readonly question: string
  readonly session?: string | undefined
  /** Which question of the conversation this is, from 1. */
  readonly turn?: number | undefined
}

/** The response tells the parts that are left out. */
export interface ToldAnswer {
  readonly text?: string | undefined
  readonly matchType?: MatchType | undefined
  /** How the chatbot scores its own answer, from 0 to 1. */
  readonly matchScore?: number | undefined
  readonly model?: string | undefined
  readonly tokens?: Tokens | undefined
  readonly outcome?: "answered" | "failed" | undefined
}

/** Each option replaces a guess. A function that throws or rejects costs what it was to tell. */
export interface Options {
  /**
   * A path, several, or a function of the request. There every method and body may ask, and all
   * other requests are ignored.
   */
  readonly at?: string | ReadonlyArray<string> | ((request: PlatformRequest) => boolean) | undefined
  /** Gets a copy of the request, whatever its method; `undefined` when it asks no question. */
  readonly question?: ((request: PlatformRequest) => Maybe<string | ToldQuestion>) | undefined
  /** Gets a copy of the response, up to 4 MB, and the request without its body. */
  readonly answer?:
    | ((response: PlatformResponse, request: PlatformRequest) => Maybe<string | ToldAnswer>)
    | undefined
  /** Gets the request without its body. */
  readonly session?: ((request: PlatformRequest) => Maybe<string>) | undefined
  /** The name of the language model, or how to find it. */
  readonly model?:
    | string
    | ((request: PlatformRequest, response: PlatformResponse) => Maybe<string>)
    | undefined
}

/** An exchange that no request and response of a wrapped Worker hold. */
export interface ToldExchange extends Omit<ToldAnswer, "text">, ToldQuestion {
  /** Absent if the chatbot failed, or if the answer is not known. */
  readonly answer?: string | undefined
  /** The time from the question to the end of the answer; 0 if it is left out. */
  readonly processingTimeMs?: number | undefined
  /** Tells the visitor's network, browser, language and privacy signals. */
  readonly request?: PlatformRequest | undefined
}

/** Cloudflare's context of an invocation, a Durable Object or an Agent. */
export interface Platform {
  waitUntil(promise: Promise<unknown>): void
}

/** A message of the outbox: the queue's messages of one request, in their order. */
export interface OutboxMessage {
  readonly body: unknown
  /** Deliveries so far, including this one. */
  readonly attempts: number
  readonly ack: () => void
  readonly retry: (options: { readonly delaySeconds: number }) => void
}

/** Cloudflare's `MessageBatch`. */
export interface OutboxBatch {
  readonly messages: ReadonlyArray<OutboxMessage>
}

/** Empties the outbox, unless the Worker has its own `queue`. */
export interface OutboxConsumer {
  queue(batch: OutboxBatch, env: object): Promise<void>
}

/** An object with `fetch`, such as an `ExportedHandler`, a Hono app or an itty-router. */
export interface WorkerObject {
  // a method, which admits handlers of every type of request
  fetch?(request: PlatformRequest, env: any, platform: any): unknown
}

/** A `WorkerEntrypoint` class. */
export type WorkerClass = new (...args: ReadonlyArray<never>) => WorkerObject

/** The handlers of a Worker, which may lie on its prototype. */
export type HandlerName =
  | "fetch"
  | "connect"
  | "email"
  | "queue"
  | "scheduled"
  | "tail"
  | "tailStream"
  | "test"
  | "trace"

type Arguments<F> = F extends (...args: infer A) => unknown ? Required<A> : []
type At<A, N extends number, Otherwise> = number extends keyof A
  ? A extends { readonly [K in N]: infer V }
    ? V
    : Otherwise
  : Otherwise

/** The handler's own types, and ours where it leaves an argument out. */
export type Answering<F> = (
  request: At<Arguments<F>, 0, PlatformRequest>,
  env: At<Arguments<F>, 1, object>,
  platform: At<Arguments<F>, 2, Platform>
) => PlatformResponse | Promise<PlatformResponse>

/** The same class, or the handlers of the same object. */
export type Wrapped<W> = W extends WorkerClass
  ? W
  : Pick<W, Exclude<Extract<keyof W, HandlerName>, "fetch">> &
      (W extends { fetch?: infer F } ? { fetch: Answering<NonNullable<F>> } : unknown) &
      (W extends { queue: unknown } ? unknown : OutboxConsumer)

/**
 * Wraps a Worker, whose answers stay as they are. Each request that asks a question is recorded
 * with its answer. If the settings are wrong, or recording fails, visitors still get their answers.
 */
export declare function withAnalytics<W extends WorkerObject | WorkerClass>(
  worker: W,
  options?: Options
): Wrapped<W>

/** Records an exchange of a Durable Object, a WebSocket, an Agent or a queue; it never rejects. */
export declare function record(
  env: object,
  platform: Platform | undefined,
  exchange: ToldExchange
): Promise<void>

/** Empties the outbox of a Worker that has its own `queue`, which calls this. */
export declare function drainOutbox(batch: OutboxBatch, env: object): Promise<void>

/** Tells what a handler knows of its answer; the rest is read from the response. */
export declare function tell(request: PlatformRequest, answer: ToldAnswer): void

/** The id under which a request is being recorded; `undefined` if it is not. */
export declare function requestIdOf(request: PlatformRequest): string | undefined

/**
 * Takes a visitor's vote from any page, because only the token of the answer admits it: a POST of
 * `{ token, rating, reason?, comment? }` as JSON. Answers 202, or a problem by RFC 9457, and never
 * rejects. The vote is sent after the response.
 */
export declare function feedback(
  request: PlatformRequest,
  env: object,
  platform: Platform | undefined
): Promise<PlatformResponse>

/**
 * The token by which the visitor may vote on this answer, if a handler puts it into the answer
 * itself; the header `x-cv-feedback` has the same. It is `undefined` if votes are off, or if the
 * secret has not come from its store yet.
 */
export declare function feedbackToken(request: PlatformRequest): Promise<string | undefined>

/** True if the variables of the analytics are right, as far as they can be checked. */
export declare function isConfigured(env: object): Promise<boolean>

// keeps the types without `export` to this file
export {}
