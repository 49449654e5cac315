/**
 * The blocks of a week's report as parts of a page. The e-mail's view says what they hold, so page
 * and mail cannot disagree on a fact; the layout alone is the page's own.
 */
import type { HeatMap } from "../../../src/programs/reporter/render/HeatMap.ts"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import type { QuestionList } from "../../../src/programs/reporter/render/QuestionList.ts"
import type { RatingList } from "../../../src/programs/reporter/render/RatingList.ts"
import type { ReportView, Section } from "../../../src/programs/reporter/render/ReportView.ts"
import { sectionList } from "../../../src/programs/reporter/render/sectionList.ts"
import { questionLink, searchLink } from "./links.ts"

/** The e-mail lists so many; the page folds the others away below them. */
const firstRows = 10

const folded = <Row>(rows: ReadonlyArray<Row>) => {
  const more = rows.slice(firstRows)
  return {
    first: rows.slice(0, firstRows),
    more: more.length === 0 ? undefined : { count: `${more.length} more`, rows: more }
  }
}

/** Leads from a group to its questions, and to the conversation that missed it last. */
const withLinks = ({ rows, ...list }: QuestionList) => ({
  ...list,
  ...folded(
    rows.map((row) => ({
      ...row,
      countsAsked: list.countsAsked,
      href: row.line.question && searchLink(row.line.question),
      missedAt: row.line.lastMiss && questionLink(row.line.lastMiss)
    }))
  )
})

const withRatingLinks = ({ rows, ...list }: RatingList) => ({
  ...list,
  ...folded(rows.map((row) => ({ ...row, href: questionLink(row.rating) })))
})

/** One number in place of a list of flags, because a class may be put together. */
const withSteps = (heat: HeatMap) => ({
  ...heat,
  rows: heat.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, step: cell.steps.indexOf(true) }))
  }))
})

const blockOf = (section: Section) => {
  if ("questions" in section) return { questions: withLinks(section.questions) }
  if ("ratings" in section) return { ratings: withRatingLinks(section.ratings) }
  return "heat" in section ? { heat: withSteps(section.heat) } : section
}

export const reportBlocks = (view: ReportView) => ({
  report: { ...view, sections: view.sections.map(blockOf) }
})

export const questionBlock = (list: QuestionList) => withLinks(list)

const list = (row: string) => `<ol class="groups">
{{#first}}
{{>${row}}}
{{/first}}
</ol>
{{#more}}
<details>
<summary>{{count}}</summary>
<ol class="groups">
{{#rows}}
{{>${row}}}
{{/rows}}
</ol>
</details>
{{/more}}
`

const group = `<li>{{#href}}<a href="{{href}}" dir="auto">{{question}}</a>{{/href}}\
{{^href}}<span dir="auto">{{question}}</span>{{/href}}
<p class="facts">{{#countsAsked}}asked {{asked}} · {{/countsAsked}}{{note}}{{#missedAt}} · \
<a href="{{missedAt}}">the last one missed</a>{{/missedAt}}</p>
{{#others.length}}
<p class="facts">Also:{{#others}} “<span dir="auto">{{quote}}</span>”{{/others}}</p>
{{/others.length}}
{{#last}}
<p class="facts">{{words}}{{#quote}} “<span dir="auto">{{quote}}</span>”{{/quote}}</p>
{{/last}}
</li>
`

const questions = `<section>
<h2>{{title}}</h2>
{{#first.length}}
<p class="caption">{{caption}}</p>
${list("group")}
{{/first.length}}
{{^first.length}}
<p class="quiet">{{none}}</p>
{{/first.length}}
</section>
`

const rating = `<li><a href="{{href}}" dir="auto">{{question}}</a>
<p class="facts">{{note}}</p>
{{#said}}
<p class="facts">{{words}} “<span dir="auto">{{quote}}</span>”</p>
{{/said}}
</li>
`

const ratings = `<section>
<h2>{{title}}</h2>
<p class="caption">{{caption}}</p>
${list("rating")}
</section>
`

const bars = `<section>
<h2>{{title}}</h2>
<table class="bars">
<caption>{{caption}}</caption>
<tr><th scope="col">{{columns.0}}</th><th scope="col" colspan="2">{{columns.1}}</th>\
{{#columns.2}}<th scope="col">{{.}}</th>{{/columns.2}}</tr>
{{#rows}}
<tr><th scope="row">{{label}}</th><td class="bar"><svg viewBox="0 0 100 14" \
preserveAspectRatio="none" aria-hidden="true"><rect width="{{share}}" height="14"/></svg></td>\
<td>{{value}}</td>{{#aside}}<td>{{aside}}</td>{{/aside}}</tr>
{{/rows}}
</table>
</section>
`

const heat = `<section>
<h2>{{title}}</h2>
<table class="heat">
<caption>{{caption}}</caption>
<tr><td></td>{{#hours}}<th scope="col" title="{{span}}">{{from}}</th>{{/hours}}\
<th scope="col">All</th></tr>
{{#rows}}
<tr><th scope="row">{{day}}</th>{{#cells}}<td class="step{{step}}" title="{{title}}">{{count}}</td>\
{{/cells}}<td>{{total}}</td></tr>
{{/rows}}
</table>
</section>
`

const figures = `<section>
<h2>{{title}}</h2>
<table>
<caption>{{caption}}</caption>
<tr><th scope="col">{{columns.0}}</th><th scope="col">{{columns.1}}</th></tr>
{{#rows}}
<tr><th scope="row">{{label}}{{#note}}<br><span class="quiet">{{note}}</span>{{/note}}</th>\
<td{{#alert}} class="alert"{{/alert}}>{{value}}</td></tr>
{{/rows}}
</table>
</section>
`

const facts = `<section>
<h2>{{title}}</h2>
<table class="words">
<caption>{{caption}}</caption>
{{#rows}}
<tr><th scope="row">{{label}}</th><td>{{value}}</td></tr>
{{/rows}}
</table>
</section>
`

const tiles = `<ul class="tiles">
{{#tileRows}}
{{#.}}
<li><span class="quiet">{{label}}</span> <strong{{#alert}} class="alert"{{/alert}}>{{value}}\
</strong>{{#change}} <span class="{{#better}}good{{/better}}{{#worse}}alert{{/worse}}">{{#arrow}}\
<span aria-hidden="true">{{arrow}}</span> {{/arrow}}{{words}}</span>{{/change}}</li>
{{/.}}
{{/tileRows}}
</ul>
<p class="caption">{{tilesMean}}</p>
`

const report = `{{#report}}
<p class="headline">{{headline}}</p>
<p class="quiet">{{period}}</p>
{{#remarks}}
<p>{{.}}</p>
{{/remarks}}
{{#gist}}
<p><span class="quiet">{{label}}:</span> {{words}}</p>
{{/gist}}
{{#tileRows.length}}
{{>tiles}}
{{/tileRows.length}}
${sectionList}
{{#quiet}}
<p>{{.}}</p>
{{/quiet}}
<section>
<h2>About these numbers</h2>
<p class="caption">{{about}}</p>
</section>
{{/report}}
`

export const reportPartials = Object.fromEntries(
  Object.entries({
    bars,
    facts,
    figures,
    group,
    heat,
    questions,
    rating,
    ratings,
    report,
    tiles
  }).map(([name, text]) => [name, parse(text, { name })])
)
