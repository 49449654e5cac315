import { modelName, tokensOf } from "../upstream/said.ts"
import {
  answered,
  browser,
  firstTurn,
  opening,
  type Place,
  questions,
  secondTurn,
  thirdTurn,
  type Visit,
  watchedFetch
} from "../Visit.ts"

const session = "4e9f2c8a-0b53-4e16-a7d8-6a1e3b9f0c04"
const model = "gpt-5-mini"

/** The part of OpenAI's client that pages use. */
interface OpenAi {
  readonly chat: { readonly completions: { create(body: object): Promise<unknown> } }
  readonly responses: { create(body: object): Promise<unknown> }
}

interface OpenAiPackage {
  readonly default: new (options: {
    readonly baseURL: string
    readonly apiKey: string
    readonly defaultHeaders: object
    readonly fetch: typeof fetch
  }) => OpenAi
}

/** The events of a stream as the client gives them to the page. */
const eventsOf = async (stream: unknown) => {
  const events: Array<unknown> = []
  for await (const event of stream as AsyncIterable<unknown>) events.push(event)
  return events
}

/** Asks for a whole answer, for a stream of a chat completion, and for one of Responses. */
const ask = async ({ load, url }: Place) => {
  const { default: OpenAI } = (await load("openai")) as unknown as OpenAiPackage
  const replies: Array<unknown> = []
  const client = new OpenAI({
    baseURL: `${url}/v1`,
    apiKey: "the proxy has it",
    defaultHeaders: { ...browser, "x-session-id": session },
    fetch: watchedFetch(replies)
  })
  const { completions } = client.chat
  const whole = await completions.create({ model, messages: firstTurn })
  const stream = await completions.create({
    model,
    messages: secondTurn,
    stream: true,
    stream_options: { include_usage: true }
  })
  const chunks = await eventsOf(stream)
  const responses = await client.responses.create({
    model,
    input: thirdTurn(opening),
    stream: true
  })
  return [...replies, whole, chunks, await eventsOf(responses)]
}

export const openAiProxy: Visit = {
  ask,
  recorded: [...questions, opening].map((question, n) => ({
    ...answered(question),
    model: modelName,
    tokens: tokensOf(1 + 2 * n, question),
    session,
    turn: n + 1
  }))
}
