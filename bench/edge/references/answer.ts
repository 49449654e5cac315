/** A chatbot as one writes it by hand: an answer, or the events that bring it. */
import { searchIn } from "../../../src/layers/knowledge/KnowledgeSearch.ts"
import type { Section } from "../../../src/layers/knowledge/KnowledgeSection.ts"

declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

export interface Env {
  readonly CV_ANALYTICS_REGION: string
  readonly CV_ANALYTICS_ACCESS_KEY_ID: string
  readonly CV_ANALYTICS_SECRET_ACCESS_KEY: string
  readonly CV_ANALYTICS_QUEUE_URL: string
  readonly UPSTREAM_URL: string
}

export interface Answer {
  readonly text: string
  readonly matchType: string
  readonly matchScore: number
}

const search = searchIn(KNOWLEDGE_SECTIONS)

export const fromKnowledge = (question: string): Answer => {
  const [best] = search(question)
  return {
    text: best?.section.text ?? "I don't know.",
    matchType: best?.matchType ?? "none",
    matchScore: best?.matchScore ?? 0
  }
}

export const fromUpstream = (url: string, question: string, signal: AbortSignal) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ messages: [{ role: "user", content: question }], stream: true }),
    signal
  })

interface Chunk {
  readonly choices?: ReadonlyArray<{ readonly delta?: { readonly content?: string } }>
}

const wordsOf = (line: string): string => {
  if (!line.startsWith("data: {")) return ""
  const { choices }: Chunk = JSON.parse(line.slice(6))
  return choices?.[0]?.delta?.content ?? ""
}

/** Lets a stream pass to the visitor, and tells its text once it has ended. */
export const passing = (source: ReadableStream<Uint8Array>, ended: (text: string) => void) => {
  const decoder = new TextDecoder()
  let received = ""
  return source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        received += decoder.decode(chunk, { stream: true })
        controller.enqueue(chunk)
      },
      flush: () => ended(received.split("\n").map(wordsOf).join(""))
    })
  )
}
