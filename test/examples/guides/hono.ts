import { answerTo } from "../upstream/said.ts"
import { answered, opening, postJson, questions, sundays, type Visit } from "../Visit.ts"

const session = "1d5a8f2c-7b3e-4c69-8f10-2e4b6a9c7d02"
const cookie = { cookie: `theme=dark; chat=${session}` }
const history = [
  { role: "user", content: opening },
  { role: "assistant", content: answerTo(opening) }
]

export const hono: Visit = {
  ask: async ({ url }) => [
    await postJson(`${url}/api/chat`, { message: opening }, cookie),
    await postJson(`${url}/api/chat`, { message: sundays, history }, cookie)
  ],
  recorded: questions.map((question, n) => ({
    ...answered(question),
    model: "gpt-5-mini",
    // a plain text tells none
    tokens: undefined,
    session,
    // the first request has no history that tells it
    turn: n === 0 ? undefined : 2
  }))
}
