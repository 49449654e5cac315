/** The gaps that the owner keeps in a file, and the week's questions without a good answer. */
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { unansweredQuestions } from "../../../src/programs/reporter/render/QuestionList.ts"
import { wholeText } from "../../../src/programs/reporter/render/VisitorText.ts"
import { english } from "../../../src/programs/reporter/words/English.ts"
import { currentGaps, type GapView } from "../../gaps/currentGaps.ts"
import type { GapState } from "../../gaps/Gap.ts"
import { ConsoleData, type Source } from "../ConsoleData.ts"
import { withMembers } from "./groupPage.ts"
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
<section>
<h2>Gaps that are kept</h2>
{{#keptTold}}
<p class="told">{{.}}</p>
{{/keptTold}}
{{#kept.length}}
<table class="words">
<caption>The last state of each gap. A command changes it; this page does not.</caption>
{{#kept}}
<tr><th scope="row">{{state}}</th><td><span dir="auto">{{name}}</span>{{#why}}<br>\
<span class="quiet" dir="auto">{{.}}</span>{{/why}}\
{{#next}}<br><code>npm run ops -- gaps {{.}}</code>{{/next}}</td></tr>
{{/kept}}
</table>
{{/kept.length}}
</section>
`,
  { name: "gaps" }
)
const weekForm = parse(weekChoiceTemplate, { name: "weekChoice" })

/** The command that brings a gap of this state on; a closed gap needs none. */
const nextOf: Readonly<Record<GapState, "draft" | "check" | "reopen" | undefined>> = {
  open: "draft",
  back: "draft",
  drafted: "check",
  answered: "check",
  ignored: "reopen",
  closed: undefined
}

/** `check` alone asks a bot. */
const commandOf = ({ id, state }: GapView, { kind }: Source): string | undefined => {
  const next = nextOf[state]
  return next && `${next} ${id}${next === "check" && kind === "local" ? " --local" : ""}`
}

const rowOf = (view: GapView, source: Source) => {
  const { id, name, state, why } = view
  return {
    next: commandOf(view, source),
    state,
    name: source.showsTexts ? wholeText(name) : id,
    why: source.showsTexts && why !== undefined ? wholeText(why) : undefined
  }
}

const listOf = ({ kind, name }: Source): string => {
  const place = { local: " --local", stage: "", file: ` --from ${name}` }[kind]
  return `npm run ops -- gaps list${place}`
}

/** A file that cannot be read is told of, and leaves the rest of the page as it is. */
const keptIn = (file: string, source: Source) =>
  currentGaps(file).pipe(
    Effect.map(({ opened, views }) => ({
      kept: views.map((view) => rowOf(view, source)),
      keptTold:
        opened.text === undefined ? [`There is no ${file} yet. ${listOf(source)} writes it.`] : []
    })),
    Effect.catchTag("FileRejected", ({ message }) =>
      Effect.succeed({ kept: [], keptTold: [wholeText(message)] })
    )
  )

export const gapsPage = (parameters: URLSearchParams, gapFile: string) =>
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
        ...(yield* keptIn(gapFile, source)),
        gaps:
          report &&
          withMembers(questionBlock(unansweredQuestions(report, "whole", english)), chosen.weekId)
      },
      { partials: { ...reportPartials, weekChoice: weekForm } }
    )
  })
