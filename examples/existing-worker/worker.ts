/**
 * A chatbot that existed before. One import and one call around it bring its questions and answers
 * into the weekly e-mail. It does not notice the analytics, even when they fail.
 */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly BOT_NAME: string
}

const words = (text: string): ReadonlyArray<string> => text.split(/(?<= )/)

const delta = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

/** Repeats the question, word by word as a language model would. */
const echo = async (request: Request, { BOT_NAME }: Env): Promise<Response> => {
  const { messages } = (await request.json()) as {
    readonly messages: ReadonlyArray<{ readonly content: string }>
  }
  const answer = `${BOT_NAME} heard: ${messages.at(-1)?.content}`
  const events = [...words(answer).map(delta), "data: [DONE]\n\n"]
  const body = new ReadableStream<string>({
    start: (controller) => {
      for (const event of events) controller.enqueue(event)
      controller.close()
    }
  })
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/event-stream", "x-powered-by": BOT_NAME }
  })
}

export default withAnalytics({
  fetch: (request: Request, env: Env): Response | Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (pathname === "/chat" && request.method === "POST") return echo(request, env)
    return new Response("Nothing here.", { status: 404 })
  }
})
