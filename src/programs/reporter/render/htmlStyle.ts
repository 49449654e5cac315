import { dark, light, type Palette } from "./Palette.ts"

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
/** A word of any length breaks rather than widen its table. */
const breaks = "overflow-wrap:anywhere;word-break:break-word"
const small = "font-size:14px;line-height:20px"
const normal = "font-size:16px;line-height:22px"
const large = "font-size:26px;line-height:32px;font-weight:700"
const ink = `color:${light.ink}`
const muted = `color:${light.muted}`
const alert = `color:${light.alert}`
const lineBelow = `border-bottom:1px solid ${light.line}`
const digits = "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
/** A header cell that does not look like one. */
const nameCell = "text-align:left;font-weight:400"
const numberCell = `padding:9px 0 9px 16px;vertical-align:top;${lineBelow};${digits};${normal}`

/**
 * Inline styles by role, in the light colours: what a client shows that drops `<style>`. Where a
 * role has a colour, its element also has the class that `sheet` darkens.
 */
export const style = {
  page: `margin:0;padding:0;background-color:${light.page};${font}`,
  preheader:
    "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;" +
    "font-size:14px;line-height:1px",
  gutter: `padding:24px 12px;${font}`,
  card: `max-width:640px;background-color:${light.card};border-radius:12px`,
  top: "padding:32px 32px 0",
  eyebrow: `margin:0 0 12px;${small};${muted};${breaks}`,
  headline: `margin:0;font-size:28px;line-height:34px;font-weight:700;${ink};${breaks}`,
  period: `margin:8px 0 0;font-size:16px;line-height:24px;${muted}`,
  tiles: "padding:24px 32px 0",
  fixed: "width:100%;table-layout:fixed",
  tile: `padding:12px 8px 12px 0;border-top:1px solid ${light.line};text-align:left`,
  tileLabel: `${small};${muted}`,
  tileValue: `${large};${ink}`,
  tileAlert: `${large};${alert}`,
  aside: `margin:8px 0 0;${small};${muted}`,
  section: "padding:40px 32px 0",
  lastSection: "padding:40px 32px 32px",
  heading: `margin:0;font-size:19px;line-height:26px;font-weight:700;${ink}`,
  paragraph: `margin:0 0 12px;font-size:16px;line-height:24px;${ink};${breaks}`,
  table: "width:100%;border-collapse:collapse",
  caption: `padding:2px 0 8px;text-align:left;${small};font-weight:400;${muted}`,
  columnName: `padding:6px 0;${nameCell};${lineBelow};${small};${muted}`,
  columnNumber:
    `padding:6px 0 6px 16px;text-align:right;white-space:nowrap;${lineBelow};${small};` +
    `font-weight:400;${muted}`,
  rowName: `padding:9px 0;${nameCell};vertical-align:top;${lineBelow};${normal};${ink};${breaks}`,
  rowNumber: `${numberCell};${ink}`,
  rowNumberAlert: `${numberCell};${alert};font-weight:700`,
  note: `${small};${muted}`,
  day: `padding:4px 12px 4px 0;${nameCell};white-space:nowrap;${small};${muted}`,
  dayCount: `padding:4px 0 4px 12px;${digits};${small};${ink}`,
  bar: `border-radius:3px;background-color:${light.bar};font-size:0;line-height:0`,
  factName:
    `padding:9px 16px 9px 0;text-align:left;vertical-align:top;white-space:nowrap;${lineBelow};` +
    `${small};font-weight:400;${muted}`,
  fact: `width:100%;padding:9px 0;vertical-align:top;${lineBelow};${small};${ink};${breaks}`,
  footerTable: "max-width:640px",
  footerCell: "padding:20px 32px 8px",
  footer: `margin:0 0 8px;${small};${muted};${breaks}`
} as const

const darkened = ({ alert, bar, card, ink, line, muted, page }: Palette): string =>
  [
    `.page{background-color:${page}!important}`,
    `.card{background-color:${card}!important}`,
    `.line{border-color:${line}!important}`,
    `.bar{background-color:${bar}!important}`,
    `.ink{color:${ink}!important}`,
    `.muted{color:${muted}!important}`,
    `.alert{color:${alert}!important}`
  ].join("\n")

/** What inline styles cannot say: dark screens and narrow ones. */
export const sheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
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
