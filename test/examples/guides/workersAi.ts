import { tokensOf } from "../upstream/said.ts"
import { answered, firstTurn, postJson, questions, secondTurn, type Visit } from "../Visit.ts"

const sessionId = "3c8e1b7f-9a42-4d05-b6c7-5f0d2a8e9b03"

export const workersAi: Visit = {
  ask: async ({ url }) => [
    await postJson(`${url}/api/chat`, { sessionId, messages: firstTurn }),
    await postJson(`${url}/api/chat`, { sessionId, messages: secondTurn })
  ],
  recorded: questions.map((question, n) => ({
    ...answered(question),
    model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    tokens: tokensOf(1 + 2 * n, question),
    session: sessionId,
    turn: n + 1
  }))
}
