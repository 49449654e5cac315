/** How soon a console shows its first page, from a cache of many rows. */
import { readFileSync, statSync, writeFileSync } from "node:fs"
import { performance } from "node:perf_hooks"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { lineOf } from "../../ops/console/Line.ts"
import { Rows } from "../../ops/console/Rows.ts"
import { searching } from "../../ops/console/searching.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import { pagesOf } from "../reporter/SyntheticWeek.ts"
import { announce } from "../step.ts"

const rounds = 5
const pageLength = 50
const firstPaintMsMax = 1000

const timed = <A>(run: () => A): number => {
  const began = performance.now()
  run()
  return performance.now() - began
}

/** Opens the file, and reads all that the first page shows. */
const firstPage = (file: string) => {
  const rows = new Rows(file, { keepsTexts: true })
  const lines = rows
    .newest({ filter: {}, sinceMs: 0, limit: pageLength + 1 })
    .map((summary) => lineOf(summary, true))
  const names = [rows.namesOf("language"), rows.namesOf("model")]
  rows.close()
  return { lines, names }
}

/** The same page from a plain file of the same rows. */
const firstPageOfJson = (file: string) => {
  const all: Array<InteractionSummary> = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
  const names = [all.map(({ query }) => query?.askedIn), all.map(({ response }) => response?.model)]
  return {
    lines: all.slice(-pageLength - 1).map((summary) => lineOf(summary, true)),
    names: names.map((column) => new Set(column))
  }
}

const megabytes = (file: string): number => statSync(file).size / 1_048_576

const fill = (count: number, cache: string, plain: string): void => {
  const rows = new Rows(cache, { keepsTexts: true })
  const lines: Array<string> = []
  for (const page of pagesOf(count, Date.UTC(2026, 10, 9))) {
    rows.put(page)
    lines.push(...page.map((summary) => `${JSON.stringify(summary)}\n`))
  }
  rows.close()
  writeFileSync(plain, lines.join(""))
}

/** Searches until all questions are indexed, and looks how long nothing else has its turn. */
const searches = Effect.fnUntraced(function* (rows: Rows) {
  const search = yield* searching(rows)
  const timedSearch = (words: string) =>
    Effect.gen(function* () {
      const began = performance.now()
      while (true) {
        const { held, searched } = yield* search(words, 10)
        if (searched === held) return performance.now() - began
      }
    })
  let [turn, blocked] = [performance.now(), 0]
  const clock = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - turn)
    turn = performance.now()
  })
  const first = yield* timedSearch("kubernetes")
  clearInterval(clock)
  const next = yield* timedSearch("kubernetes experience")
  rows.put([...pagesOf(1, Date.UTC(2026, 10, 16))].flat())
  return { first, blocked, next, added: yield* timedSearch("kubernetes") }
})

export const runConsoleBench = Effect.fn("bench console")(function* (count: number) {
  const files = yield* FileSystem.FileSystem
  const folder = yield* Effect.orDie(files.makeTempDirectoryScoped())
  const [cache, plain] = [`${folder}/rows.sqlite`, `${folder}/rows.jsonl`]
  announce("fill")
  fill(count, cache, plain)
  const [ours, reference]: [Array<number>, Array<number>] = [[], []]
  announce("first page")
  for (let round = 0; round < rounds; round++) {
    ours.push(timed(() => firstPage(cache)))
    reference.push(timed(() => firstPageOfJson(plain)))
  }
  const rows = new Rows(cache, { keepsTexts: true })
  const { added, blocked, first, next } = yield* Effect.scoped(searches(rows))
  rows.close()
  const measures: ReadonlyArray<Measure> = [
    compared(
      "first page, ms",
      { ours: median(ours), reference: median(reference), better: "less" },
      { atMost: firstPaintMsMax }
    ),
    compared("file, MB", {
      ours: megabytes(cache),
      reference: megabytes(plain),
      better: "less"
    }),
    alone("first search of all, ms", first),
    alone("longest wait of another page meanwhile, ms", blocked),
    alone("next search, ms", next),
    alone("search after a new question, ms", added)
  ]
  return { bench: "console" as const, rows: count, measures }
})
