/** The server of a page with `useChat` of the Vercel AI SDK. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { convertToModelMessages, streamText, type UIMessage } from "ai"
import { feedback, withAnalytics } from "cv-analytics"

interface Env {
  readonly LLM_URL: string
  readonly LLM_MODEL: string
  readonly LLM_KEY: string
}

export default withAnalytics({
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname === "/api/feedback") return feedback(request, env, context)
    if (request.method !== "POST" || pathname !== "/api/chat") {
      return new Response("Nothing here.", { status: 404 })
    }
    const { messages } = await request.json<{ messages: Array<UIMessage> }>()
    const provider = createOpenAICompatible({
      name: "llm",
      baseURL: env.LLM_URL,
      apiKey: env.LLM_KEY,
      includeUsage: true
    })
    const result = streamText({
      model: provider(env.LLM_MODEL),
      instructions: "Answer questions about our shop in two sentences.",
      messages: await convertToModelMessages(messages)
    })
    return result.toUIMessageStreamResponse({
      // the stream of `useChat` names neither the model nor the tokens by itself
      messageMetadata: ({ part }) =>
        part.type === "finish" ? { model: env.LLM_MODEL, usage: part.totalUsage } : undefined
    })
  }
} satisfies ExportedHandler<Env>)
