/** Wrapped routers are Cloudflare's handlers. */
import app, { handler, plainRouter, router, untyped } from "./routers.js"

interface Env {
  readonly BOT_NAME: string
}

export default [app, handler, plainRouter, router, untyped] satisfies ReadonlyArray<
  ExportedHandler<Env>
>
