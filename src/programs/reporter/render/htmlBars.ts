/** The drawings of the HTML part: tables with coloured cells, and each cell's number as text. */
import { captioned, drawing, heatTable, layout, section } from "./htmlFrame.ts"
import { heatCells, style } from "./htmlStyle.ts"
import { light } from "./Palette.ts"

export const bars = section(
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

/** One cell in each colour, of which the step that it has is shown. */
const cells = heatCells
  .map(
    (cell, step) =>
      `{{#steps.${step}}}<td ${cell} title="{{title}}">{{count}}</td>{{/steps.${step}}}`
  )
  .join("")

export const heat = section(
  captioned(
    `<tr>
<td></td>
{{#hours}}
<th class="muted" scope="col" title="{{span}}" style="${style.hour}">{{from}}</th>
{{/hours}}
</tr>
{{#rows}}
<tr align="center">
<th class="muted" scope="row" style="${style.weekday}">{{day}}</th>
{{#cells}}${cells}{{/cells}}
</tr>
{{/rows}}`,
    heatTable
  )
)
