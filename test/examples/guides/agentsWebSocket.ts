import { broken, tokensOf } from "../upstream/said.ts"
import { answered, failed, type Place, questions, type Visit } from "../Visit.ts"

const name = "5f0a3d9b-1c64-4f27-88e9-7b2f4c0a1d05"
const model = "gpt-5-mini"

/** The client that pages of the package use, which is a WebSocket that connects again. */
interface AgentClient extends EventTarget {
  readonly ready: Promise<void>
  send(text: string): void
  close(): void
}

interface AgentsClient {
  readonly AgentClient: new (options: {
    readonly host: string
    readonly agent: string
    readonly name: string
  }) => AgentClient
}

/** Keeps every frame, and tells when the Agent is done with a question. */
const listen = (client: AgentClient) => {
  const frames: Array<string> = []
  const waiting: Array<() => void> = []
  client.addEventListener("message", (event) => {
    const frame = String((event as MessageEvent<unknown>).data)
    frames.push(frame)
    if (/^\{"(?:end|error)":/.test(frame)) waiting.shift()?.()
  })
  return { frames, over: () => new Promise<void>((resolve) => waiting.push(resolve)) }
}

const ask = async ({ load, url }: Place) => {
  const { AgentClient } = (await load("agents/client")) as unknown as AgentsClient
  const client = new AgentClient({ host: new URL(url).host, agent: "chatbot", name })
  const { frames, over } = listen(client)
  try {
    await client.ready
    for (const question of [...questions, broken]) {
      client.send(JSON.stringify({ question }))
      await over()
    }
    return frames
  } finally {
    client.close()
  }
}

export const agentsWebSocket: Visit = {
  ask,
  recorded: [
    ...questions.map((question, n) => ({
      ...answered(question),
      model,
      tokens: tokensOf(1 + 2 * n, question),
      session: name,
      turn: n + 1
    })),
    { ...failed, model, session: name, turn: 3 }
  ]
}
