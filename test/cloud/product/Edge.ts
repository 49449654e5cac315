/** The uploaded Worker, run by workerd with its variables and secrets. */
import * as Effect from "effect/Effect"
import { Log, LogLevel, Miniflare, type Request, Response } from "miniflare"
import { serve } from "../../../local/LoopbackServer.ts"
import type { UploadedWorker } from "../double/cloudflare.ts"

/** Requests of the Worker go to the account, whatever their host. */
const optionsOf = (worker: UploadedWorker, endpoint: string) => ({
  host: "127.0.0.1",
  cf: false as const,
  log: new Log(LogLevel.NONE),
  modules: true as const,
  script: worker.script,
  compatibilityDate: worker.compatibilityDate,
  compatibilityFlags: [...worker.compatibilityFlags],
  bindings: { ...worker.variables, ...Object.fromEntries(worker.secrets) },
  outboundService: async (request: Request) => {
    const { pathname } = new URL(request.url)
    const { headers, method } = request
    const answer = await fetch(endpoint + pathname, {
      method,
      headers: Object.fromEntries([...headers].filter(([name]) => name !== "host")),
      body: method === "GET" ? null : await request.arrayBuffer()
    })
    return new Response(await answer.arrayBuffer(), { status: answer.status })
  }
})

/** Serves what is uploaded under that name at the moment of each request. */
export const serveEdge = Effect.fnUntraced(function* (
  workers: ReadonlyMap<string, UploadedWorker>,
  name: string,
  endpoint: string
) {
  let current: { readonly worker: UploadedWorker; readonly runs: Miniflare } | undefined
  const stop = () => current?.runs.dispose()
  yield* Effect.addFinalizer(() => Effect.promise(async () => stop()))
  const running = async (worker: UploadedWorker): Promise<Miniflare> => {
    if (current?.worker !== worker) {
      await stop()
      current = { worker, runs: new Miniflare(optionsOf(worker, endpoint)) }
    }
    return current.runs
  }
  return yield* serve({
    port: 0,
    handle: ({ body, headers, method, url }) =>
      Effect.promise(async () => {
        const worker = workers.get(name)
        if (worker === undefined) return { status: 404, headers: {}, body: "no such Worker" }
        const asked = { "content-type": String(headers["content-type"]), "user-agent": "bot" }
        const answer = await (await running(worker)).dispatchFetch(`https://${name}.dev${url}`, {
          method,
          headers: asked,
          ...(body.length > 0 && { body: new Uint8Array(body) })
        })
        const type = answer.headers.get("content-type") ?? ""
        return {
          status: answer.status,
          headers: { "content-type": type },
          body: new Uint8Array(await answer.arrayBuffer())
        }
      })
  })
})
