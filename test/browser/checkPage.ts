/**
 * `npm run check:page` uses the chat page in a real browser by keyboard, on a telephone and on a desk,
 * light and dark, against the running system. It checks accessibility, sideways scrolling and
 * requests to other hosts, and keeps pictures for a person to judge.
 */
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type { Browser, BrowserContextOptions } from "playwright-core"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { eventually } from "../e2e/eventually.ts"
import * as System from "../e2e/System.ts"
import { runBrowserCommand } from "./browserCommand.ts"
import { chatbot } from "./page/Chatbot.ts"
import { type Scene, scenes } from "./page/scenes.ts"
import { Visitor } from "./page/Visitor.ts"
import { contextOf, screens } from "./Screen.ts"

const pictures = fileURLToPath(new URL("../../out/page/", import.meta.url))

const withoutScript: Scene["play"] = async (visitor) => {
  await visitor.see("noscript p", "This page needs JavaScript")
  visitor.expect(await visitor.page.getByLabel("Your question").isDisabled(), "a dead form")
}

/** Starts the system, and a second Worker whose chatbot does what its question says. */
const start = Effect.gen(function* () {
  const system = yield* System.System
  const bot = yield* chatbot
  const worker = yield* WorkerHost.start({
    port: 0,
    queueUrl: system.queueUrl,
    region: system.definitions.region,
    variables: { UPSTREAM_URL: bot.url }
  })
  return { bot, origins: { system: system.workerUrl, chatbot: worker.endpoint } }
})

const visit = (
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
  play: (visitor: Visitor) => Promise<void>
) =>
  Effect.acquireUseRelease(
    Effect.promise(() => Visitor.at(origin, browser, options)),
    (visitor) =>
      Effect.promise(async () => {
        await play(visitor).catch((error) => visitor.faults.push(String(error)))
        return visitor
      }),
    (visitor) => Effect.promise(() => visitor.leave())
  )

/** Waits until a question of the page is in the table, with its answer. */
const allStored = Effect.fnUntraced(function* ({ faults, requestIds }: Visitor) {
  for (const requestId of requestIds) {
    const stored = yield* Effect.exit(eventually(System.correlatedFor(requestId)))
    if (Exit.isFailure(stored)) faults.push(`${requestId} is not stored`)
  }
})

const check = Effect.fnUntraced(function* (browser: Browser) {
  const { bot, origins } = yield* start
  let [passed, failed] = [0, 0]
  const report = Effect.fnUntraced(function* (name: string, faults: ReadonlyArray<string>) {
    if (faults.length > 0) failed += 1
    else passed += 1
    yield* Console.log(`${faults.length === 0 ? "ok    " : "FAILED"}  ${name}`)
    for (const fault of faults) yield* Console.log(`        ${fault}`)
  })
  for (const screen of screens) {
    const place = `${screen.width}-${screen.scheme}`
    for (const [name, { at, play }] of Object.entries(scenes)) {
      const seen = yield* visit(browser, origins[at], contextOf(screen), async (visitor) => {
        await play(visitor, bot)
        await visitor.look(`${pictures}${name}-${place}.png`)
      })
      if (at === "system") yield* allStored(seen)
      yield* report(`${name} ${place}`, seen.faults)
    }
  }
  const blind = { ...contextOf({ width: 320, scheme: "light" }), javaScriptEnabled: false }
  const { faults } = yield* visit(browser, origins.system, blind, async (visitor) => {
    await withoutScript(visitor, bot)
    await visitor.page.screenshot({ path: `${pictures}without-script.png` })
  })
  yield* report("without script", faults)
  yield* Console.log(`\n${passed} passed, ${failed} failed; pictures in ${pictures}`)
  return failed
})

runBrowserCommand("check:page", "scenes", (browser) =>
  check(browser).pipe(
    Effect.provide(Layer.merge(System.layer({}), NodeServices.layer)),
    Effect.orDie
  )
)
