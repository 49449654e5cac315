/** Sends the conversation to a language model, and passes its stream on to the page. */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly LLM_URL: string
  readonly LLM_MODEL: string
  readonly LLM_KEY: string
}

interface Chat {
  readonly conversationId: string
  readonly messages: ReadonlyArray<{ readonly role: string; readonly content: string }>
}

const instructions = "Answer questions about our shop in two sentences."

export default withAnalytics({
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (request.method !== "POST" || pathname !== "/chat") {
      return new Response("Nothing here.", { status: 404 })
    }
    const { messages } = await request.json<Chat>()
    const answer = await fetch(`${env.LLM_URL}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.LLM_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: env.LLM_MODEL,
        messages: [{ role: "system", content: instructions }, ...messages],
        stream: true,
        // without it, the stream does not tell how many tokens it took
        stream_options: { include_usage: true }
      })
    })
    if (!answer.ok) return new Response("The chatbot is out of order.", { status: 502 })
    return new Response(answer.body, { headers: { "content-type": "text/event-stream" } })
  }
} satisfies ExportedHandler<Env>)
