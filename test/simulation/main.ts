/**
 * `npm run simulate`: histories of the edge, the processor, the reporter and everything between
 * them, one a seed, in virtual time. The programs and adapters are those of `src`, the queue is that
 * of `local/sqs`; the simulation makes the network, the machines' lives and the clocks. Most
 * histories run on the memory adapters, the others on the DynamoDB adapters above a simulated table;
 * the contract suites of `test/contracts` hold both to the real engines.
 */
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { count, jsonFlag, toggle } from "../../cli/flags.ts"
import { progressBar } from "../../cli/progress.ts"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { numberTable } from "../../cli/table.ts"
import { version } from "../../src/runtime/version.ts"
import { Campaign } from "./Campaign.ts"
import { readDeployment } from "./Deployment.ts"
import { simulate } from "./simulate.ts"

const flags = {
  histories: count("histories", "how many, one a seed", { minimum: 1 }).pipe(
    Flag.withDefault(2000)
  ),
  seed: count("seed", "the first seed; the others follow it", { minimum: 0 }).pipe(
    Flag.withDefault(1)
  ),
  trace: toggle("trace", "run only the first seed and tell its history"),
  json: jsonFlag
}

/** Long enough to be worth an update of the progress, short enough to be interrupted. */
const stride = 100

const live = Effect.fnUntraced(function* (campaign: Campaign, seed: number, histories: number) {
  const progress = progressBar("histories", histories)
  const startedAt = yield* Clock.currentTimeMillis
  for (let from = 0; from < histories; from += stride) {
    const to = Math.min(histories, from + stride)
    for (let n = from; n < to; n += 1) campaign.live(seed + n)
    yield* progress.set(to)
    yield* Effect.sleep(0)
  }
  yield* progress.end
  return ((yield* Clock.currentTimeMillis) - startedAt) / 1000
})

/** Written before it goes on, because the end of the process does not wait for a pipe. */
const write = (text: string) =>
  Effect.callback<void>((resume) => {
    process.stdout.write(`${text}\n`, () => resume(Effect.void))
  })

/** Enough to see what is wrong; a fault that breaks everything would fill the screen. */
const shownMax = 20

const tableOf = (counts: Readonly<Record<string, number>>): string =>
  numberTable(Object.entries(counts).map(([fault, times]) => [`  ${fault}`, String(times)]))

const resultOf = (campaign: Campaign, seed: number, seconds: number) => ({
  histories: campaign.histories,
  seed,
  seconds,
  historiesPerSecond: Math.round(campaign.histories / seconds),
  failures: campaign.failed.length,
  failed: campaign.failed.slice(0, shownMax).map(({ seed: failed, violations }) => ({
    seed: failed,
    violations: violations.slice(0, shownMax)
  })),
  uncovered: campaign.uncovered,
  faults: campaign.coverage.counts
})

const print = (campaign: Campaign, result: ReturnType<typeof resultOf>) => {
  const { faults, histories, historiesPerSecond, seconds, seed } = result
  const rate = `${seconds.toFixed(1)} s, ${historiesPerSecond} a second`
  const verdict =
    campaign.failed.length === 0
      ? "every promise was kept"
      : `${campaign.failed.length} histories broke a promise:\n\n${campaign.story}`
  return write(
    `${tableOf(faults)}\n\n${histories} histories from seed ${seed} in ${rate}: ${verdict}`
  )
}

const simulation = Command.make(
  "simulate",
  flags,
  Effect.fn("simulate")(function* ({ histories, json, seed, trace }) {
    const deployment = yield* inOneLine(readDeployment)
    if (trace) {
      const told = simulate(deployment, seed, true)
      yield* write(told.trace.join("\n"))
      if (told.violations.length > 0) return yield* failWith(`seed ${seed} broke a promise`)
      return
    }
    const campaign = new Campaign(deployment)
    const seconds = yield* live(campaign, seed, histories)
    const result = resultOf(campaign, seed, seconds)
    yield* json ? write(JSON.stringify(result)) : print(campaign, result)
    const [failed] = campaign.failed
    if (failed !== undefined) return yield* failWith(`seed ${failed.seed} broke a promise`)
    if (result.uncovered.length > 0) {
      return yield* failWith(`never occurred: ${result.uncovered.join(", ")}`)
    }
  })
)

runCommandLine(simulation, version)
