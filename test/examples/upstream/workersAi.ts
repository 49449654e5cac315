/** Plays the binding of Workers AI, which needs an account. */
import { type Asked, answerTo, data, lastOf, piecesOf, tokensOf } from "./said.ts"

/** The stream of a text model; `p` hides the length of each piece. */
export const workersAiStream = ({ messages = [] }: Asked): ReadonlyArray<string> => {
  const question = lastOf(messages)
  const { input, output } = tokensOf(messages.length, question)
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 }
  }
  return [
    ...piecesOf(answerTo(question)).map((response) => data({ response, p: "abdefghijklmnopq" })),
    data({ response: "", usage }),
    "data: [DONE]\n\n"
  ]
}

const source = `
import { WorkerEntrypoint } from "cloudflare:workers"

export default class extends WorkerEntrypoint {
  async run(model, input) {
    const { body } = await fetch(this.env.LLM_URL + "/ai/run/" + model, {
      method: "POST",
      headers: { authorization: "Bearer " + this.env.LLM_KEY },
      body: JSON.stringify(input)
    })
    return body
  }
}
`

/** A Worker that has the binding's method, and asks the upstream for its bytes. */
export const workersAi = (variables: Readonly<Record<string, string>>) => ({
  name: "workers-ai-double",
  modules: [{ type: "ESModule" as const, path: "ai.js", contents: source }],
  compatibilityDate: "2026-07-01",
  bindings: { ...variables }
})
