import { availableParallelism } from "node:os"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { forkOnce } from "../forkOnce.ts"
import { figure, median } from "../Measure.ts"
import { step } from "../step.ts"
import { weeksJudged } from "./Calendar.ts"
import { minutesMax, outages, type Trouble, troubles } from "./Plan.ts"
import { measureReadUnits } from "./readUnits.ts"
import type { Judged } from "./runWatch.ts"
import type { Site } from "./Site.ts"

/** Every site once with troubles, and once without. */
const sites: ReadonlyArray<Site> = [10_000, 1000, 300, 3].flatMap((perWeek) => [
  { name: `${perWeek} a week`, perWeek },
  { name: `${perWeek} a week, calm`, perWeek, isCalm: true as const }
])

const months = (weeksJudged * 7) / 30.4

const busyPerWeek = 10_000

interface Row {
  readonly measure: string
  readonly site: string
  readonly trouble: Trouble
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
    site: site.name,
    trouble,
    planted: all.length,
    told: minutes.length,
    medianMinutes: median(minutes),
    maxMinutes,
    ...(isHeld ? { ok: minutes.length === all.length && maxMinutes <= minutesMax } : {})
  }
}

const mailsOf = ({ name, perWeek }: Site, runs: ReadonlyArray<Judged>) => {
  const falsely = runs.flatMap((one) => one.falsely)
  const perMonth = falsely.length / runs.length / months
  return {
    measure: name,
    falsely: falsely.length,
    kinds: [...new Set(falsely.map(({ kind }) => kind))],
    perMonth,
    again: runs.reduce((sum, one) => sum + one.again.length, 0),
    ok: perMonth <= (perWeek <= 3 ? 0 : 1)
  }
}

const script = new URL("siteProcess.ts", import.meta.url)

const siteRun = ({ seed, site }: { readonly seed: number; readonly site: Site }) =>
  step(`${site.name}, seed ${seed}`, () =>
    forkOnce<Judged>(script, [JSON.stringify(site), String(seed)])
  )

const measure = Effect.fn("bench watch")(function* ({
  seed: seeds
}: {
  readonly seed: ReadonlyArray<number>
}) {
  const wanted = seeds.flatMap((seed) => sites.map((site) => ({ seed, site })))
  const all = yield* Effect.forEach(wanted, siteRun, { concurrency: availableParallelism() })
  const units = yield* measureReadUnits()
  const runsOf = ({ name }: Site) => all.filter(({ site }) => site === name)
  return {
    bench: "watch" as const,
    seeds,
    troubles: sites.flatMap((site) =>
      site.isCalm ? [] : troubles.map((trouble) => rowOf(site, trouble, runsOf(site)))
    ),
    mails: sites.map((site) => mailsOf(site, runsOf(site))),
    units
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
      Flag.atLeast(1),
      Flag.withDefault([3])
    )
  },
  measure,
  printed: ({ mails, seeds, troubles: rows, units }) =>
    [
      `${seeds.length === 1 ? "Seed" : "Seeds"} ${seeds.join(", ")}, ${weeksJudged} weeks each. ` +
        "Minutes from the start of a trouble to its mail:",
      numberTable([
        ["questions", "trouble", "planted", "told", "median", "max", ""],
        ...rows.map((row) => [
          row.site,
          row.trouble,
          figure(row.planted),
          figure(row.told),
          row.told === 0 ? "" : figure(row.medianMinutes),
          row.told === 0 ? "" : figure(row.maxMinutes),
          verdict(row.ok)
        ])
      ]),
      numberTable([
        ["questions", "false mails", "a month", "of kinds", "told again", ""],
        ...mails.map((row) => [
          row.measure,
          figure(row.falsely),
          figure(row.perMonth),
          row.kinds.join(" "),
          figure(row.again),
          verdict(row.ok)
        ])
      ]),
      `Read units of a run at ${busyPerWeek} questions a week, on ${units.engine}: ` +
        `${units.hour}, and ${units.day} where it reads the day too.`
    ].join("\n\n"),
  rows: ({ mails, troubles: rows }) => [...rows.filter((row) => row.ok !== undefined), ...mails]
})
