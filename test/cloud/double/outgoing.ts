import * as Effect from "effect/Effect"
import { json } from "../../../local/LoopbackServer.ts"
import { type Supplement, serviceOf, textOf } from "./Pass.ts"

/** This path answers with the e-mails that moto took. */
export const outgoingPath = "/outgoing-emails"

/** Keeps each e-mail that moto accepts, because moto shows none over HTTP. */
export const outgoing = (): Supplement => {
  const taken: Array<string> = []
  return (request, pass) => {
    if (request.url === outgoingPath) return Effect.succeed(json(taken))
    const form = serviceOf(request) === "ses" ? new URLSearchParams(textOf(request)) : undefined
    return form?.get("Action") !== "SendRawEmail"
      ? undefined
      : Effect.tap(pass(request), ({ status }) =>
          Effect.sync(() => {
            if (status < 300) taken.push(form.get("RawMessage.Data") ?? "")
          })
        )
  }
}
