import * as Effect from "effect/Effect"
import {
  type LocalRequest,
  type LongAnswer,
  plain,
  serve as serveLoopback
} from "../../../local/LoopbackServer.ts"
import { addressWith, admit, makeToken } from "./Access.ts"
import { readAssets } from "./assets.ts"
import { rules } from "./Page.ts"

/** Answers the path and the parameters of an admitted request. */
export type Answer = (path: string, parameters: URLSearchParams) => Effect.Effect<LongAnswer>

export interface ConsoleOptions {
  /** 0 = any free port. */
  readonly port: number
  readonly answer: Answer
}

/** Seen without a token too, because the page that asks for one looks like the others. */
const open: ReadonlySet<string> = new Set(["/console.css", "/icon.svg"])

/** HEAD asks for no body, and would wait for the end of a stream. */
const finished = ({ method }: LocalRequest, answer: LongAnswer) => ({
  ...answer,
  headers: { ...answer.headers, ...rules },
  body: method === "HEAD" ? "" : answer.body
})

/** Answers the owner's browser on this machine until the scope ends, which cuts live views too. */
export const serve = Effect.fn("ConsoleServer.serve")(function* ({ answer, port }: ConsoleOptions) {
  const [token, assets] = [makeToken(), readAssets()]
  const admitted = admit(token)
  const handle = (request: LocalRequest): Effect.Effect<LongAnswer> => {
    if (!URL.canParse(request.url, request.endpoint))
      return Effect.succeed(plain(400, "Bad URL.\n"))
    const { pathname, searchParams } = new URL(request.url, request.endpoint)
    const refused = admitted(request)
    if (refused !== undefined && !(open.has(pathname) && refused.status === 403)) {
      return Effect.succeed(refused)
    }
    const asset = Object.hasOwn(assets, pathname) ? assets[pathname] : undefined
    if (asset !== undefined) return Effect.succeed(asset)
    return answer(pathname, searchParams)
  }
  const { endpoint } = yield* serveLoopback({
    port,
    bodyBytesMax: 0,
    handle: (request) => Effect.map(handle(request), (found) => finished(request, found))
  })
  return { endpoint, address: addressWith(endpoint, token) }
})
