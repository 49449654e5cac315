import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { Webhook } from "standardwebhooks"
import { serveHttp } from "../../layers/HttpDouble.ts"
import { localServices } from "./LocalServices.ts"
import { operateReport } from "./operateReport.ts"

const channels = ["slack", "discord", "webhook"] as const

const withVariables = (variables: Record<string, string>) =>
  Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(variables))

layer(NodeServices.layer, { excludeTestServices: true })("ops report send --to a channel", (it) => {
  it.effect(
    "shows the message in a dry run, without questions unless asked for, and posts nothing",
    () =>
      Effect.gen(function* () {
        const { flags, ledgerItem, store, week } = yield* localServices
        yield* store(1)
        for (const channel of channels) {
          const words = ["send", "--to", channel, "--dry-run", ...flags]
          const { error, out } = yield* operateReport(...words)
          assert.strictEqual(error, "")
          assert.isTrue(out.startsWith(`Would tell ${channel}: [test] 1 question`))
          assert.include(out, `A test with 1 question in ${week}, counted now`)
          assert.notInclude(out, "Question 1")
          const shown = yield* operateReport(...words, "--channel-questions", "shown", "--json")
          assert.deepInclude(JSON.parse(shown.out), { week, channel, dryRun: true, questions: 1 })
          assert.include(shown.out, "Question 1")
        }
        assert.isUndefined(yield* ledgerItem)
      }),
    60_000
  )

  it.effect("posts the message to the address in the variables, and leaves the ledger alone", () =>
    Effect.gen(function* () {
      const { flags, ledgerItem, store } = yield* localServices
      yield* store(1)
      const got: Array<{ body: string; headers: Record<string, string> }> = []
      const port = yield* serveHttp(({ headers }, body, response) => {
        const words = Object.entries(headers).map(([name, value]) => [name, String(value)])
        got.push({ body, headers: Object.fromEntries(words) })
        response.end("ok")
      })
      const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`
      const url = `http://127.0.0.1:${port}/secret-4711`
      const told = yield* operateReport("send", "--to", "webhook", ...flags).pipe(
        withVariables({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret })
      )
      assert.strictEqual(told.error, "")
      assert.match(told.out, /^Told webhook: \[test\] 1 question/)
      assert.notInclude(told.out, "4711")
      assert.lengthOf(got, 1)
      new Webhook(secret).verify(got[0]!.body, got[0]!.headers)
      assert.isUndefined(yield* ledgerItem)
    })
  )

  it.effect("names the missing variable, and tells no address of a channel that fails", () =>
    Effect.gen(function* () {
      const { flags, store } = yield* localServices
      yield* store(1)
      const missing = yield* operateReport("send", "--to", "slack", ...flags).pipe(
        withVariables({})
      )
      assert.isFalse(missing.done)
      assert.include(missing.error, "set SLACK_URL, or give --dry-run to see the message")
      const port = yield* serveHttp((_, __, response) => response.writeHead(404).end("no_service"))
      const SLACK_URL = `http://127.0.0.1:${port}/secret-4711`
      const gone = yield* operateReport("send", "--to", "slack", ...flags).pipe(
        withVariables({ SLACK_URL })
      )
      assert.isFalse(gone.done)
      assert.include(gone.error, "slack did not take the message: HTTP 404 (no_service)")
      assert.notInclude(gone.error, "4711")
    })
  )
})
