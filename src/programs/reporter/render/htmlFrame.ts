/** What all blocks of the HTML part stand in. */
import { style } from "./htmlStyle.ts"

const plain = `width="100%" cellpadding="0" border="0"`

export const layout = `role="presentation" ${plain} cellspacing="0"`
export const dataTable = `class="ink" ${plain} cellspacing="0" style="${style.table}"`
/** For small print beside bars. */
export const drawing = `class="ink" ${plain} cellspacing="0" style="${style.drawing}"`
/** Its cells stand apart, since each is a drawing of its own. */
export const heatTable = `class="ink" ${plain} cellspacing="2" style="${style.heatTable}"`

/** A section's frame: its heading is outside the table, since readers jump from one to the next. */
export const section = (body: string): string => `<tr><td class="side" style="${style.section}">
<h2 class="ink" style="${style.heading}">{{title}}</h2>
${body}
</td></tr>
`

export const captioned = (body: string, table = dataTable): string => `<table ${table}>
<caption class="muted" style="${style.caption}">{{caption}}</caption>
${body}
</table>`
