/** The preview takes the same way as the report, so it fails where the report would. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { numbersOf } from "../../../ops/report/report.ts"
import { compose } from "../../../src/programs/reporter/compose.ts"
import type { Options } from "../../../src/programs/reporter/program.ts"
import { type InteractionSummary, unreadable } from "../../../src/schema/InteractionSummary.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import {
  mondayMorning,
  options,
  outbox,
  runOf,
  startMs,
  week,
  world
} from "../../programs/reporter/ReporterWorld.ts"
import { asked } from "../../schema/report/WeeklyExamples.ts"

const most = Number.MAX_SAFE_INTEGER

interface Poisoned {
  readonly items: ReadonlyArray<InteractionSummary | typeof unreadable>
  readonly settings?: Partial<Options>
}

const at = (response: object, query: object = {}) =>
  asked("Any tests?", { timestamp: startMs, response, query })
const huge = at({ tokens: { input: most, output: most } })
const price = { model: "knowledge-base", from: "2026-01-01", cachedInput: 0, output: 0 }

const weeks: Readonly<Record<string, Poisoned>> = {
  "two answers with as many tokens as a number can tell": { items: [huge, huge] },
  "a price beyond all numbers": {
    items: [huge],
    settings: { prices: [{ ...price, input: Number.MAX_VALUE }] }
  },
  "a time that is no number": { items: [at({ processingTimeMs: Number.NaN })] },
  "a score that is no number": { items: [at({ matchScore: Number.NaN })] },
  "losses beyond all numbers": { items: [at({}, { lostBefore: most }), at({}, { lostBefore: 9 })] },
  "half of a character": { items: [asked("\uD83D", { timestamp: startMs })] },
  "an item that cannot be read": { items: [unreadable] },
  "nothing at all": { items: [] }
}

const storeOf = ({ items }: Poisoned) =>
  Layer.succeed(
    InteractionStore,
    InteractionStore.of({
      record: () => Effect.die("not recorded"),
      get: () => Effect.die("not got"),
      newest: () => Effect.die("not asked"),
      vote: () => Effect.die("not recorded"),
      voteOn: () => Effect.die("not got"),
      summaries: () => Stream.fromIterable(items)
    })
  )

/** The message that the preview would show, or how it fails. */
const previewed = (settings: Partial<Options> = {}) =>
  Effect.map(numbersOf(week, { ...options, ...settings }), ({ report }) =>
    compose(report, { ...options, ...settings })
  )

const failureOf = (exit: Exit.Exit<unknown, Error>) =>
  Exit.isSuccess(exit) ? undefined : exit.cause.reasons.map((reason) => reason._tag)

describe("A preview and a report", () => {
  for (const [poison, poisoned] of Object.entries(weeks)) {
    it.effect(`come to the same end in a week with ${poison}`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const preview = yield* Effect.exit(previewed(poisoned.settings))
        const run = yield* Effect.exit(runOf({}, poisoned.settings))
        assert.deepStrictEqual(failureOf(preview), failureOf(run))
        assert.deepStrictEqual(yield* outbox, Exit.isSuccess(preview) ? [preview.value] : [])
      }).pipe(Effect.provide(world({ store: storeOf(poisoned) })))
    )
  }
})
