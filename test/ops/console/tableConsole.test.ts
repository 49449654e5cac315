import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { ConsoleData } from "../../../ops/console/ConsoleData.ts"
import { layer as consoleLayer } from "../../../ops/console/ConsoleDataTable.ts"
import { onInstallation } from "../../../ops/installation/Installation.ts"
import { type InstallationFlags, localFlags } from "../../../ops/installation/installationFlags.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { localServices } from "../report/LocalServices.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Etc/UTC")
const everything = { filter: {}, limit: 50 }

/** Runs a step over the console of the local system at a port. */
const onConsole = <A, E extends { readonly message: string }>(
  port: number,
  showsTexts: boolean,
  step: Effect.Effect<A, E, ConsoleData>
) => {
  const given = localFlags(port)
  return onInstallation((installation, flags: InstallationFlags) =>
    step.pipe(
      Effect.provide(
        consoleLayer({
          installation,
          given: flags,
          source: { kind: "local", name: "npm start", showsTexts },
          counting: { zone, prices: [] }
        })
      )
    )
  )(given)
}

layer(NodeServices.layer, { excludeTestServices: true })("The console over a table", (it) => {
  it.effect(
    "shows a reported week as it was frozen, and as it is counted now",
    () =>
      Effect.gen(function* () {
        const { port, reportWeek, store, week } = yield* localServices
        yield* store(1)
        yield* reportWeek
        yield* store(2)
        const [view, weeks] = yield* onConsole(
          port,
          false,
          Effect.gen(function* () {
            const console = yield* ConsoleData
            return [yield* console.week(week), yield* console.weeks] as const
          })
        )
        assert.deepStrictEqual([view.frozen?.questions, view.today?.questions], [1, 2])
        assert.deepInclude(view.differences, { name: "questions", frozen: 1, today: 2 })
        assert.strictEqual(view.today?.topQuestions[0]?.question, "Question 1?")
        const shown = weeks.find(({ weekId }) => weekId === week)
        assert.deepInclude(shown, { hasFrozen: true, isCountable: true, isOver: true })
        assert.isFalse(weeks[0]?.isOver)
      }),
    60_000
  )

  it.effect(
    "tells of a question as it is stored, and shows no text that nobody asked for",
    () =>
      Effect.gen(function* () {
        const { port, record } = yield* localServices
        const one = someCorrelated(Date.now(), { query: "secret-question" })
        const session = SessionId.make(one.query.sessionId)
        yield* record(one)
        let n = 0
        const later = (by: number) =>
          someCorrelated(Date.now() + by, { query: `secret-question ${by}` })
        const seen = yield* onConsole(
          port,
          false,
          Effect.gen(function* () {
            const console = yield* ConsoleData
            const told = console.changes.pipe(
              Stream.filter((change) => change.kind === "lines" && change.lines.length > 0),
              Stream.runHead
            )
            // a question that is stored before the first look is no news
            const asked = Effect.suspend(() => record(later(++n))).pipe(
              Effect.repeat(Schedule.spaced("1 second"))
            )
            const heard = yield* Effect.raceFirst(told, asked)
            const change = Option.isOption(heard) ? Option.getOrThrow(heard) : undefined
            return {
              change,
              page: yield* console.now(everything),
              turns: yield* console.conversation(session),
              search: yield* console.search("secret", 5).pipe(Effect.catch(Effect.succeed)),
              health: yield* console.health
            }
          })
        )
        const { change, health, page, search, turns } = seen
        assert.notInclude(JSON.stringify([change, page, turns]), "secret-question")
        assert.strictEqual(page.lines.at(-1)?.requestId, one.query.requestId)
        assert.isAtLeast(turns.length, 1)
        assert.match("message" in search ? search.message : "", /--with-text/)
        assert.deepStrictEqual(health.status?.queue, { visible: 0, inFlight: 0, isStalled: false })
        assert.isBelow(health.bill?.usd ?? 1, 0.01)
      }),
    60_000
  )

  it.effect(
    "shows and finds texts once it is asked for them",
    () =>
      Effect.gen(function* () {
        const { port, record } = yield* localServices
        const one = someCorrelated(Date.now(), {
          query: "Do you know Kubernetes?",
          response: "Yes."
        })
        yield* record(one)
        const [turns, found] = yield* onConsole(
          port,
          true,
          Effect.gen(function* () {
            const console = yield* ConsoleData
            const turns = yield* console.conversation(SessionId.make(one.query.sessionId))
            return [turns, yield* console.search("kubernete", 5)] as const
          })
        )
        assert.include(turns[0], { question: "Do you know Kubernetes?", answer: "Yes." })
        assert.strictEqual(found.searched, 1)
        assert.strictEqual(found.lines[0]?.question, "Do you know Kubernetes?")
      }),
    60_000
  )
})
