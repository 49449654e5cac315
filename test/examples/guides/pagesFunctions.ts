import { modelName, tokensOf } from "../upstream/said.ts"
import { answered, firstTurn, postJson, questions, secondTurn, type Visit } from "../Visit.ts"

const chatId = "7b2c5f1d-3e86-4b49-8a0b-9d4b6e2c3f07"

export const pagesFunctions: Visit = {
  ask: async ({ url }) => [
    await postJson(`${url}/api/chat`, { chatId, messages: firstTurn }),
    await postJson(`${url}/api/chat`, { chatId, messages: secondTurn })
  ],
  recorded: questions.map((question, n) => ({
    ...answered(question),
    model: modelName,
    tokens: tokensOf(1 + 2 * n, question),
    session: chatId,
    turn: n + 1
  }))
}
