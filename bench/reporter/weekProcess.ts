/**
 * A process with the memory of a Lambda that makes one report in one of two ways: it counts each
 * page and lets it go, or it loads everything first, as the original design does. Both ways count
 * with the same code. Arguments: way, interactions, bytes of each body, wording of the questions.
 */
import { readFileSync, writeFileSync } from "node:fs"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { readWeek } from "../../src/programs/reporter/readWeek.ts"
import { renderReport } from "../../src/programs/reporter/render/renderReport.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { boundQuestions } from "../../src/schema/report/boundQuestions.ts"
import { type Context, summarize } from "../../src/schema/report/summarize.ts"
import { empty, observe, type WeeklyTally } from "../../src/schema/report/WeeklyTally.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { pagesOf, wordings } from "./SyntheticWeek.ts"
import type { Progress, Step } from "./WeekRun.ts"

const megabyte = 1024 * 1024

/** The peak memory of this process in MB since `reset`, or since its start without Linux. */
const peakMb = (): number => {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}

const reset = (): void => {
  try {
    writeFileSync("/proc/self/clear_refs", "5")
  } catch {
    // then a later step shows the peak of an earlier one
  }
}

const heapMb = (): number => process.memoryUsage().heapUsed / megabyte

const [, , way = "folded", length = "0", bytes = "0", words = ""] = process.argv
const interactions = Number(length)
const zone = DateTime.zoneMakeNamedUnsafe("UTC")
const period = periodOf(WeekId.make("2026-W46"), zone)

const tell = (progress: Progress) => process.send?.(progress)

const wording = wordings.find((known) => known === words) ?? "usual"
const pages = pagesOf(interactions, period.startMs, wording)
let feedMs = 0
let heapMaxMb = 0

/** The time to make a page does not count. */
const nextPage = (): ReadonlyArray<InteractionSummary> | undefined => {
  const from = performance.now()
  const { value } = pages.next()
  feedMs += performance.now() - from
  heapMaxMb = Math.max(heapMaxMb, heapMb())
  return value ?? undefined
}

const step = async <A>(name: Step["name"], run: () => A | Promise<A>): Promise<A> => {
  reset()
  feedMs = 0
  const from = performance.now()
  const result = await run()
  const ms = performance.now() - from - feedMs
  heapMaxMb = Math.max(heapMaxMb, heapMb())
  tell({ step: { name, ms, peakMb: peakMb(), heapMb: heapMaxMb } })
  return result
}

const summaries = () =>
  Stream.paginate(undefined, () =>
    Effect.sync(() => {
      const page = nextPage()
      const more = page === undefined ? Option.none() : Option.some(undefined)
      return [page ?? [], more] as const
    })
  )

const store = InteractionStore.of({
  record: () => Effect.die(new Error("nothing is recorded")),
  get: () => Effect.die(new Error("nothing is got")),
  newest: () => Effect.die(new Error("nothing is asked")),
  vote: () => Effect.die(new Error("no vote is recorded")),
  voteOn: () => Effect.die(new Error("no vote is got")),
  summaries
})

const folded = () =>
  step("count", async () => {
    const { tally } = await Effect.runPromise(
      Effect.provideService(readWeek(period), InteractionStore, store)
    )
    return tally
  })

interface WholeRecord extends InteractionSummary {
  readonly queryBody: string
  readonly responseBody: string
}

/** Makes a fresh string, because a slice would share its memory with all others. */
const body = Buffer.alloc(Number(bytes), "What can be said of this is said elsewhere too. ")
const newBody = (): string => body.toString("latin1")

const load = (): ReadonlyArray<WholeRecord> => {
  const records: Array<WholeRecord> = []
  for (let page = nextPage(); page !== undefined; page = nextPage()) {
    for (const summary of page) {
      records.push({ ...summary, queryBody: newBody(), responseBody: newBody() })
    }
    tell({ loaded: records.length })
  }
  return records
}

const loaded = async (): Promise<WeeklyTally> => {
  const records = await step("load", load)
  return step("count", () => {
    const tally = empty()
    for (const record of records) observe(tally, record)
    boundQuestions(tally)
    return tally
  })
}

const tally = await (way === "loaded" ? loaded() : folded())
const price = { model: "example-model-small", from: "2026-01-01", input: 0.15, output: 0.6 }
const context: Context = {
  period,
  zone,
  generatedAt: period.endMs,
  prices: [{ ...price, cachedInput: 0.075 }],
  earlier: []
}
await step("figures", () => summarize({ ...tally, questions: new Map() }, context))
const report = await step("summarize", () => summarize(tally, context))
const mail = await step("render", () => renderReport(report, { siteName: "cv.example.com" }))
tell({
  report: JSON.stringify(report),
  distinct: tally.questions.size,
  ungrouped: report.ungrouped ?? 0,
  mail: mail.html.length
})
process.disconnect?.()
