/** Keeps the tokens by which a page with `useChat` lets its visitor vote on the answers. */

interface Message {
  readonly id: string
  readonly role: string
}

/** Tokens by the id of the question, which the page knows before its answer has one. */
const tokens = new Map<string, string>()

const lastQuestion = (messages: ReadonlyArray<Message>): Message | undefined =>
  messages.findLast(({ role }) => role === "user")

/** The `fetch` of a `DefaultChatTransport`: the header is gone once the hook has the stream. */
export const votingFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const token = response.headers.get("x-cv-feedback")
  const { messages } = JSON.parse(String(init?.body)) as { messages: ReadonlyArray<Message> }
  const question = lastQuestion(messages)
  if (token !== null && question !== undefined) tokens.set(question.id, token)
  return response
}

/** The token for the message at this place, which `<cv-feedback>` gets. */
export const tokenFor = (messages: ReadonlyArray<Message>, at: number): string | undefined =>
  messages[at]?.role === "assistant"
    ? tokens.get(lastQuestion(messages.slice(0, at))?.id ?? "")
    : undefined
