import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { retentionDays } from "../../src/schema/Retention.ts"
import { DynamoDb } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import { examine } from "./examine.ts"

const dayMs = 86_400_000

/** Tells when the last question came through the whole system. */
export const examineNewest = (table: string) => {
  const subject = "newest question"
  return examine(
    subject,
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const span = { startMs: now - (retentionDays + 1) * dayMs, endMs: now + dayMs }
      const newest = yield* newestIn({ name: table, read: yield* DynamoDb }, span)
      if (newest === undefined) return [Check.Unseen({ subject, why: "none is stored yet" })]
      return [Check.Good({ subject, text: `${new Date(newest).toISOString().slice(0, 16)}Z` })]
    })
  )
}
