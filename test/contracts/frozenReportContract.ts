/** Every adapter of the ReportLedger tells of the same frozen reports. */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import {
  type Claim,
  EpisodesChanged,
  ReportInProgress,
  ReportLedger
} from "../../src/services/ReportLedger.ts"
import { reportOf } from "../schema/report/WeeklyExamples.ts"
import {
  anyReport,
  assertFails,
  aWeek,
  claim,
  confirm,
  endOfLife,
  freeze,
  leaseUntil,
  release,
  reports,
  runs,
  skip
} from "./fixtures/ledger.ts"

export const suite = (name: string, ledgerLayer: Layer.Layer<ReportLedger, unknown>) =>
  layer(ledgerLayer)(`${name} keeps reports and interim reports apart:`, (it) => {
    it.effect.prop(
      "the frozen reports of weeks come in the order that they are asked for",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const some = [0, 1, 2].map((deadLetters) => ({ ...report, deadLetters }))
          const frozen = yield* Effect.forEach(some, (each) =>
            Effect.gen(function* () {
              const week = yield* aWeek
              yield* freeze(yield* claim(week, "run"), each)
              return week
            })
          )
          assert.deepStrictEqual(yield* reports(frozen), some)
          assert.deepStrictEqual(yield* reports(frozen.toReversed()), some.toReversed())
        }),
      { arbitrary: { runs } }
    )

    it.effect.prop(
      "weeks without a report are left out",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const [never, claimed, frozen] = [yield* aWeek, yield* aWeek, yield* aWeek]
          yield* claim(claimed, "run")
          yield* freeze(yield* claim(frozen, "run"), report)
          assert.deepStrictEqual(yield* reports([never, frozen, claimed]), [report])
          assert.deepStrictEqual(yield* reports([never, claimed]), [])
          assert.deepStrictEqual(yield* reports([]), [])
        }),
      { arbitrary: { runs } }
    )

    it.effect.prop(
      "a report is told from its freezing until its week expires, released and sent alike",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const first = yield* claim(week, "first")
          yield* freeze(first, report)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* release(first)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* confirm(yield* claim(week, "second"), "message-1")
          yield* TestClock.setTime(endOfLife - 1)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* TestClock.setTime(endOfLife)
          assert.deepStrictEqual(yield* reports([week]), [])
        }),
      { arbitrary: { runs } }
    )

    it.effect("a week and its interim report are held at the same time, by different runs", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const refusal = new ReportInProgress({ weekId: week, leaseUntil })
        const [own, interim] = [
          yield* claim(week, "one"),
          yield* claim(week, "other", { interim: true })
        ]
        assert.notProperty(own, "interim")
        assert.strictEqual(interim.interim, true)
        yield* assertFails(claim(week, "other"), refusal)
        yield* assertFails(claim(week, "one", { interim: true }), refusal)
      })
    )

    const endings = {
      sent: (held: Claim) => confirm(held, "message-1"),
      skipped: skip,
      released: release
    }
    it.effect.each(Object.entries(endings))(
      "a report that is %s leaves the other one of its week as it is, even of the same run",
      ([_, end]) =>
        Effect.gen(function* () {
          for (const [ended, other] of [
            [{}, { interim: true }],
            [{ interim: true }, { alert: "silence-1" }],
            [{ alert: "silence-1" }, {}]
          ] as const) {
            const week = yield* aWeek
            const held = yield* claim(week, "run", ended)
            const kept = yield* claim(week, "run", other)
            yield* end(held)
            yield* assertFails(
              claim(week, "next", other),
              new ReportInProgress({ weekId: week, leaseUntil })
            )
            yield* confirm(kept, "message-2")
          }
        })
    )

    it.effect("each of a week and its interim report is frozen with its own numbers", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const [early, whole] = [{ ...reportOf([]), deadLetters: 1 }, reportOf([])]
        yield* freeze(yield* claim(week, "run", { interim: true }), early)
        assert.notProperty(yield* claim(week, "run"), "frozen")
        yield* freeze(yield* claim(week, "run"), whole)
        assert.deepStrictEqual((yield* claim(week, "run", { interim: true })).frozen, early)
        assert.deepStrictEqual((yield* claim(week, "run")).frozen, whole)
      })
    )

    it.effect("what the watch remembers changes only after it was read", () =>
      Effect.gen(function* () {
        const ledger = yield* ReportLedger
        const episodes = [{ kind: "failing", startedAt: 1, seenAt: 2 }] as const
        const { version } = yield* ledger.watched
        yield* ledger.keepWatched({ episodes, version })
        const known = yield* ledger.watched
        assert.deepStrictEqual(known.episodes, episodes)
        yield* assertFails(
          ledger.keepWatched({ episodes: [], version }),
          new EpisodesChanged({ version })
        )
        yield* ledger.keepWatched({ ...known, episodes: [] })
        assert.deepStrictEqual((yield* ledger.watched).episodes, [])
      })
    )

    it.effect("interim numbers are never told as the week's", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const held = yield* claim(week, "run", { interim: true })
        yield* freeze(held, reportOf([]))
        yield* confirm(held, "message-1")
        assert.deepStrictEqual(yield* reports([week]), [])
      })
    )
  })
