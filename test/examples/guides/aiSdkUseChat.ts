import { tokensOf } from "../upstream/said.ts"
import { answered, browser, type Place, questions, type Visit, watchedFetch } from "../Visit.ts"

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

/** Sends both questions as the hook does, and keeps the page's messages beside the bytes. */
const ask = async ({ load, url }: Place) => {
  const { DefaultChatTransport, readUIMessageStream } = (await load("ai")) as unknown as AiSdk
  const replies: Array<unknown> = []
  const transport = new DefaultChatTransport({
    api: `${url}/api/chat`,
    headers: browser,
    fetch: watchedFetch(replies)
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
  return [...replies, messages]
}

export const aiSdkUseChat: Visit = {
  ask,
  recorded: questions.map((question, n) => ({
    ...answered(question),
    model: "gpt-5-mini",
    tokens: tokensOf(2 + 2 * n, question),
    session: chatId,
    turn: n + 1
  }))
}
