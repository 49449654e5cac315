/** A chatbot on Workers AI, whose stream goes to the page as it is. */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly AI: Ai
}

interface Chat {
  readonly sessionId: string
  readonly messages: Array<{ readonly role: "user" | "assistant"; readonly content: string }>
}

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"

const worker = {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (request.method !== "POST" || pathname !== "/api/chat") {
      return new Response("Nothing here.", { status: 404 })
    }
    const { messages } = await request.json<Chat>()
    const stream = await env.AI.run(model, { messages, stream: true })
    return new Response(stream, { headers: { "content-type": "text/event-stream" } })
  }
} satisfies ExportedHandler<Env>

// the stream of Workers AI does not name the model
export default withAnalytics(worker, { model })
