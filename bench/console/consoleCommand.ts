import * as Flag from "effect/cli/Flag"
import { count } from "../../cli/flags.ts"
import { benchCommand } from "../benchCommand.ts"
import { tableOf } from "../Measure.ts"
import { runConsoleBench } from "./runConsoleBench.ts"

export const consoleCommand = benchCommand("console", {
  short: "measure how soon the console shows its first page",
  description:
    "Fills a console's cache, opens it and reads the first page, beside reading the same page " +
    "from a plain file of JSON lines. Then it searches all questions.",
  flags: {
    rows: count("rows", "cached interactions (100,000 without it)", {
      minimum: 1,
      maximum: 1_000_000
    }).pipe(Flag.withDefault(100_000))
  },
  measure: ({ rows }) => runConsoleBench(rows),
  printed: ({ measures, rows }) =>
    [`${rows} cached interactions`, tableOf(measures, "JSON lines")].join("\n"),
  rows: ({ measures }) => measures
})
