import { broken, modelName, tokensOf } from "../upstream/said.ts"
import {
  answered,
  failed,
  firstTurn,
  postJson,
  questions,
  secondTurn,
  thirdTurn,
  type Visit
} from "../Visit.ts"

const conversationId = "0b9f6f9e-54a5-4f0f-9e3a-6d1c2b7a8e01"

export const plainWorker: Visit = {
  ask: async ({ url }) => [
    await postJson(`${url}/chat`, { conversationId, messages: firstTurn }),
    await postJson(`${url}/chat`, { conversationId, messages: secondTurn }),
    await postJson(`${url}/chat`, { conversationId, messages: thirdTurn(broken) })
  ],
  recorded: [
    ...questions.map((question, n) => ({
      ...answered(question),
      model: modelName,
      tokens: tokensOf(2 + 2 * n, question),
      session: conversationId,
      turn: n + 1
    })),
    { ...failed, session: conversationId, turn: 3 }
  ]
}
