/** An Agent that pages ask over a WebSocket, and that keeps the conversation. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import {
  Agent,
  type Connection,
  type ConnectionContext,
  routeAgentRequest,
  type WSMessage
} from "agents"
import { type ModelMessage, streamText } from "ai"
import { record } from "cv-analytics"

interface Env {
  readonly Chatbot: DurableObjectNamespace<Chatbot>
  readonly LLM_URL: string
  readonly LLM_MODEL: string
  readonly LLM_KEY: string
}

interface Conversation {
  readonly messages: Array<ModelMessage>
}

/** The visitor's browser, language and privacy signals, which only the first request tells. */
const signalsOf = ({ headers, url }: Request) => ({
  url,
  headers: ["user-agent", "accept-language", "dnt", "sec-gpc"].flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
})
type Visitor = ReturnType<typeof signalsOf>

export class Chatbot extends Agent<Env, Conversation> {
  override initialState: Conversation = { messages: [] }

  override onConnect(connection: Connection<Visitor>, { request }: ConnectionContext) {
    connection.setState(signalsOf(request))
  }

  override async onMessage(connection: Connection<Visitor>, message: WSMessage) {
    const { question } = JSON.parse(String(message)) as { question: string }
    const askedAt = Date.now()
    const messages = [...this.state.messages, { role: "user" as const, content: question }]
    const visitor = connection.state
    const exchange = {
      question,
      session: this.name,
      turn: messages.filter(({ role }) => role === "user").length,
      model: this.env.LLM_MODEL,
      request: visitor === null ? undefined : new Request(visitor.url, { headers: visitor.headers })
    }
    try {
      const result = this.ask(messages)
      for await (const piece of result.textStream) connection.send(JSON.stringify({ piece }))
      const answer = await result.text
      this.setState({ messages: [...messages, { role: "assistant", content: answer }] })
      connection.send(JSON.stringify({ end: true }))
      const { inputTokens, outputTokens } = await result.totalUsage
      record(this.env, this.ctx, {
        ...exchange,
        answer,
        tokens: { input: inputTokens, output: outputTokens },
        processingTimeMs: Date.now() - askedAt
      })
    } catch {
      connection.send(JSON.stringify({ error: "The chatbot is out of order." }))
      record(this.env, this.ctx, { ...exchange, outcome: "failed" })
    }
  }

  private ask(messages: Array<ModelMessage>) {
    const { LLM_KEY, LLM_MODEL, LLM_URL } = this.env
    const options = { name: "llm", baseURL: LLM_URL, apiKey: LLM_KEY, includeUsage: true }
    return streamText({ model: createOpenAICompatible(options)(LLM_MODEL), messages })
  }
}

export default {
  async fetch(request, env) {
    const answer = await routeAgentRequest(request, env)
    return answer ?? new Response("Nothing here.", { status: 404 })
  }
} satisfies ExportedHandler<Env>
