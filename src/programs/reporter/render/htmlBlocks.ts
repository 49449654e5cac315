/** The blocks of the HTML part, one for each kind of section. */
import { bars, heat } from "./htmlBars.ts"
import { captioned, dataTable, layout, section } from "./htmlFrame.ts"
import { style } from "./htmlStyle.ts"

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

const questions = section(`{{#rows.length}}
${captioned(`${columnNames("Question", "Asked")}
{{#rows}}
<tr valign="top">
<th class="line" scope="row" style="${style.rowName}"><span dir="auto">{{question}}</span><br>
<span class="muted" style="${style.note}">{{note}}</span></th>
<td class="line" style="${style.rowNumber}">{{asked}}</td>
</tr>
{{/rows}}`)}
{{/rows.length}}
{{^rows.length}}
<p class="muted" style="${style.aside}">{{none}}</p>
{{/rows.length}}`)

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

const provenance = `<tr><td class="side" style="${style.lastSection}">
<h2 class="ink" style="${style.heading}">About this report</h2>
<table ${dataTable}>
<caption class="muted" style="${style.caption}">
Frozen when first counted; a repeat shows the same.
</caption>
{{#provenance}}
<tr>
<th class="muted line" scope="row" style="${style.factName}">{{label}}</th>
<td class="line" style="${style.fact}">{{value}}</td>
</tr>
{{/provenance}}
</table>
</td></tr>
`

export const htmlPartials = { bars, figures, heat, provenance, questions, tiles }
