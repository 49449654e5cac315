/** Records an exchange that the owner's code tells, because no wrapped request holds it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { fieldsOf } from "../../schema/chat/Json.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { newRequestId } from "../../schema/Identifiers.ts"
import { readLengthMax } from "../../schema/redaction/TextLength.ts"
import { deliver } from "./deliver.ts"
import { type Answered, askedIn } from "./Exchange.ts"
import type { ToldExchange } from "./Package.d.ts"
import { Policy } from "./Policy.ts"
import { type ToldReading, toldIn } from "./ToldAnswer.ts"
import { toldQuestionIn } from "./ToldQuestion.ts"
import { nobody } from "./Visit.ts"

const dayMs = 86_400_000

const durationIn = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && value <= dayMs ? value : undefined

const requestIn = (value: unknown): Request | undefined =>
  value instanceof Request ? value : undefined

/** Accepts any value, because owners also write JavaScript. */
const readExchange = (value: unknown) => {
  const told = fieldsOf(value)
  const asked = toldQuestionIn(told)
  const reading = toldIn({ ...told, text: told.answer })
  const { failed: outcome, known, text: answer } = reading
  const [processingTimeMs, request] = [durationIn(told.processingTimeMs), requestIn(told.request)]
  const read = { ...asked, ...known, answer, outcome, processingTimeMs, request }
  const isLeftOut = (name: string) => told[name] != null && told[name] !== ""
  const names = ["session", "turn", "matchType", "matchScore", "model", "tokens"] as const
  const leftOut = [...names, "answer", "outcome", "processingTimeMs", "request"] as const
  return {
    asked,
    reading,
    processingTimeMs: processingTimeMs ?? 0,
    visit: request ?? nobody,
    /** The names of the parts that cannot be right, without their values. */
    leftOut: leftOut.filter((name) => isLeftOut(name) && read[name] === undefined)
  }
}

/** The answer is unknown without a text, unless the chatbot failed. */
const answerOf = ({ failed, known, text }: ToldReading): Answered["answer"] => {
  const unknown = text === undefined && !failed ? { matchType: "unknown" as const } : {}
  return judgeAnswer((text ?? "").slice(0, readLengthMax), { ...unknown, ...known })
}

/** If there is no question, the log says so. */
export const recordTold = Effect.fnUntraced(function* (exchange: ToldExchange) {
  const { asked: told, leftOut, processingTimeMs, reading, visit } = readExchange(exchange)
  if (told === undefined) {
    return yield* Effect.logError("not recorded", { reason: "`question` must be a text" })
  }
  if (leftOut.length > 0) {
    yield* Effect.logWarning("told to `record` with wrong values", { leftOut: leftOut.join(", ") })
  }
  const { discretionFor } = yield* Policy
  const discretion = discretionFor(visit)
  if (discretion === undefined) {
    return yield* Effect.logInfo("not recorded", { reason: "the visitor's signal" })
  }
  const answeredAt = yield* Clock.currentTimeMillis
  const asked = yield* askedIn(visit, {
    question: told.question.slice(0, readLengthMax),
    sessionId: told.session,
    turn: told.turn,
    askedAt: Math.floor(answeredAt - processingTimeMs),
    requestId: newRequestId()
  })
  const answered: Answered = {
    answer: answerOf(reading),
    answeredAt,
    ending: reading.failed ? "broken_off" : "complete",
    processingTimeMs
  }
  yield* deliver(asked, Effect.succeed({ _tag: "Answered", answered }), discretion)
})
