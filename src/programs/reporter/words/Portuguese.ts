/** The words of the mail in Portuguese, as it is written in Brazil. */
import type { Words } from "./English.ts"
import { alerts } from "./portuguese/alerts.ts"
import { end } from "./portuguese/end.ts"
import { figures } from "./portuguese/figures.ts"
import { head } from "./portuguese/head.ts"
import { lists } from "./portuguese/lists.ts"
import { dates, numbers } from "./portuguese/locale.ts"

export const portuguese: Words = {
  tag: "pt-BR",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}
