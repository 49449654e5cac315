/** An existing chatbot that streams: as the model does, or as two usual libraries make it. */
import { Hono } from "hono"
import { streamSSE } from "hono/streaming"

interface Bindings {
  readonly UPSTREAM_URL: string
}

const headers = { "content-type": "text/event-stream" }

const askModel = async (request: Request, { UPSTREAM_URL }: Bindings) => {
  const { query } = (await request.json()) as { readonly query: string }
  const messages = [{ role: "user", content: query }]
  const { body } = await fetch(UPSTREAM_URL, { method: "POST", body: JSON.stringify({ messages }) })
  if (body === null) throw new Error("no answer")
  return body
}

/** Cuts at each event's end, wherever the network cut. */
const events = () => {
  let held = ""
  return new TransformStream<string, string>({
    transform: (text, controller) => {
      const parts = (held + text).split("\n\n")
      held = parts.pop() ?? ""
      for (const part of parts) controller.enqueue(part.slice("data: ".length))
    }
  })
}

const textOf = (body: ReadableStream<Uint8Array>) =>
  body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)

/** The AI SDK decodes each part of a model's stream, and encodes it for the page. */
const asAiSdk = (body: ReadableStream<Uint8Array>) =>
  textOf(body)
    .pipeThrough(events())
    .pipeThrough(
      new TransformStream<string, unknown>({
        transform: (data, controller) =>
          controller.enqueue(data === "[DONE]" ? data : JSON.parse(data))
      })
    )
    .pipeThrough(
      new TransformStream<unknown, string>({
        transform: (part, controller) =>
          controller.enqueue(`data: ${typeof part === "string" ? part : JSON.stringify(part)}\n\n`)
      })
    )
    .pipeThrough(new TextEncoderStream())

const app = new Hono<{ Bindings: Bindings }>()

app.post("/native", async ({ env, req }) => new Response(await askModel(req.raw, env), { headers }))

app.post("/aiSdk", async ({ env, req }) => {
  const body = await askModel(req.raw, env)
  return new Response(asAiSdk(body), { headers })
})

app.post("/hono", async (context) => {
  const body = await askModel(context.req.raw, context.env)
  return streamSSE(context, async (stream) => {
    const reader = textOf(body).pipeThrough(events()).getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      await stream.writeSSE({ data: next.value })
    }
  })
})

export default { fetch: app.fetch }
