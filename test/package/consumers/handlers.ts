/** Workers that are typed by Cloudflare, whose environment stays known. */
import { drainOutbox, feedback, withAnalytics } from "cv-analytics"

interface Env {
  readonly BOT_NAME: string
  readonly CHATS: KVNamespace
}

export const satisfied = withAnalytics({
  async fetch(request, env, context) {
    const { message } = await request.json<{ message: string }>()
    context.passThroughOnException()
    context.waitUntil(env.CHATS.put("last", message))
    return Response.json({ answer: env.BOT_NAME.trim() + message + request.cf?.country })
  },
  async scheduled(controller, env) {
    controller.noRetry()
    await env.CHATS.delete("last")
  },
  async queue(batch, env) {
    if (batch.queue === "outbox") await drainOutbox(batch, env)
  }
} satisfies ExportedHandler<Env>) satisfies ExportedHandler<Env>

// the types come from what the result has to be
export const inferred = withAnalytics({
  async fetch(request, env, context) {
    if (request.method === "PUT") return feedback(request, env, context)
    context.waitUntil(env.CHATS.delete(env.BOT_NAME.trim()))
    return new Response(request.url)
  }
}) satisfies ExportedHandler<Env>

const declared: ExportedHandler<Env> = {
  fetch: async (request, env) => new Response(env.BOT_NAME + request.url)
}
export const assigned: ExportedHandler<Env> = withAnalytics(declared, {
  session: (request) => request.headers.get("cf-ray") ?? undefined,
  question: async (request) => (await request.json<{ q: string }>()).q
})

export default withAnalytics<ExportedHandler<Env>>({
  fetch: async (request, env) => new Response(env.BOT_NAME.trim() + request.url)
})
