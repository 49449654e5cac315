/** The words of the model that the check plays; the same question gets the same answer. */

/** The dated name that OpenAI answers with, whatever name it is asked by. */
export const modelName = "gpt-5-mini-2026-03-17"

export const answerTo = (question: string): string =>
  `You asked: “${question}” We open at nine – naïvely early ☕ – and close at six.`

/** The model refuses this one with an error. */
export const broken = "Can you break, please?"

export const piecesOf = (text: string): ReadonlyArray<string> => text.split(/(?<= )/)

/** Counts messages and words; a real model counts otherwise, and tells it in the same fields. */
export const tokensOf = (messages: number, question: string) => ({
  input: 100 + messages,
  output: piecesOf(answerTo(question)).length
})

interface Message {
  readonly content: string | ReadonlyArray<{ readonly text?: string }>
}

/** The fields of all requests that the check makes. */
export interface Asked {
  readonly messages?: ReadonlyArray<Message>
  readonly input?: ReadonlyArray<Message>
  readonly question?: string
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
}

export const lastOf = (messages: ReadonlyArray<Message>): string => {
  const { content = "" } = messages.at(-1) ?? {}
  return typeof content === "string" ? content : content.map(({ text = "" }) => text).join("")
}

export const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
