/** Tells whether all is well: as `ops status`, and with losses, free tier and bill. */
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { count, plural, usd } from "../../../src/programs/reporter/words/english/locale.ts"
import { Check } from "../../deploy/Check.ts"
import { statusRows } from "../../status/statusText.ts"
import { ConsoleData, type Health } from "../ConsoleData.ts"
import type { Bell } from "./Bell.ts"
import { framed } from "./Page.ts"
import { reportPartials } from "./reportBlocks.ts"

/** A process of the system on this machine. */
export interface RunningProcess {
  readonly name: string
  readonly endpoint: string
  readonly processId: number | undefined
}

const template = parse(
  `{{#told}}
<p class="told {{state}}">{{text}}</p>
{{/told}}
{{#notices}}
<p class="told">{{.}}</p>
{{/notices}}
<section>
<h2>{{verdict}}</h2>
{{#problems.length}}
<ul class="problems">
{{#problems}}
<li><strong>{{what}}</strong><br><code>{{mend}}</code></li>
{{/problems}}
</ul>
{{/problems.length}}
</section>
{{#tables}}
{{>facts}}
{{/tables}}
`,
  { name: "health" }
)

type Row = readonly [label: string, value: string]

const tableOf = (title: string, caption: string, rows: ReadonlyArray<Row>) =>
  rows.length === 0
    ? []
    : [{ title, caption, rows: rows.map(([label, value]) => ({ label, value })) }]

const billRows = ({ bill }: Health): ReadonlyArray<Row> => {
  if (bill === null) return []
  const { firstToEnd, questionsPerMonth, usd: amount } = bill
  return [
    ["questions a month", count(questionsPerMonth)],
    ["cost a month", usd(amount)],
    ...(firstToEnd === undefined
      ? []
      : [
          ["first free part to end", firstToEnd.meter] as const,
          ["free up to", `${plural(firstToEnd.questions, "question")} a month`] as const
        ])
  ]
}

/** AWS's own meters, each in a sentence. */
const meterRow = Check.$match({
  Good: ({ subject, text }): Row => [subject, text],
  Bad: ({ mend, subject, what }): Row => [subject, `${what} ${mend}`],
  Unseen: ({ subject, why }): Row => [subject, `unknown: ${why}`]
})

const tablesOf = (health: Health, processes: ReadonlyArray<RunningProcess>) => [
  ...tableOf(
    "Parts",
    "What the queue, the table and the alarms say now.",
    health.status === null ? [] : statusRows(health.status, health.now)
  ),
  ...tableOf("Losses", "Events that never reached the queue, in seven days.", [
    ["reported as lost", count(health.lost)]
  ]),
  ...tableOf(
    "Free tier",
    "What AWS forecasts for the account.",
    (health.freeTier ?? []).map(meterRow)
  ),
  ...tableOf("Bill", "A month at the present pace, by the deployed definitions.", billRows(health)),
  ...tableOf(
    "Processes",
    "The system on this machine. Each may be killed, and comes back.",
    processes.map(({ endpoint, name, processId }) => [
      name,
      [endpoint, `process ${processId ?? "is starting"}`].filter((part) => part !== "").join(", ")
    ])
  )
]

const verdictOf = ({ problems, status }: Health): string => {
  if (problems.length > 0) return plural(problems.length, "problem")
  return status === null ? "An export, which has no health of its own" : "All is well"
}

export const healthPage = (bell: Bell, processes: Effect.Effect<ReadonlyArray<RunningProcess>>) =>
  Effect.gen(function* () {
    const { health, source } = yield* ConsoleData
    const found = yield* health
    const view = {
      told: [yield* bell.following].filter(({ text }) => text !== ""),
      notices: source.notices,
      verdict: verdictOf(found),
      problems: found.problems,
      tables: tablesOf(found, yield* processes)
    }
    const frame = { title: "Health", source: source.name, current: "health" } as const
    return framed(frame, template, view, { partials: reportPartials })
  })
