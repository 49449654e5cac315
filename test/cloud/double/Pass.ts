/** How the double passes requests on, and how it recognises them. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { LocalAnswer, LocalRequest } from "../../../local/LoopbackServer.ts"

export type Pass = (request: LocalRequest) => Effect.Effect<LocalAnswer>

/** Answers the requests that it knows, with or without moto; undefined for all others. */
export type Supplement = (request: LocalRequest, pass: Pass) => ReturnType<Pass> | undefined

class MotoUnreachable extends Data.TaggedError("MotoUnreachable")<{ readonly cause: unknown }> {}

/** These belong to one connection, or to the form in which a body was sent. */
const ofConnection = new Set(
  "connection,content-encoding,content-length,expect,host,keep-alive,transfer-encoding".split(",")
)

const kept = (headers: Iterable<readonly [string, string | ReadonlyArray<string> | undefined]>) =>
  Object.fromEntries(
    [...headers].flatMap(([name, value]) =>
      ofConnection.has(name) || value === undefined ? [] : [[name, String(value)] as const]
    )
  )

export const passOn =
  (moto: string): Pass =>
  ({ body, headers, method, url }) =>
    Effect.tryPromise({
      try: async (signal): Promise<LocalAnswer> => {
        const answer = await fetch(moto + url, {
          method,
          headers: kept(Object.entries(headers)),
          ...(body.length > 0 && { body: new Uint8Array(body) }),
          redirect: "manual",
          signal
        })
        return {
          status: answer.status,
          headers: kept(answer.headers),
          body: new Uint8Array(await answer.arrayBuffer())
        }
      },
      catch: (cause) => new MotoUnreachable({ cause })
    }).pipe(Effect.orDie)

/** The operation of a request in one of AWS's JSON protocols. */
export const targetOf = ({ headers }: LocalRequest): string => String(headers["x-amz-target"] ?? "")

/** The service for which a request is signed. */
export const serviceOf = ({ headers }: LocalRequest): string =>
  /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers.authorization))?.[1] ?? ""

export const textOf = ({ body }: { readonly body: string | Uint8Array }): string =>
  typeof body === "string" ? body : Buffer.from(body).toString()

export const mapText = (answer: LocalAnswer, change: (text: string) => string): LocalAnswer =>
  answer.status < 300 ? { ...answer, body: change(textOf(answer)) } : answer
