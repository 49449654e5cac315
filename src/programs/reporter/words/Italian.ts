/** The words of the mail in Italian, with the formal address. */
import type { Words } from "./English.ts"
import { alerts } from "./italian/alerts.ts"
import { end } from "./italian/end.ts"
import { figures } from "./italian/figures.ts"
import { head } from "./italian/head.ts"
import { lists } from "./italian/lists.ts"
import { dates, numbers } from "./italian/locale.ts"

export const italian: Words = {
  tag: "it",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}
