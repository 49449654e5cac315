/** A week as its e-mail tells it, with whole lists, and beside it what would be counted today. */
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { type ReportView, reportView } from "../../../src/programs/reporter/render/ReportView.ts"
import { count, plural } from "../../../src/programs/reporter/words/english/locale.ts"
import { listLengthMax, type WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { ConsoleData, type Difference, type WeekView } from "../ConsoleData.ts"
import { withMembers } from "./groupPage.ts"
import { hiddenTexts } from "./nowPage.ts"
import { framed, page } from "./Page.ts"
import { reportBlocks, reportPartials } from "./reportBlocks.ts"
import { chosenWeek, weekChoice, weekChoiceTemplate } from "./WeekChoice.ts"

const template = parse(
  `{{>weekChoice}}
<p class="pages">{{#earlier}}<a href="{{earlier}}">The week before</a> {{/earlier}}{{#later}}<a \
href="{{later}}">The week after</a>{{/later}}</p>
<div id="live">
{{#told}}
<p class="told">{{.}}</p>
{{/told}}
{{#differences.length}}
<section>
<h2>Since the mail</h2>
<table>
<caption>The mail keeps its numbers. These would be others today, because of what came or went \
since.</caption>
<tr><th scope="col">Number</th><th scope="col">As mailed</th><th scope="col">Today</th></tr>
{{#differences}}
<tr><th scope="row">{{label}}</th><td>{{frozen}}</td><td>{{today}}</td></tr>
{{/differences}}
</table>
</section>
{{/differences.length}}
{{>report}}
</div>
`,
  { name: "week" }
)
const weekForm = parse(weekChoiceTemplate, { name: "weekChoice" })

/** The mail's own numbers, and today's lists, which are whole. */
export const shownReport = ({ frozen, today }: WeekView): WeeklyReport | undefined => {
  if (frozen === undefined || today === undefined) return frozen ?? today
  const { closed, ratedBadly, topQuestions, unanswered } = today
  return {
    ...frozen,
    ...{ closed, topQuestions, unanswered },
    ...(ratedBadly === undefined ? {} : { ratedBadly })
  }
}

const sourceWords = ({ frozen, reading, today }: WeekView): ReadonlyArray<string> => [
  ...(reading === undefined
    ? []
    : [
        `This week is being read at the pace that its table can spare: ` +
          `${plural(reading.entries, "entry", "entries")} so far. It is shown when it is done.`
      ]),
  ...(frozen !== undefined && today !== undefined
    ? ["The numbers are those of the mail; the lists are as they stand today, and whole."]
    : []),
  ...(frozen !== undefined && today === undefined && reading === undefined
    ? [
        "Some questions of this week are deleted, so this is the mail as it was: its lists end " +
          `after ${listLengthMax} lines.`
      ]
    : []),
  ...(frozen === undefined && today === undefined && reading === undefined
    ? ["This week was not mailed, and can no longer be counted."]
    : [])
]

/** `answers.noAnswer` is `answers: no answer`. */
const labelOf = (name: string): string =>
  name.replaceAll(".", ": ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const numberOf = (value: number | undefined): string =>
  value === undefined ? "not told" : Number.isInteger(value) ? count(value) : value.toPrecision(3)

const differenceOf = ({ frozen, name, today }: Difference) => ({
  label: labelOf(name),
  frozen: numberOf(frozen),
  today: numberOf(today)
})

const blocksOf = (view: ReportView, { period: { weekId } }: WeekView) => {
  const { report } = reportBlocks(view)
  const sections = report.sections.map((section) =>
    "questions" in section ? { questions: withMembers(section.questions, weekId) } : section
  )
  return { ...report, sections }
}

export const weekPage = (parameters: URLSearchParams, siteName: string) =>
  Effect.gen(function* () {
    const { source, week, weeks } = yield* ConsoleData
    const all = yield* weeks
    const chosen = chosenWeek(all, parameters.get("week"), source)
    const frame = { title: "Week", source: source.name, current: "week" } as const
    if (chosen === undefined) {
      return page(200, { ...frame, paragraphs: ["No week is here yet."] })
    }
    const found = yield* week(chosen.weekId)
    const report = shownReport(found)
    const questions = source.showsTexts ? "shown" : "hidden"
    return framed(
      {
        ...frame,
        title: `Week ${chosen.weekId}`,
        ...(found.reading && { script: "live.js" })
      },
      template,
      {
        action: "/week",
        ...weekChoice(all, chosen),
        told: [...sourceWords(found), ...hiddenTexts(source)],
        differences: found.differences.map(differenceOf),
        ...(report && {
          report: blocksOf(reportView(report, { siteName, questions, lists: "whole" }), found)
        })
      },
      { partials: { ...reportPartials, weekChoice: weekForm } }
    )
  })
