/** What an owner may say where guessing ends; this is the public contract of the package. */

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
  readonly reasoning?: number | undefined
}

export interface ToldQuestion {
  readonly question: string
  readonly session?: string | undefined
  /** Which question of the conversation this is, from 1. */
  readonly turn?: number | undefined
}

/** What is left out is read from the response. */
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
  readonly at?: string | ReadonlyArray<string> | ((request: Request) => boolean)
  /** Gets a copy of the request, whatever its method; `undefined` when it asks no question. */
  readonly question?: (request: Request) => Maybe<string | ToldQuestion>
  /** Gets a copy of the response, up to 4 MB, and the request without its body. */
  readonly answer?: (response: Response, request: Request) => Maybe<string | ToldAnswer>
  /** Gets the request without its body. */
  readonly session?: (request: Request) => Maybe<string>
  /** The name of the language model, or how to find it. */
  readonly model?: string | ((request: Request, response: Response) => Maybe<string>)
}

/** An exchange that no request and response of a wrapped Worker hold. */
export interface ToldExchange extends Omit<ToldAnswer, "text">, ToldQuestion {
  /** Absent if the chatbot failed, or if the answer is not known. */
  readonly answer?: string | undefined
  /** From the question to the end of the answer; 0 if it is not told. */
  readonly processingTimeMs?: number | undefined
  /** Tells the visitor's network, browser, language and privacy signals. */
  readonly request?: Request | undefined
}

/** Cloudflare's context of an invocation, a Durable Object or an Agent. */
export interface Platform {
  waitUntil(promise: Promise<unknown>): void
}
