/** Records an exchange that the owner's code tells, for which there is no request to wrap. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { newRequestId } from "../../schema/Identifiers.ts"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"
import { deliver } from "./deliver.ts"
import { type Answered, askedIn } from "./Exchange.ts"
import type { ToldExchange } from "./Options.ts"
import { Policy } from "./Policy.ts"
import { nameIn, toldIn } from "./ToldAnswer.ts"
import { nobody } from "./Visit.ts"

const dayMs = 86_400_000

/** Any other value is no time that an answer took. */
const durationIn = (value: unknown): number =>
  typeof value === "number" && value >= 0 && value <= dayMs ? value : 0

const turnIn = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : undefined

const answerIn = (exchange: ToldExchange): Answered["answer"] => {
  const { failed, known, text } = toldIn({ ...exchange, text: exchange.answer })
  if (failed) return undefined
  const unknown = text === undefined ? { matchType: "unknown" as const } : {}
  return judgeAnswer((text ?? "").slice(0, readLengthMax), { ...unknown, ...known })
}

/** Accepts any value, because owners also write JavaScript. Without a question it only says so. */
export const recordTold = Effect.fnUntraced(function* (exchange: ToldExchange) {
  const question = nameIn(exchange?.question)?.slice(0, readLengthMax)
  if (question === undefined) {
    return yield* Effect.logError("not recorded", { reason: "`question` must be a text" })
  }
  const answeredAt = yield* Clock.currentTimeMillis
  const processingTimeMs = durationIn(exchange.processingTimeMs)
  const visit = exchange.request ?? nobody
  const { discretionFor } = yield* Policy
  const discretion = discretionFor(visit)
  if (discretion === undefined) {
    return yield* Effect.logInfo("not recorded", { reason: "the visitor's signal" })
  }
  const asked = yield* askedIn(visit, {
    question,
    sessionId: nameIn(exchange.session),
    turn: turnIn(exchange.turn),
    askedAt: Math.floor(answeredAt - processingTimeMs),
    requestId: newRequestId()
  })
  const answered: Answered = {
    answer: answerIn(exchange),
    answeredAt,
    ending: "complete",
    processingTimeMs
  }
  yield* deliver(asked, Effect.succeed({ _tag: "Answered", answered }), discretion)
})
