import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { statusCommand } from "../../../ops/status/statusCommand.ts"
import type { ChannelName } from "../../../src/schema/Channel.ts"
import { ReportLedger, sendsMax } from "../../../src/services/ReportLedger.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(statusCommand)

layer(NodeServices.layer, { excludeTestServices: true })("ops status", (it) => {
  it.effect("tells which channels were told of the last report, and which are given up", () =>
    Effect.gen(function* () {
      const { flags, layer: store, reportWeek, week } = yield* localServices
      yield* reportWeek
      const ledger = yield* ReportLedger.pipe(Effect.provide(store))
      const claim = (channel: ChannelName, owner = "run") =>
        ledger.claim({ weekId: week, channel, owner, leaseSeconds: 60 })
      yield* ledger.confirm(yield* claim("discord"), "notice-1")
      yield* ledger.attempt(yield* claim("webhook"))
      const waiting = yield* operate(...flags)
      assert.isTrue(waiting.done, waiting.error)
      assert.match(waiting.out, /\nchannels {6}discord told .*Z, webhook waiting\n/)
      for (let tries = 0; tries < sendsMax; tries++) {
        const held = yield* claim("slack", `run-${tries}`)
        yield* ledger.attempt(held)
        yield* ledger.release(held)
      }
      const { done, error, out } = yield* operate(...flags)
      assert.isFalse(done, error)
      assert.match(out, /\nchannels {6}slack given up, discord told .*Z, webhook waiting\n/)
      assert.include(out, `! slack could not be told of ${week}, and is given up`)
      assert.include(out, `npm run ops -- report send --to slack --week ${week} --local`)
    })
  )
})
