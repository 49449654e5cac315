/** A week's numbers from held rows, counted by the code that makes the mail. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { firstLive } from "../../src/layers/dynamodb/InteractionItem.ts"
import { type Counting, count } from "../../src/programs/reporter/count.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import type { Rows } from "./Rows.ts"

type Store = InteractionStore["Service"]

const readOnly = Effect.die(new Error("the console writes nothing"))

/** The rows as the reporter reads a store; whole items come from elsewhere. */
const storeOf = (rows: Rows, get: Store["get"]): Store => ({
  record: () => readOnly,
  vote: () => readOnly,
  voteOn: () => Effect.succeedNone,
  newest: (span) => Effect.sync(() => Option.fromUndefinedOr(rows.totals(span).newest)),
  get,
  summaries: ({ endMs, startMs }) =>
    Stream.unwrap(
      Effect.map(Clock.currentTimeMillis, (now) =>
        Stream.fromIterable(
          rows.entries({ startMs: Math.max(startMs, firstLive(now)), endMs })
        ).pipe(
          // a page at a time, so that other work has its turn
          Stream.tap(() => Effect.yieldNow),
          Stream.flatMap(Stream.fromIterable)
        )
      )
    )
})

/** Counts with whole lists. */
export const countWeek = (
  rows: Rows,
  get: Store["get"],
  period: Period,
  counting: Omit<Counting, "listLength">
) =>
  count(period, { ...counting, listLength: Number.POSITIVE_INFINITY }).pipe(
    Effect.provide(Layer.succeed(InteractionStore, storeOf(rows, get)))
  )
