import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { localServices } from "./LocalServices.ts"
import { operateReport } from "./operateReport.ts"

layer(NodeServices.layer, { excludeTestServices: true })("ops report watch", (it) => {
  it.effect("finds nothing in an empty table", () =>
    Effect.gen(function* () {
      const { flags } = yield* localServices
      const { error, out } = yield* operateReport("watch", ...flags)
      assert.deepStrictEqual([out, error], ["The watch finds nothing.", ""])
    })
  )

  it.effect("tells that answers fail, without a word of a visitor, and sends nothing", () =>
    Effect.gen(function* () {
      const { emails, flags, record } = yield* localServices
      const now = yield* Clock.currentTimeMillis
      for (const n of [1, 2, 3, 4, 5, 6]) {
        const request = { requestId: requestIdOf(n), sessionId: SessionId.make(`visitor-${n % 3}`) }
        const timestamp = now - n * 60_000
        const { response: _, matchScore: __, ...answer } = responseEvent()
        yield* record(
          Correlated.make({
            query: queryEvent({ ...request, timestamp, query: `Secret ${n}?` }),
            response: {
              ...answer,
              ...request,
              queryTimestamp: timestamp,
              timestamp: timestamp + 9,
              response: "",
              matchType: "none",
              outcome: "failed"
            }
          })
        )
      }
      const text = yield* operateReport("watch", ...flags)
      assert.match(text.out, /^new {2}6 of 6 answers /m)
      const { out } = yield* operateReport("watch", "--json", ...flags)
      const [alert, ...others] = JSON.parse(out)
      assert.isEmpty(others)
      assert.include(alert, { kind: "failing", isNew: true })
      assert.notInclude(text.out + out, "Secret")
      assert.isEmpty(yield* emails)
    })
  )
})
