import { notFound } from "../upstream/flowise.ts"
import { answerTo } from "../upstream/said.ts"
import { opening, postJson, type Visit } from "../Visit.ts"

const chatId = "6a1b4e0c-2d75-4a38-99fa-8c3a5d1b2e06"
const parking = "Where can I park my car?"

export const ragServer: Visit = {
  ask: async ({ url }) => [
    await postJson(`${url}/ask`, { chatId, question: opening }),
    await postJson(`${url}/ask`, { chatId, question: parking })
  ],
  recorded: [
    { question: opening, answer: answerTo(opening), matchType: "full" },
    { question: parking, answer: notFound, matchType: "none" }
  ].map((each) => ({
    ...each,
    outcome: "answered",
    // Flowise tells neither the model nor the tokens, and keeps the conversation itself
    model: undefined,
    tokens: undefined,
    session: chatId,
    turn: undefined
  }))
}
