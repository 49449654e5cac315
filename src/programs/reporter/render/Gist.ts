/** The largest change of the week and its troubles, in a few lines under the headline. */
import { newDeadLetters, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { whatChanged } from "./Movements.ts"

export interface Gist {
  readonly label: string
  readonly words: string
}

const said = (label: string, all: ReadonlyArray<string>): ReadonlyArray<Gist> =>
  all.map((words) => ({ label, words }))

/** Facts that are too important for the end of the mail. */
const troubles = (report: WeeklyReport, { gist }: Words): ReadonlyArray<string> => {
  const { lost = 0, unreadable = 0 } = report
  const dead = newDeadLetters(report) ?? 0
  return [
    ...(unreadable > 0 ? [gist.unreadable(unreadable)] : []),
    ...(dead > 0 ? [gist.deadLetters(dead)] : []),
    ...(lost > 0 ? [gist.lost(lost)] : [])
  ]
}

export const gist = (report: WeeklyReport, words: Words): ReadonlyArray<Gist> => [
  ...said(words.gist.changed, whatChanged(report, words)),
  ...said(words.gist.trouble, troubles(report, words))
]
