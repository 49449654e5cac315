import { dark, light, type Palette } from "./Palette.ts"

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
/** A long word breaks rather than widen its table; all elements inherit this. */
const breaks = "overflow-wrap:anywhere;word-break:break-word"
const small = "font-size:14px;line-height:20px"
const normal = "font-size:15px;line-height:20px"
const large = "font-size:26px;line-height:32px;font-weight:700"
const ink = `color:${light.ink}`
const muted = `color:${light.muted}`
const alert = `color:${light.alert}`
const good = `color:${light.good}`
const lineBelow = `border-bottom:1px solid ${light.line}`
const digits = "text-align:right;white-space:nowrap"
/** Looks like a data cell. */
const nameCell = "text-align:left;font-weight:400"
const numberCell = `padding:5px 0 5px 16px;${lineBelow};${digits}`

/**
 * Inline styles by role in light colours, for clients that drop `<style>`. An element with a colour
 * also has a class, which `sheet` darkens.
 */
export const style = {
  page: `margin:0;padding:0;background-color:${light.page};${font}`,
  preheader:
    "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;" +
    "font-size:14px;line-height:1px",
  gutter: `padding:24px 12px;${font}`,
  card:
    `max-width:640px;background-color:${light.card};border-radius:12px;${breaks};` +
    "font-variant-numeric:tabular-nums",
  top: "padding:28px 32px 0",
  eyebrow: `margin:0 0 12px;${small};${muted}`,
  headline: `margin:0;font-size:28px;line-height:34px;font-weight:700;text-wrap:balance;${ink}`,
  period: `margin:8px 0 0;font-size:16px;line-height:24px;${muted}`,
  remark: `margin:8px 0 0;font-size:16px;line-height:24px;${ink}`,
  gist: muted,
  tiles: "padding:20px 32px 0",
  fixed: "width:100%;table-layout:fixed",
  tile: `padding:12px 8px 12px 0;border-top:1px solid ${light.line};text-align:left`,
  tileLabel: `${small};${muted}`,
  tileValue: `${large};${ink}`,
  tileAlert: `${large};${alert}`,
  change: `${small};${muted}`,
  changeGood: `${small};${good}`,
  changeBad: `${small};${alert}`,
  aside: `margin:8px 0 0;${small};${muted}`,
  section: "padding:22px 32px 0",
  lastSection: "padding:24px 32px 24px",
  heading: `margin:0;font-size:19px;line-height:26px;font-weight:700;${ink}`,
  paragraph: `margin:0 0 12px;font-size:16px;line-height:24px;${ink}`,
  /** Cells inherit size and colour; clients without inheritance show nearly the same. */
  table: `width:100%;border-collapse:collapse;${normal};${ink}`,
  drawing: `width:100%;border-collapse:collapse;${small};${ink}`,
  caption: `padding:0 0 6px;text-align:left;white-space:normal;${small};font-weight:400;${muted}`,
  columnName: `padding:4px 0;${nameCell};${lineBelow};${small};${muted}`,
  columnNumber:
    `padding:4px 0 4px 16px;text-align:right;white-space:nowrap;${lineBelow};${small};` +
    `font-weight:400;${muted}`,
  rowName: `padding:5px 0;${nameCell};${lineBelow}`,
  rowNumber: numberCell,
  rowNumberAlert: `${numberCell};${alert};font-weight:700`,
  note: `font-size:14px;line-height:18px;${muted}`,
  day: `padding:2px 12px 2px 0;${nameCell};white-space:nowrap;${muted}`,
  dayCount: `padding:2px 0 2px 12px;${digits}`,
  barName: `padding:0 12px 4px 0;${nameCell};white-space:nowrap;${muted}`,
  barNumber: `padding:0 0 4px 12px;${digits};font-weight:400;${muted}`,
  bar: "border-radius:3px;font-size:0;line-height:0",
  heatTable:
    "width:100%;table-layout:fixed;border-collapse:separate;white-space:nowrap;" +
    `font-size:14px;line-height:24px;${ink}`,
  corner: "width:19%",
  hour: `font-weight:400;line-height:20px;${muted}`,
  weekday: `${nameCell};${muted}`,
  factName:
    `padding:5px 12px 5px 0;${nameCell};vertical-align:top;white-space:nowrap;${lineBelow};` +
    `${small};${muted}`,
  fact: `width:100%;padding:5px 0;vertical-align:top;${lineBelow};${small}`,
  footerTable: `max-width:640px;${breaks}`,
  footerCell: "padding:20px 32px 8px",
  footer: `margin:0;${small};${muted}`
} as const

const heats = [light.heat1, light.heat2, light.heat3, light.heat4, light.heat5]

/** The cells of the map by step: zero has no colour, the last two have light text. */
export const heatCells: ReadonlyArray<string> = [
  `class="muted" style="${muted}"`,
  ...heats.map((colour, at) => {
    const text = at < 3 ? "ink" : "onHeat"
    return `class="heat${at + 1} ${text}" bgcolor="${colour}" style="color:${light[text]}"`
  })
]

const surfaces = ["page", "card", "bar", "heat1", "heat2", "heat3", "heat4", "heat5"] as const
const inks = ["ink", "muted", "alert", "good", "onHeat"] as const

const darkened = (palette: Palette): string =>
  [
    ...surfaces.map((role) => `.${role}{background-color:${palette[role]}!important}`),
    ...inks.map((role) => `.${role}{color:${palette[role]}!important}`),
    `.line{border-color:${palette.line}!important}`
  ].join("\n")

/** The rules for dark and for narrow screens, which inline styles cannot hold. */
export const sheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
[bgcolor][title]{border-radius:3px}
@media (max-width:480px){
.gutter{padding:0 0 16px!important}
.card{border-radius:0!important}
.side{padding-left:16px!important;padding-right:16px!important}
.headline{font-size:24px!important;line-height:30px!important}
.value{font-size:22px!important;line-height:28px!important}
}
@media (prefers-color-scheme:dark){
${darkened(dark)}
}`
