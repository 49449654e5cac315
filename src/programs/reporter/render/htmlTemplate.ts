/**
 * The HTML part: layout tables with `role="presentation"`, data tables with captions and scopes,
 * no image, no script, no address outside. Visitor text stands in `dir="auto"`, which isolates it.
 */
import { sheet, style } from "./htmlStyle.ts"
import { light } from "./Palette.ts"

const layout = `role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"`
const dataTable = `width="100%" cellpadding="0" cellspacing="0" border="0" style="${style.table}"`

/** For Outlook on Windows, which knows neither `max-width` nor fonts handed down to a table. */
const outlook = (html: string): string => `<!--[if mso]>${html}<![endif]-->`

/** Blanks after the preheader, so that an inbox does not go on with the body's first words. */
const preheaderPadding = "&#8199;&#65279;&#847; ".repeat(60)

/** A section's frame: its heading is outside the table, since readers jump from one to the next. */
const section = (body: string): string => `<tr><td class="side" style="${style.section}">
<h2 class="ink" style="${style.heading}">{{title}}</h2>
${body}
</td></tr>
`

const captioned = (body: string): string => `<table ${dataTable}>
<caption class="muted" style="${style.caption}">{{caption}}</caption>
${body}
</table>`

const columnNames = (name: string, number: string): string => `<tr>
<th class="muted line" scope="col" style="${style.columnName}">${name}</th>
<th class="muted line" scope="col" style="${style.columnNumber}">${number}</th>
</tr>`

const figures = section(
  captioned(`${columnNames("{{columns.0}}", "{{columns.1}}")}
{{#rows}}
<tr>
<th class="ink line" scope="row" style="${style.rowName}">{{label}}{{#note}}<br>
<span class="muted" style="${style.note}">{{note}}</span>{{/note}}</th>
{{#alert}}
<td class="alert line" style="${style.rowNumberAlert}">{{value}}</td>
{{/alert}}
{{^alert}}
<td class="ink line" style="${style.rowNumber}">{{value}}</td>
{{/alert}}
</tr>
{{/rows}}`)
)

const questions = section(`{{#rows.length}}
${captioned(`${columnNames("Question", "Asked")}
{{#rows}}
<tr>
<th class="ink line" scope="row" style="${style.rowName}"><span dir="auto">{{wording}}</span><br>
<span class="muted" style="${style.note}">{{note}}</span></th>
<td class="ink line" style="${style.rowNumber}">{{asked}}</td>
</tr>
{{/rows}}`)}
{{/rows.length}}
{{^rows.length}}
<p class="muted" style="${style.aside}">{{none}}</p>
{{/rows.length}}`)

const days = section(
  captioned(`{{#rows}}
<tr>
<th class="muted" scope="row" style="${style.day}">{{day}}</th>
<td width="100%"><table ${layout}><tr>
{{#share}}
<td class="bar" width="{{share}}%" height="14" bgcolor="${light.bar}" style="${style.bar}"></td>
{{/share}}
{{#rest}}
<td width="{{rest}}%"></td>
{{/rest}}
</tr></table></td>
<td class="ink" style="${style.dayCount}">{{count}}</td>
</tr>
{{/rows}}`)
)

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
</td>
{{/.}}
</tr>
{{/tileRows}}
</table>
<p class="muted" style="${style.aside}">{{answeredMeans}}</p>
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
<td class="ink line" style="${style.fact}">{{value}}</td>
</tr>
{{/provenance}}
</table>
</td></tr>
`

export const htmlPartials = { days, figures, provenance, questions, tiles }

export const htmlTemplate = `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<meta name="x-apple-disable-message-reformatting">
<title>{{subject}}</title>
<style>
${sheet}
</style>
${outlook("<style>table,td,th,p,h1,h2,caption{font-family:Arial,sans-serif!important}</style>")}
</head>
<body class="page" style="${style.page}">
<div style="${style.preheader}">{{preheader}} ${preheaderPadding}</div>
<table class="page" ${layout} bgcolor="${light.page}">
<tr><td class="gutter" align="center" style="${style.gutter}">
${outlook(`<table role="presentation" width="640" cellpadding="0" cellspacing="0"><tr><td>`)}
<table class="card" ${layout} bgcolor="${light.card}" style="${style.card}">
<tr><td class="side" style="${style.top}">
<p class="muted" style="${style.eyebrow}">{{siteName}} · week {{weekId}}</p>
<h1 class="ink headline" style="${style.headline}">{{headline}}</h1>
<p class="muted" style="${style.period}">{{period}}</p>
</td></tr>
{{#week}}
{{>tiles}}
{{#days}}
{{>days}}
{{/days}}
{{#unanswered}}
{{>questions}}
{{/unanswered}}
{{#top}}
{{>questions}}
{{/top}}
{{#answerTime}}
{{>figures}}
{{/answerTime}}
{{#tokens}}
{{>figures}}
{{/tokens}}
{{#countries}}
{{>figures}}
{{/countries}}
{{#health}}
{{>figures}}
{{/health}}
{{/week}}
{{#quiet.length}}
<tr><td class="side" style="${style.section}">
{{#quiet}}
<p class="ink" style="${style.paragraph}">{{.}}</p>
{{/quiet}}
</td></tr>
{{/quiet.length}}
{{>provenance}}
</table>
<table ${layout} style="${style.footerTable}">
<tr><td class="side" style="${style.footerCell}">
{{#footer}}
<p class="muted" style="${style.footer}">{{.}}</p>
{{/footer}}
</td></tr>
</table>
${outlook("</td></tr></table>")}
</td></tr>
</table>
</body>
</html>
`
