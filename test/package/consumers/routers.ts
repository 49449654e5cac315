/** Routers that people use instead of a handler of their own. */
import { withAnalytics } from "cv-analytics"
import { Hono } from "hono"
import { AutoRouter, Router } from "itty-router"

interface Env {
  readonly BOT_NAME: string
}

const app = new Hono<{ Bindings: Env }>()
app.post("/chat", async (context) => context.json({ answer: context.env.BOT_NAME.trim() }))

export const untyped = withAnalytics(new Hono())
export const router = withAnalytics(AutoRouter().post("/chat", () => ({ answer: "Here." })))
export const plainRouter = withAnalytics(Router().all("*", () => new Response("Here.")))
export const handler = withAnalytics({ fetch: app.fetch })
export default withAnalytics(app, { at: "/chat" })
