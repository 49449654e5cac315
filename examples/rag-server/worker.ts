/** Stands before a Flowise server, which searches the documents and asks the language model. */
import { withAnalytics } from "cv-analytics"

interface Env {
  readonly RAG_URL: string
  readonly RAG_FLOW: string
  readonly RAG_KEY: string
}

interface Chat {
  readonly question: string
  readonly chatId: string
}

/** Flowise's prediction, as far as this Worker uses it. */
interface Prediction {
  readonly text: string
  readonly sourceDocuments?: ReadonlyArray<{ readonly metadata: { readonly source: string } }>
}

interface Reply {
  readonly answer: string
  readonly sources: ReadonlyArray<string>
}

const worker = {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (request.method !== "POST" || pathname !== "/ask") {
      return new Response("Nothing here.", { status: 404 })
    }
    const { chatId, question } = await request.json<Chat>()
    const prediction = await fetch(`${env.RAG_URL}/api/v1/prediction/${env.RAG_FLOW}`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.RAG_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ question, chatId })
    })
    if (!prediction.ok) return new Response("The chatbot is out of order.", { status: 502 })
    const { sourceDocuments = [], text } = await prediction.json<Prediction>()
    const sources = sourceDocuments.map(({ metadata }) => metadata.source)
    return Response.json({ answer: text, sources } satisfies Reply)
  }
} satisfies ExportedHandler<Env>

/** An answer without a source is none: the report counts its question among the gaps. */
const rated = async (response: Response) => {
  const { sources } = (await response.json()) as Reply
  return { matchType: sources.length === 0 ? ("none" as const) : ("full" as const) }
}

export default withAnalytics(worker, { answer: rated })
