import type { Rejection } from "./Rejection.ts"

/** One request as a protocol understood it. */
export interface Call {
  readonly action: string
  readonly input: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How requests and answers are written; the operations know nothing of it. */
export interface Protocol {
  readonly success: (action: string, output: object, requestId: string) => Answer
  readonly failure: (rejection: Rejection, requestId: string) => Answer
}
