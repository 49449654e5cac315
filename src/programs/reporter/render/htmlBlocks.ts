/** The blocks of the HTML part, one for each kind of section. */
import { heatCells, style } from "./htmlStyle.ts"
import { light } from "./Palette.ts"

const plain = `width="100%" cellpadding="0" border="0"`

export const layout = `role="presentation" ${plain} cellspacing="0"`
const dataTable = `class="ink" ${plain} cellspacing="0" style="${style.table}"`
/** Has small print beside its bars. */
const drawing = `class="ink" ${plain} cellspacing="0" style="${style.drawing}"`
/** Has gaps between its cells. */
const heatTable = `class="ink" ${plain} cellspacing="2" style="${style.heatTable}"`

/** The heading stands outside the table, because screen readers jump between headings. */
const section = (body: string): string => `<tr><td class="side" style="${style.section}">
<h2 class="ink" style="${style.heading}">{{title}}</h2>
${body}
</td></tr>
`

const captioned = (body: string, table = dataTable): string => `<table ${table}>
<caption class="muted" style="${style.caption}">{{caption}}</caption>
${body}
</table>`

const bars = section(
  captioned(
    `<tr>
<th class="muted" scope="col" style="${style.barName}">{{columns.0}}</th>
<th class="muted" scope="col" colspan="2" style="${style.barNumber}">{{columns.1}}</th>
{{#columns.2}}
<th class="muted" scope="col" style="${style.barNumber}">{{.}}</th>
{{/columns.2}}
</tr>
{{#rows}}
<tr>
<th class="muted" scope="row" style="${style.day}">{{label}}</th>
<td width="100%"><table ${layout}><tr>
{{#share}}
<td class="bar" width="{{share}}%" height="14" bgcolor="${light.bar}" style="${style.bar}"></td>
{{/share}}
{{#rest}}
<td width="{{rest}}%"></td>
{{/rest}}
</tr></table></td>
<td style="${style.dayCount}">{{value}}</td>
{{#aside}}
<td style="${style.dayCount}">{{aside}}</td>
{{/aside}}
</tr>
{{/rows}}`,
    drawing
  )
)

/** One cell in each colour; the template shows the one that matches the step. */
const cells = heatCells
  .map(
    (cell, step) =>
      `{{#steps.${step}}}<td ${cell} title="{{title}}">{{count}}</td>{{/steps.${step}}}`
  )
  .join("")

const heat = section(
  captioned(
    `<tr>
<td style="${style.corner}"></td>
{{#hours}}
<th class="muted" scope="col" title="{{span}}" style="${style.hour}">{{from}}</th>
{{/hours}}
<th class="muted" scope="col" style="${style.hour}">{{labels.all}}</th>
</tr>
{{#rows}}
<tr align="center">
<th class="muted" scope="row" style="${style.weekday}">{{day}}</th>
{{#cells}}${cells}{{/cells}}
<td>{{total}}</td>
</tr>
{{/rows}}`,
    heatTable
  )
)

const columnNames = (name: string, number: string): string => `<tr>
<th class="muted line" scope="col" style="${style.columnName}">${name}</th>
<th class="muted line" scope="col" style="${style.columnNumber}">${number}</th>
</tr>`

const figures = section(
  captioned(`${columnNames("{{columns.0}}", "{{columns.1}}")}
{{#rows}}
<tr valign="top">
<th class="line" scope="row" style="${style.rowName}">{{label}}{{#note}}<br>
<span class="muted" style="${style.note}">{{note}}</span>{{/note}}</th>
{{#alert}}
<td class="alert line" style="${style.rowNumberAlert}">{{value}}</td>
{{/alert}}
{{^alert}}
<td class="line" style="${style.rowNumber}">{{value}}</td>
{{/alert}}
</tr>
{{/rows}}`)
)

/** A header without a cell beside it would name nothing. */
const questions = section(`{{#rows.length}}
${captioned(`{{#countsAsked}}
${columnNames("{{labels.question}}", "{{labels.asked}}")}
{{/countsAsked}}
{{#rows}}
<tr valign="top">
{{#countsAsked}}<th class="line" scope="row" style="${style.rowName}">{{/countsAsked}}
{{^countsAsked}}<td class="line" style="${style.rowName}">{{/countsAsked}}
<span dir="auto">{{question}}</span><br>
<span class="muted" style="${style.note}">{{note}}</span>{{#others.length}}<br>
<span class="muted" style="${style.note}">{{labels.also}}{{#others}}
{{labels.openQuote}}<span dir="auto">{{quote}}</span>\
{{labels.closeQuote}}{{/others}}</span>{{/others.length}}{{#last}}<br>
<span class="muted" style="${style.note}">{{words}}{{#quote}}
{{labels.openQuote}}<span dir="auto">{{quote}}</span>{{labels.closeQuote}}{{/quote}}</span>{{/last}}
{{#countsAsked}}
</th><td class="line" style="${style.rowNumber}">{{asked}}</td>
{{/countsAsked}}
{{^countsAsked}}</td>{{/countsAsked}}
</tr>
{{/rows}}`)}
{{/rows.length}}
{{^rows.length}}
<p class="muted" style="${style.aside}">{{none}}</p>
{{/rows.length}}`)

const ratings = section(
  captioned(`{{#rows}}
<tr valign="top"><td class="line" style="${style.rowName}">
<span dir="auto">{{question}}</span><br>
<span class="muted" style="${style.note}">{{note}}</span>{{#said}}<br>
<span class="muted" style="${style.note}">{{words}}
{{labels.openQuote}}<span dir="auto">{{quote}}</span>{{labels.closeQuote}}</span>{{/said}}
</td></tr>
{{/rows}}`)
)

const arrow = `{{#arrow}}<span aria-hidden="true">{{arrow}}</span> {{/arrow}}`
const changed = (role: string, colour: string): string =>
  `<span class="${role}" style="${colour}">${arrow}{{words}}</span>`

const change =
  `{{#better}}${changed("good", style.changeGood)}{{/better}}` +
  `{{#worse}}${changed("alert", style.changeBad)}{{/worse}}` +
  `{{^better}}{{^worse}}${changed("muted", style.change)}{{/worse}}{{/better}}`

const tiles = `<tr><td class="side" style="${style.tiles}">
<table ${layout} style="${style.fixed}">
{{#tileRows}}
<tr>
{{#.}}
<td class="line" width="33%" valign="top" style="${style.tile}">
<span class="muted" style="${style.tileLabel}">{{label}}</span><br>
{{#alert}}
<strong class="alert value" style="${style.tileAlert}">{{value}}</strong>
{{/alert}}
{{^alert}}
<strong class="ink value" style="${style.tileValue}">{{value}}</strong>
{{/alert}}
{{#change}}<br>${change}{{/change}}
</td>
{{/.}}
</tr>
{{/tileRows}}
</table>
<p class="muted" style="${style.aside}">{{tilesMean}}</p>
</td></tr>
`

const facts = section(
  captioned(`{{#rows}}
<tr>
<th class="muted line" scope="row" style="${style.factName}">{{label}}</th>
<td class="line" style="${style.fact}">{{value}}</td>
</tr>
{{/rows}}`)
)

const about = `<tr><td class="side" style="${style.lastSection}">
<h2 class="ink" style="${style.heading}">{{labels.about}}</h2>
<p class="muted" style="${style.aside}">{{about}}</p>
</td></tr>
`

export const htmlPartials = { about, bars, facts, figures, heat, questions, ratings, tiles }
