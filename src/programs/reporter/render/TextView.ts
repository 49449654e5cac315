import type { Words } from "../words/English.ts"
import type { Bar, Bars } from "./Bars.ts"
import type { Facts } from "./Facts.ts"
import type { HeatMap } from "./HeatMap.ts"
import type { QuestionList } from "./QuestionList.ts"
import type { RatingList } from "./RatingList.ts"
import type { Figures } from "./ReportFigures.ts"
import type { ReportView, Section } from "./ReportView.ts"
import { type Align, columns, textWidth, wrap } from "./TextLayout.ts"

/** A section of the text part, with lines no wider than `textWidth`. */
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

/** A first column of names and `numbers` columns to its right. */
const aligned = (numbers: number): ReadonlyArray<Align> => [
  "left",
  ...Array.from({ length: numbers }, (): Align => "right")
]

const gist = ({ gist: lines }: ReportView): ReadonlyArray<string> =>
  lines.length === 0
    ? []
    : [
        "",
        ...columns(
          lines.map(({ label, words }) => [label, words]),
          ["left"]
        )
      ]

const tiles = ({ tileRows, tilesMean }: ReportView): ReadonlyArray<string> =>
  tileRows.length === 0
    ? []
    : [
        "",
        ...columns(
          tileRows.flat().map(({ change, label, value }) => [label, value, change?.words ?? ""]),
          aligned(1)
        ),
        "",
        ...paragraph(tilesMean)
      ]

const barLength = 30

const bars = ({ caption, columns: names, rows, title }: Bars, { lower }: Words): TextSection => {
  const bar = ({ share }: Bar) => "#".repeat(Math.ceil((share * barLength) / 100))
  const numbers = names.length - 1
  const header = numbers > 1 ? [names.map(lower)] : []
  const cells = rows.map((row) => [
    ...[row.label, row.value, row.aside].slice(0, names.length),
    bar(row)
  ])
  return section(title, paragraph(caption), columns([...header, ...cells], aligned(numbers)))
}

const heat = ({ caption, hours, rows, title }: HeatMap, { labels, lower }: Words): TextSection =>
  section(
    title,
    paragraph(caption),
    columns(
      [
        ["", ...hours.map(({ from }) => from), lower(labels.all)],
        ...rows.map(({ cells, day, total }) => [day, ...cells.map(({ count }) => count), total])
      ],
      aligned(hours.length + 1)
    )
  )

const questions = (list: QuestionList, { labels, lower }: Words): TextSection => {
  if (list.rows.length === 0) return section(list.title, paragraph(list.none))
  const names = [lower(labels.asked), ...list.columns, lower(labels.question)]
  const rows = list.rows.flatMap(({ asked, cells, last, others, question }) => {
    const also = others.map(({ quote }) => `"${quote}"`).join(", ")
    const said = last && [last.words, ...(last.quote === "" ? [] : [`"${last.quote}"`])].join(" ")
    const blank = ["", ...cells.map(() => "")]
    return [
      [asked, ...cells, question],
      ...(also === "" ? [] : [[...blank, `${labels.also} ${also}`]]),
      ...(said === undefined ? [] : [[...blank, said]])
    ]
  })
  const aligns = names.slice(1).map((): Align => "right")
  return section(list.title, paragraph(list.caption), columns([names, ...rows], aligns))
}

const figures = ({ caption, rows, title }: Figures): TextSection =>
  section(
    title,
    paragraph(caption),
    columns(
      rows.map(({ label, note, value }) => [label, value, note]),
      aligned(1)
    )
  )

const facts = ({ caption, rows, title }: Facts): TextSection =>
  section(
    title,
    paragraph(caption),
    columns(
      rows.map(({ label, value }) => [label, value]),
      ["left"]
    )
  )

const ratings = ({ caption, rows, title }: RatingList): TextSection =>
  section(
    title,
    paragraph(caption),
    rows.flatMap(({ note, question, said }) => [
      ...columns([["", question]], ["left"]),
      ...columns(
        [["", "", note], ...said.map(({ quote, words }) => ["", "", `${words} "${quote}"`])],
        ["left", "left"]
      )
    ])
  )

const laidOut = (block: Section, words: Words): TextSection => {
  if ("bars" in block) return bars(block.bars, words)
  if ("heat" in block) return heat(block.heat, words)
  if ("facts" in block) return facts(block.facts)
  if ("ratings" in block) return ratings(block.ratings)
  return "questions" in block ? questions(block.questions, words) : figures(block.figures)
}

/** Lays the view out in lines. */
export const textView = (view: ReportView, words: Words) => ({
  head: [
    ...paragraph(`${view.siteName} - ${view.week}`),
    "",
    ...paragraph(view.headline),
    ...paragraph(view.period),
    ...view.remarks.flatMap(paragraph),
    ...gist(view),
    ...tiles(view)
  ],
  quiet: view.quiet.flatMap((text) => ["", ...paragraph(text)]),
  sections: [
    ...view.sections.map((block) => laidOut(block, words)),
    section(view.labels.about, paragraph(view.about))
  ],
  footer: view.footer.flatMap(paragraph)
})

/** The order of the HTML part; every list holds finished lines. */
const sectionTemplate = `
{{heading}}
{{rule}}
{{#lines}}
{{.}}
{{/lines}}
`

export const textPartials = { section: sectionTemplate }

export const textTemplate = `{{#head}}
{{.}}
{{/head}}
{{#quiet}}
{{.}}
{{/quiet}}
{{#sections}}
{{>section}}
{{/sections}}

--
{{#footer}}
{{.}}
{{/footer}}
`
