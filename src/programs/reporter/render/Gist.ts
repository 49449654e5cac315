/** The week in three or four lines: what was wanted, what was missed, what is mended, what moved. */
import type { QuestionLine, WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { count } from "./Format.ts"
import { whatChanged } from "./Movements.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { quoted } from "./VisitorText.ts"

/** One line: a visitor's question or nothing, and what there is to say. */
export interface Gist {
  readonly label: string
  readonly quote: string
  readonly words: string
}

/** Shorter than in the lists below, so that a line stays one on a desk. */
const quoteLengthMax = 60

const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`)

const line = (
  label: string,
  { question }: Pick<QuestionLine, "question">,
  words: string
): ReadonlyArray<Gist> => [{ label, quote: quoted(question, quoteLengthMax), words }]

/** Of questions that were asked once each, none is what visitors wanted most. */
const wanted = ({ topQuestions: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined || top.asked === 1 ? [] : line("Asked most", top, times(top.asked))

const missed = ({ unanswered: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined ? [] : line("Not answered", top, times(top.none + top.failed))

const mended = ({ closed: [top] }: WeeklyReport): ReadonlyArray<Gist> =>
  top === undefined
    ? []
    : line("Now answered", top, `missed ${times(top.missedBefore)} the week before`)

export const gist = (report: WeeklyReport, { questions }: RenderOptions): ReadonlyArray<Gist> => [
  ...(questions === "hidden" ? [] : [wanted(report), missed(report), mended(report)].flat()),
  ...whatChanged(report).map((words) => ({ label: "Changed most", quote: "", words }))
]
