/** Questions without a good answer: the first list of the week's e-mail, whole. */
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { unansweredQuestions } from "../../../src/programs/reporter/render/QuestionList.ts"
import { ConsoleData } from "../ConsoleData.ts"
import { hiddenTexts } from "./nowPage.ts"
import { framed, page } from "./Page.ts"
import { questionBlock, reportPartials } from "./reportBlocks.ts"
import { chosenWeek, weekChoice, weekChoiceTemplate } from "./WeekChoice.ts"
import { shownReport } from "./weekPage.ts"

const template = parse(
  `{{>weekChoice}}
{{#told}}
<p class="told">{{.}}</p>
{{/told}}
{{#gaps}}
{{>questions}}
{{/gaps}}
`,
  { name: "gaps" }
)
const weekForm = parse(weekChoiceTemplate, { name: "weekChoice" })

export const gapsPage = (parameters: URLSearchParams) =>
  Effect.gen(function* () {
    const { source, week, weeks } = yield* ConsoleData
    const frame = { title: "Gaps", source: source.name, current: "gaps" } as const
    const all = yield* weeks
    const chosen = chosenWeek(all, parameters.get("week"), source)
    if (chosen === undefined) {
      return page(200, { ...frame, paragraphs: ["No week is here yet."] })
    }
    const found = yield* week(chosen.weekId)
    const report = source.showsTexts ? shownReport(found) : undefined
    const told = [
      ...hiddenTexts(source),
      ...(source.showsTexts && report === undefined
        ? ["The numbers of this week are not here yet: open the week, which says why."]
        : [])
    ]
    return framed(
      frame,
      template,
      {
        action: "/gaps",
        ...weekChoice(all, chosen),
        told,
        gaps: report && questionBlock(unansweredQuestions(report, "whole"))
      },
      { partials: { ...reportPartials, weekChoice: weekForm } }
    )
  })
