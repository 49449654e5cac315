import { tokensOf } from "../upstream/said.ts"
import {
  answered,
  browser,
  type Place,
  postJson,
  questions,
  type Visit,
  watchedFetch
} from "../Visit.ts"

const chatId = "Qz7WkX2mNp4TrB9s"

interface Message {
  readonly id: string
  readonly role: "user" | "assistant"
  readonly parts: ReadonlyArray<{ readonly type: string; readonly text?: string }>
}

/** The parts of the package that `useChat` uses to ask. */
interface AiSdk {
  readonly DefaultChatTransport: new (options: {
    readonly api: string
    readonly headers: object
    readonly fetch: typeof fetch
  }) => {
    sendMessages(options: {
      readonly chatId: string
      readonly messages: ReadonlyArray<Message>
      readonly trigger: "submit-message"
      readonly messageId: undefined
      readonly abortSignal: undefined
    }): Promise<ReadableStream>
  }
  readonly readUIMessageStream: (options: {
    readonly stream: ReadableStream
  }) => AsyncIterable<Message>
}

const userMessage = (id: string, text: string): Message => ({
  id,
  role: "user",
  parts: [{ type: "text", text }]
})

/** The example's own module for pages. */
interface Votes {
  readonly votingFetch: typeof fetch
  readonly tokenFor: (messages: ReadonlyArray<Message>, at: number) => string | undefined
}

/** Asks both questions as the hook does; returns the page's messages. */
const converse = async ({ load, url }: Place, fetching: typeof fetch) => {
  const { DefaultChatTransport, readUIMessageStream } = (await load("ai")) as unknown as AiSdk
  const transport = new DefaultChatTransport({
    api: `${url}/api/chat`,
    headers: browser,
    fetch: fetching
  })
  const messages: Array<Message> = []
  for (const [n, question] of questions.entries()) {
    messages.push(userMessage(`question-${n}`, question))
    const stream = await transport.sendMessages({
      chatId,
      messages,
      trigger: "submit-message",
      messageId: undefined,
      abortSignal: undefined
    })
    let answer: Message | undefined
    for await (const message of readUIMessageStream({ stream })) answer = message
    if (answer !== undefined) messages.push({ ...answer, id: `answer-${n}` })
  }
  return messages
}

/** Keeps the bytes beside the page's messages, and votes on every answer with a token. */
const ask = async (place: Place) => {
  const { tokenFor, votingFetch } = (await place.load("./votes.ts")) as unknown as Votes
  const replies: Array<unknown> = []
  const messages = await converse(place, watchedFetch(replies, votingFetch))
  const votes: Array<number> = []
  for (const at of messages.keys()) {
    const token = tokenFor(messages, at)
    if (token === undefined) continue
    const vote = { token, rating: "up" }
    votes.push((await postJson(`${place.url}/api/feedback`, vote)).status)
  }
  place.voted(votes)
  return [...replies, messages]
}

export const aiSdkUseChat: Visit = {
  ask,
  votes: [202, 202],
  recorded: questions.map((question, n) => ({
    ...answered(question),
    model: "gpt-5-mini",
    tokens: tokensOf(2 + 2 * n, question),
    session: chatId,
    turn: n + 1
  }))
}
