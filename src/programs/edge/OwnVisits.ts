import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

/** The secret by which the site's owner marks their own visits; none unless one is configured. */
export const OwnVisitToken = Context.Reference<Option.Option<Redacted.Redacted>>(
  "edge/OwnVisitToken",
  { defaultValue: () => Option.none() }
)

const header = "x-own-visit"

/** Whether the request carries the owner's token, which itself never leaves the Worker. */
export const isOwnVisit = (request: Request) =>
  Effect.map(OwnVisitToken, (token) =>
    Option.isSome(token) ? request.headers.get(header) === Redacted.value(token.value) : false
  )
