/** The bill of a month at the pace of the last days, by the definitions and the known prices. */
import * as Effect from "effect/Effect"
import { estimate } from "../cost/estimate.ts"
import { knownTimings } from "../cost/Timings.ts"
import type { BillView } from "./ConsoleData.ts"

/** The size of an event that `ops cost` assumes. */
const eventKb = 20

/** Null when the definitions cannot be read or priced, because the rest of health matters more. */
export const billView = (questionsPerMonth: number, region: string) =>
  estimate(
    { questions: questionsPerMonth, eventKb, answerMs: knownTimings.answerMs },
    { region }
  ).pipe(
    Effect.map(({ ours }): BillView => {
      const [first] = ours.breaks
      return {
        questionsPerMonth,
        usd: ours.bill.usd,
        ...(first && { firstToEnd: { meter: first.meter, questions: first.questions } })
      }
    }),
    Effect.catch(() => Effect.succeed(null))
  )
