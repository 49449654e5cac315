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

const digestOf = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))

/** Takes the same time wherever the texts differ: only their digests are compared, to the end. */
const isSame = async (one: string, other: string): Promise<boolean> => {
  const [ours, theirs] = await Promise.all([digestOf(one), digestOf(other)])
  let difference = 0
  for (const [index, byte] of ours.entries()) difference |= byte ^ (theirs[index] ?? 0)
  return difference === 0
}

/** Whether the request carries the owner's token, which itself never leaves the Worker. */
export const isOwnVisit = (request: Request) =>
  Effect.flatMap(OwnVisitToken, (token) => {
    const given = request.headers.get(header) ?? ""
    return Option.isNone(token) || given === ""
      ? Effect.succeed(false)
      : Effect.promise(() => isSame(given, Redacted.value(token.value)))
  })
