/** The week in a few lines: most asked, missed and mended questions, changes, and troubles. */
import type { QuestionLine, WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { plural, times } from "./Format.ts"
import { whatChanged } from "./Movements.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { quoted } from "./VisitorText.ts"

/** One line; `question` is empty where the line is about figures. */
export interface Gist {
  readonly label: string
  readonly question: string
  readonly words: string
}

/** Shorter than in the lists, so that each entry fits one line of a desktop screen. */
const questionLengthMax = 60

const line = (
  label: string,
  { question }: Pick<QuestionLine, "question">,
  words: string
): ReadonlyArray<Gist> => [{ label, question: quoted(question, questionLengthMax), words }]

/** Absent when every question was asked once, because none then stands out. */
const wanted = ({ topQuestions: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined || top.asked === 1 ? [] : line("Asked most", top, times(top.asked))

const missed = ({ unanswered: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined ? [] : line("Not answered", top, times(top.none + top.failed))

const mended = ({ closed: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined
    ? []
    : line("Now answered", top, `missed ${times(top.missedBefore)} the week before`)

const said = (label: string, ...all: ReadonlyArray<string>): ReadonlyArray<Gist> =>
  all.map((words) => ({ label, question: "", words }))

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

export const gist = (report: WeeklyReport, { questions }: RenderOptions): ReadonlyArray<Gist> => [
  ...(questions === "hidden" ? [] : [wanted(report), missed(report), mended(report)].flat()),
  ...said("Changed most", ...whatChanged(report)),
  ...said("Trouble", ...troubles(report))
]
