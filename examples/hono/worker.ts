/** A Hono app that streams plain text, which tells neither model nor tokens. */
import { withAnalytics } from "cv-analytics"
import { Hono } from "hono"
import { getCookie, setCookie } from "hono/cookie"
import { streamText } from "hono/streaming"
import OpenAI from "openai"

interface Env {
  readonly LLM_URL: string
  readonly LLM_MODEL: string
  readonly LLM_KEY: string
}

interface Chat {
  readonly message: string
  readonly history?: ReadonlyArray<OpenAI.ChatCompletionMessageParam>
}

const app = new Hono<{ Bindings: Env }>()

app.get("/", (c) => {
  if (getCookie(c, "chat") === undefined) setCookie(c, "chat", crypto.randomUUID())
  return c.text("Ask by POST /api/chat.")
})

app.post("/api/chat", async (c) => {
  const { history = [], message } = await c.req.json<Chat>()
  const llm = new OpenAI({ baseURL: c.env.LLM_URL, apiKey: c.env.LLM_KEY })
  const chunks = await llm.chat.completions.create({
    model: c.env.LLM_MODEL,
    messages: [...history, { role: "user", content: message }],
    stream: true
  })
  return streamText(c, async (stream) => {
    for await (const { choices } of chunks) await stream.write(choices[0]?.delta.content ?? "")
  })
})

const chatCookie = (request: Request) =>
  /(?:^|;\s*)chat=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1]

export default withAnalytics(app, { session: chatCookie, model: "gpt-5-mini" })
