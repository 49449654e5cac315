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

/** The keys of a group's questions, by the question that stands for it in a list. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>

/** Counts with whole lists. */
export const countWeek = Effect.fnUntraced(function* (
  rows: Rows,
  get: Store["get"],
  period: Period,
  counting: Omit<Counting, "listLength" | "onGroups">
) {
  let members: Members = new Map()
  const report = yield* count(period, {
    ...counting,
    listLength: Number.POSITIVE_INFINITY,
    onGroups: (groups) => {
      members = new Map(groups.map(({ keys, line }) => [line.question, new Set(keys)]))
    }
  }).pipe(Effect.provide(Layer.succeed(InteractionStore, storeOf(rows, get))))
  return { report, members }
})
