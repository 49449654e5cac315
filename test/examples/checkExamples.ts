/**
 * `npm run check:examples` runs each example in workerd with its real packages, once by itself and
 * once with the analytics around it. Visitors must get the same bytes, and the table of the local
 * system must hold what they asked and were answered.
 */
import { deepStrictEqual } from "node:assert/strict"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { buildBundles } from "../../infra/bundles.ts"
import { queueDepths } from "../../local/census.ts"
import type { LocalSystem } from "../../local/LocalSystem.ts"
import { version } from "../../src/runtime/version.ts"
import { eventually } from "../e2e/eventually.ts"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"
import { bundle } from "./bundle.ts"
import { checkGuide } from "./checkGuide.ts"
import { writePlatformTypes } from "./compile.ts"
import { claim } from "./Finding.ts"
import { agentsWebSocket } from "./guides/agentsWebSocket.ts"
import { aiSdkUseChat } from "./guides/aiSdkUseChat.ts"
import { hono } from "./guides/hono.ts"
import { openAiProxy } from "./guides/openAiProxy.ts"
import { pagesFunctions } from "./guides/pagesFunctions.ts"
import { plainWorker } from "./guides/plainWorker.ts"
import { ragServer } from "./guides/ragServer.ts"
import { workersAi } from "./guides/workersAi.ts"
import { startSystem, stored } from "./LocalTable.ts"
import * as Upstream from "./upstream/Upstream.ts"
import type { Visit } from "./Visit.ts"
import { guides, openWorkshop, place } from "./Workshop.ts"

const visits: Readonly<Record<string, Visit>> = {
  "agents-websocket": agentsWebSocket,
  "ai-sdk-usechat": aiSdkUseChat,
  hono,
  "openai-proxy": openAiProxy,
  "pages-functions": pagesFunctions,
  "plain-worker": plainWorker,
  "rag-server": ragServer,
  "workers-ai": workersAi
}

/** A step before the first claim failed, perhaps because the registry is out of reach. */
class NotPrepared extends Data.TaggedError("NotPrepared")<{ readonly cause: unknown }> {
  override get message() {
    return this.cause instanceof Error ? this.cause.message : String(this.cause)
  }
}

const prepare = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (cause) => new NotPrepared({ cause }) })

const cores = 2

/** Bundles all examples with the package that leaves a Worker alone, and with ours. */
const bundleAll = Effect.gen(function* () {
  yield* Console.log("Installing what the examples need, and bundling each of them twice …")
  yield* prepare(openWorkshop)
  const bundled = (variant: "alone" | "around") =>
    Effect.andThen(
      prepare(() => place(variant)),
      Effect.forEach(guides, (guide) => prepare(() => bundle(guide, variant)), {
        concurrency: cores
      })
    )
  const alone = yield* bundled("alone")
  const around = yield* bundled("around")
  return guides.map((guide, n) => ({ guide, alone: alone[n] ?? "", around: around[n] ?? "" }))
})

/** The table may hold no other question or vote; queue and dead letters must be empty. */
const nothingElse = Effect.fnUntraced(function* (system: LocalSystem) {
  const all = Object.values(visits)
  const { deadLetters, queue } = yield* queueDepths(system)
  const { interactions, votes } = yield* stored(system)
  const none = { waiting: 0, inFlight: 0 }
  deepStrictEqual(
    { interactions: interactions.length, votes, queue, deadLetters },
    {
      interactions: all.flatMap(({ recorded }) => recorded).length,
      votes: all.flatMap(({ votes = [] }) => votes).length,
      queue: none,
      deadLetters: none
    }
  )
})

const checkAll = Effect.gen(function* () {
  const bundles = yield* bundleAll
  yield* prepare(writePlatformTypes)
  yield* prepare(buildBundles)
  const system = yield* startSystem(yield* temporaryFolder)
  const upstream = yield* Upstream.serve
  const findings = yield* Effect.forEach(bundles, (bundled) => {
    const visit = visits[bundled.guide]
    return visit === undefined
      ? Effect.map(claim(`${bundled.guide} has a visitor`, Effect.fail("none")), (one) => [one])
      : checkGuide(bundled, visit, system, upstream)
  })
  const last = yield* claim(
    "nothing else was recorded, and nothing is left over",
    eventually(nothingElse(system))
  )
  return [...findings.flat(), last]
})

const command = Command.make(
  "check:examples",
  {},
  Effect.fn("check:examples")(
    function* () {
      const findings = yield* checkAll
      const failed = findings.filter(({ fault }) => fault !== undefined).length
      yield* Console.log(`\n${findings.length - failed} passed, ${failed} failed`)
      if (failed > 0) return yield* failWith(`${failed} claims do not hold`)
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(command, version)
