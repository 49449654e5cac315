/** The health of an installation: what `ops status` says, AWS's free tier, and the bill. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as FreeTier from "../aws/FreeTier.ts"
import { estimate } from "../cost/estimate.ts"
import { knownTimings } from "../cost/Timings.ts"
import { examineFreeTier } from "../doctor/examineCost.ts"
import { readStatus } from "../status/readStatus.ts"
import type { BillView } from "./ConsoleData.ts"
import type { Opening } from "./Opening.ts"
import type { Rows } from "./Rows.ts"

const weekMs = 604_800_000
const weeksAMonth = 30 / 7

/** The size of an event that `ops cost` assumes. */
const eventKb = 20

/** Null when the definitions cannot be read or priced, because the rest of health matters more. */
const billView = (questions: number, region: string) =>
  estimate({ questions, eventKb, answerMs: knownTimings.answerMs }, { region }).pipe(
    Effect.map(({ ours: { bill, breaks } }): BillView => {
      const [first] = breaks
      const firstToEnd = first && {
        meter: `${first.service} ${first.meter}`,
        questions: first.questions
      }
      return { questionsPerMonth: questions, usd: bill.usd, ...(firstToEnd && { firstToEnd }) }
    }),
    Effect.catch(() => Effect.succeed(null))
  )

/** Looking hides dead letters from other readers for a moment, so it is not done with each page. */
const statusKeptFor = "30 seconds"

export const installationHealth = Effect.fnUntraced(function* (
  { counting: { zone }, given, installation, source }: Opening,
  rows: Rows
) {
  const { definitions } = installation
  const status = yield* Effect.cachedWithTTL(
    readStatus(installation, { zone, delivery: definitions.delivery.by }),
    statusKeptFor
  )
  const freeTier = yield* Effect.cachedWithTTL(
    source.kind === "stage" && Option.isNone(given.endpoint)
      ? Effect.provide(examineFreeTier, FreeTier.layer)
      : Effect.succeed(null),
    "1 hour"
  )
  const files = yield* Effect.context<FileSystem.FileSystem>()
  return Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const { held } = rows.totals({ startMs: now - weekMs, endMs: now })
    const { problems, status: told } = yield* status
    return {
      status: told,
      problems,
      freeTier: yield* freeTier,
      bill: yield* billView(Math.ceil(held * weeksAMonth), definitions.region)
    }
  }).pipe(Effect.provide(files))
})
