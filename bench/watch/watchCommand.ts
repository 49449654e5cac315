import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { figure, median } from "../Measure.ts"
import { step } from "../step.ts"
import { weeksJudged } from "./Calendar.ts"
import { minutesMax, outages, type Trouble, troubles } from "./Plan.ts"
import { type Judged, judged } from "./runWatch.ts"
import type { Site } from "./SiteHistory.ts"

/** Every site once with troubles, and once without. */
const sites: ReadonlyArray<Site> = [10_000, 1000, 300, 3].flatMap((perWeek) => [
  { name: `${perWeek} a week`, perWeek },
  { name: `${perWeek} a week, calm`, perWeek, isCalm: true as const }
])

const months = (weeksJudged * 7) / 30.4

const busyPerWeek = 10_000

interface Row {
  readonly measure: string
  readonly planted: number
  readonly told: number
  readonly medianMinutes: number
  readonly maxMinutes: number
  readonly ok?: boolean
}

const rowOf = (site: Site, trouble: Trouble, runs: ReadonlyArray<Judged>): Row => {
  const all = runs.flatMap(({ caught }) => caught).filter((one) => one.trouble === trouble)
  const minutes = all.flatMap((one) => one.minutes ?? [])
  const maxMinutes = Math.max(0, ...minutes)
  const isHeld = outages.has(trouble) && site.perWeek >= busyPerWeek
  return {
    measure: `${site.name}: ${trouble}`,
    planted: all.length,
    told: minutes.length,
    medianMinutes: median(minutes),
    maxMinutes,
    ...(isHeld ? { ok: minutes.length === all.length && maxMinutes <= minutesMax } : {})
  }
}

const mailsOf = ({ name, perWeek }: Site, runs: ReadonlyArray<Judged>) => {
  const perMonth = runs.reduce((sum, { falsely }) => sum + falsely.length, 0) / runs.length / months
  const again = runs.reduce((sum, one) => sum + one.again.length, 0)
  return { measure: name, perMonth, again, ok: perMonth <= (perWeek <= 3 ? 0 : 1) }
}

const measure = Effect.fn("bench watch")(function* (given: {
  readonly seed: number
  readonly busy: boolean
}) {
  const chosen = sites.filter(({ perWeek }) => !given.busy || perWeek >= busyPerWeek)
  const runs = yield* Effect.forEach(chosen, (site) =>
    step(site.name, () => Effect.runPromise(judged(site, given.seed))).pipe(
      Effect.map((one) => ({ site, runs: [one] }))
    )
  )
  return {
    bench: "watch" as const,
    seed: given.seed,
    troubles: runs.flatMap(({ runs: own, site }) =>
      site.isCalm ? [] : troubles.map((trouble) => rowOf(site, trouble, own))
    ),
    mails: runs.map(({ runs: own, site }) => mailsOf(site, own))
  }
})

const verdict = (ok: boolean | undefined): string => (ok === undefined ? "" : ok ? "ok" : "MISSED")

export const watchCommand = benchCommand("watch", {
  short: "measure what the watch tells, and how soon",
  description:
    "Runs the reporter's hourly watch over 26 simulated weeks of four sites, with holidays and a " +
    "change of clocks: how soon each planted trouble is told, and how many mails are false.",
  flags: {
    seed: Flag.Int("seed").pipe(
      Flag.withDescription("1 and 2 were calibrated with; others are unseen"),
      Flag.withDefault(3)
    ),
    busy: Flag.Boolean("busy").pipe(
      Flag.withDescription("the busiest site alone"),
      Flag.withDefault(false)
    )
  },
  measure,
  printed: ({ mails, seed, troubles: rows }) =>
    [
      `Seed ${seed}, ${weeksJudged} weeks. Minutes from the start of a trouble to its mail:`,
      numberTable([
        ["site", "planted", "told", "median", "max", ""],
        ...rows.map((row) => [
          row.measure,
          figure(row.planted),
          figure(row.told),
          row.told === 0 ? "" : figure(row.medianMinutes),
          row.told === 0 ? "" : figure(row.maxMinutes),
          verdict(row.ok)
        ])
      ]),
      numberTable([
        ["site", "false mails a month", "mails told again", ""],
        ...mails.map((row) => [
          row.measure,
          figure(row.perMonth),
          figure(row.again),
          verdict(row.ok)
        ])
      ])
    ].join("\n\n"),
  rows: ({ mails, troubles: rows }) => [...rows.filter((row) => row.ok !== undefined), ...mails]
})
