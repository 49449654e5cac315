import * as Effect from "effect/Effect"
import { mapText, type Supplement, serviceOf } from "./Pass.ts"
import type { Architectures } from "./stacks.ts"

/** Tells a function's architecture as its template has it. */
export const functionSettings =
  (architectures: Architectures): Supplement =>
  (request, pass) => {
    const name = /\/functions\/([\w-]+)\/configuration/.exec(request.url)?.[1] ?? ""
    if (serviceOf(request) !== "lambda" || !architectures.has(name)) return undefined
    return Effect.map(pass(request), (answer) =>
      mapText(answer, (text) =>
        JSON.stringify({ ...JSON.parse(text), Architectures: architectures.get(name) })
      )
    )
  }
