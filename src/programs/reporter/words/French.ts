/** The words of the mail in French, with the formal address. */
import type { Words } from "./English.ts"
import { alerts } from "./french/alerts.ts"
import { end } from "./french/end.ts"
import { figures } from "./french/figures.ts"
import { head } from "./french/head.ts"
import { lists } from "./french/lists.ts"
import { dates, numbers } from "./french/locale.ts"

export const french: Words = {
  tag: "fr",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}
