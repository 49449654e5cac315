/** The words of the mail in Spanish, with the formal address. */
import type { Words } from "./English.ts"
import { alerts } from "./spanish/alerts.ts"
import { end } from "./spanish/end.ts"
import { figures } from "./spanish/figures.ts"
import { head } from "./spanish/head.ts"
import { lists } from "./spanish/lists.ts"
import { dates, numbers } from "./spanish/locale.ts"

export const spanish: Words = {
  tag: "es",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}
