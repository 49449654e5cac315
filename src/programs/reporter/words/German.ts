/** The words of the mail in German, with the formal address. */
import type { Words } from "./English.ts"
import { alerts } from "./german/alerts.ts"
import { end } from "./german/end.ts"
import { figures } from "./german/figures.ts"
import { head } from "./german/head.ts"
import { lists } from "./german/lists.ts"
import { dates, numbers } from "./german/locale.ts"

export const german: Words = {
  tag: "de",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}
