/**
 * `npm run simulate`: histories of the processor, the reporter and everything between them, one a
 * seed, in virtual time. What runs is the code of `src` and the queue of `local/sqs`; only the
 * network between them, the machines' lives and the clocks are the simulation's. The store, the
 * ledger and the mail service are the memory adapters, and the contract suites in `test/contracts`
 * hold these to what the real engines do.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Clock from "effect/Clock"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Progress from "../../local/demo/Progress.ts"
import { version } from "../../src/runtime/version.ts"
import { Campaign } from "./Campaign.ts"
import { readDeployment } from "./Deployment.ts"
import { simulate } from "./simulate.ts"

const whole = (minimum: number) => Schema.Int.check(Schema.isGreaterThanOrEqualTo(minimum))

const flags = {
  histories: Flag.Int("histories").pipe(
    Flag.withDescription("how many, one a seed"),
    Flag.withSchema(whole(1)),
    Flag.withDefault(2000)
  ),
  seed: Flag.Int("seed").pipe(
    Flag.withDescription("the first seed; the others follow it"),
    Flag.withSchema(whole(0)),
    Flag.withDefault(1)
  ),
  trace: Flag.Boolean("trace").pipe(
    Flag.withDescription("tell the history of the first seed, and live through no other"),
    Flag.withDefault(false)
  ),
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("print one JSON object"),
    Flag.withDefault(false)
  )
}

/** Long enough to be worth an update of the progress, short enough to be interrupted. */
const stride = 100

const live = Effect.fnUntraced(function* (campaign: Campaign, seed: number, histories: number) {
  const progress = Progress.make("histories", histories)
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
  Object.entries(counts)
    .map(([fault, count]) => `  ${fault.padEnd(52)}${String(count).padStart(10)}`)
    .join("\n")

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

const failure = (userMessage: string) => new CliError.UserError({ cause: userMessage, userMessage })

const simulation = Command.make(
  "simulate",
  flags,
  Effect.fn("simulate")(function* ({ histories, json, seed, trace }) {
    // what a simulated fault carries is never looked at, and takes long to collect
    Error.stackTraceLimit = 0
    const deployment = yield* Effect.mapError(readDeployment, ({ message }) => failure(message))
    if (trace) {
      const told = simulate(deployment, seed, true)
      yield* write(told.trace.join("\n"))
      if (told.violations.length > 0) return yield* failure(`seed ${seed} broke a promise`)
      return
    }
    const campaign = new Campaign(deployment)
    const seconds = yield* live(campaign, seed, histories)
    const result = resultOf(campaign, seed, seconds)
    yield* json ? write(JSON.stringify(result)) : print(campaign, result)
    const [failed] = campaign.failed
    if (failed !== undefined) return yield* failure(`seed ${failed.seed} broke a promise`)
    if (result.uncovered.length > 0) {
      return yield* failure(`never occurred: ${result.uncovered.join(", ")}`)
    }
  })
)

Command.run(simulation, { version }).pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
