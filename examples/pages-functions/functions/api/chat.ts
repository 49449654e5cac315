/** A Pages Function that asks a language model and answers in JSON. */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly LLM_URL: string
  readonly LLM_MODEL: string
  readonly LLM_KEY: string
}

interface Chat {
  readonly chatId: string
  readonly messages: ReadonlyArray<{ readonly role: string; readonly content: string }>
}

interface Completion {
  readonly model: string
  readonly choices: ReadonlyArray<{ readonly message: { readonly content: string } }>
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number }
}

const chatbot = withAnalytics({
  async fetch(request: Request, env: Env): Promise<Response> {
    const { messages } = (await request.json()) as Chat
    const answer = await fetch(`${env.LLM_URL}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.LLM_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ model: env.LLM_MODEL, messages })
    })
    if (!answer.ok) return new Response("The chatbot is out of order.", { status: 502 })
    const { choices, model, usage } = await answer.json<Completion>()
    return Response.json({ reply: choices[0]?.message.content, model, usage })
  }
})

export const onRequestPost: PagesFunction<Env> = (context) =>
  chatbot.fetch(context.request, context.env, context)
