/**
 * The HTML part: layout tables with `role="presentation"`, data tables with captions and scopes,
 * no image, no script, no address outside. Visitor text stands in `dir="auto"`, which isolates it.
 */
import { layout } from "./htmlBlocks.ts"
import { sheet, style } from "./htmlStyle.ts"
import { light } from "./Palette.ts"
import { sectionList } from "./sectionList.ts"

/** Outlook on Windows ignores `max-width` and fonts inherited by a table. */
const outlook = (html: string): string => `<!--[if mso]>${html}<![endif]-->`

/** Blanks that keep the body's first words out of the inbox preview. */
const preheaderPadding = "&#8199;&#65279;&#847; ".repeat(40)

export const htmlTemplate = `<!doctype html>
<html lang="{{tag}}" dir="ltr">
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
<p class="muted" style="${style.eyebrow}">{{siteName}} · {{week}}</p>
<h1 class="ink headline" style="${style.headline}">{{headline}}</h1>
<p class="muted" style="${style.period}">{{period}}</p>
{{#remarks}}
<p class="ink" style="${style.remark}">{{.}}</p>
{{/remarks}}
{{#gist}}
<p class="ink" style="${style.remark}"><span class="muted" style="${style.gist}">{{label}}:</span>
{{words}}</p>
{{/gist}}
</td></tr>
{{#tileRows.length}}
{{>tiles}}
{{/tileRows.length}}
${sectionList}
{{#quiet.length}}
<tr><td class="side" style="${style.section}">
{{#quiet}}
<p class="ink" style="${style.paragraph}">{{.}}</p>
{{/quiet}}
</td></tr>
{{/quiet.length}}
{{>about}}
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
