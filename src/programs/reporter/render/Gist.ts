/** The largest change of the week and its troubles, in a few lines under the headline. */
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { plural } from "./Format.ts"
import { whatChanged } from "./Movements.ts"

export interface Gist {
  readonly label: string
  readonly words: string
}

const said = (label: string, all: ReadonlyArray<string>): ReadonlyArray<Gist> =>
  all.map((words) => ({ label, words }))

/** Facts that are too important for the end of the mail. */
const troubles = ({
  deadLetters = 0,
  lost = 0,
  unreadable = 0
}: WeeklyReport): ReadonlyArray<string> => [
  ...(unreadable > 0
    ? [`${plural(unreadable, "stored item")} could not be read; see data health`]
    : []),
  ...(deadLetters > 0
    ? [`${plural(deadLetters, "message")} could not be stored; see data health`]
    : []),
  ...(lost > 0
    ? [`at least ${plural(lost, "event")} never reached the queue; see data health`]
    : [])
]

export const gist = (report: WeeklyReport): ReadonlyArray<Gist> => [
  ...said("Changed most", whatChanged(report)),
  ...said("Trouble", troubles(report))
]
