/** The words of the mail in English, which are the pattern of every other catalogue. */
import { alerts } from "./english/alerts.ts"
import { end } from "./english/end.ts"
import { figures } from "./english/figures.ts"
import { head } from "./english/head.ts"
import { lists } from "./english/lists.ts"
import { dates, numbers } from "./english/locale.ts"

export const english = {
  /** The language of the HTML part. */
  tag: "en",
  numbers,
  dates,
  ...head,
  ...lists,
  ...figures,
  ...end,
  alerts
}

/** Every catalogue has each of these lines, or does not compile. */
export type Words = typeof english
