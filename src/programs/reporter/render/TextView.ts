import type { QuestionList } from "./QuestionList.ts"
import type { Figures } from "./ReportFigures.ts"
import type { DayBar } from "./ReportTiles.ts"
import type { ReportView, WeekView } from "./ReportView.ts"
import { type Align, columns, textWidth, wrap } from "./TextLayout.ts"

/** A section of the text part: its lines are aligned and never wider than `textWidth`. */
interface TextSection {
  readonly heading: string
  readonly rule: string
  readonly lines: ReadonlyArray<string>
}

const section = (title: string, ...lines: ReadonlyArray<ReadonlyArray<string>>): TextSection => ({
  heading: title.toUpperCase(),
  rule: "-".repeat(title.length),
  lines: lines.flat()
})

const paragraph = (text: string): ReadonlyArray<string> => wrap(text, textWidth)

const tiles = ({ answeredMeans, tileRows }: WeekView) => [
  ...columns(
    tileRows.flat().map(({ label, value }) => [label, value]),
    ["left", "right"]
  ),
  "",
  ...paragraph(answeredMeans)
]

const barLength = 40

const days = ({ caption, rows, title }: WeekView["days"]): TextSection => {
  const bar = ({ share }: DayBar) => "#".repeat(Math.ceil((share * barLength) / 100))
  return section(
    title,
    paragraph(caption),
    columns(
      rows.map((row) => [row.day, row.count, bar(row)]),
      ["left", "right"]
    )
  )
}

const questions = (list: QuestionList): TextSection => {
  if (list.rows.length === 0) return section(list.title, paragraph(list.none))
  const names = ["asked", ...list.columns, "question"]
  const rows = list.rows.map(({ asked, cells, wording }) => [asked, ...cells, wording])
  const aligns = ["asked", ...list.columns].map((): Align => "right")
  return section(list.title, paragraph(list.caption), columns([names, ...rows], aligns))
}

const figures = ({ caption, rows, title }: Figures): TextSection =>
  section(
    title,
    paragraph(caption),
    columns(
      rows.map(({ label, note, value }) => [label, value, note]),
      ["left", "right"]
    )
  )

const week = (view: WeekView) => ({
  tiles: tiles(view),
  days: days(view.days),
  unanswered: questions(view.unanswered),
  top: questions(view.top),
  answerTime: view.answerTime && figures(view.answerTime),
  tokens: figures(view.tokens),
  countries: view.countries && figures(view.countries),
  health: figures(view.health)
})

/** The view laid out in lines, for the text template. */
export const textView = (view: ReportView) => ({
  top: [...paragraph(`${view.siteName} - week ${view.weekId}`), ""],
  headline: paragraph(view.headline),
  period: paragraph(view.period),
  week: view.week && week(view.week),
  quiet: view.quiet.flatMap((text) => ["", ...paragraph(text)]),
  provenance: section(
    "About this report",
    columns(
      view.provenance.map(({ label, value }) => [label, value]),
      ["left"]
    )
  ),
  footer: view.footer.flatMap(paragraph)
})
