import { plus, total } from "../../../schema/report/Counts.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { Fact, Facts } from "./Facts.ts"
import { quoted } from "./VisitorText.ts"

type Places = WeeklyReport["countries"]

const namesMax = 5
const pairsMax = 2

const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

const deviceIn =
  ({ visitors: { deviceNames } }: Words) =>
  (name: string): string =>
    Object.entries(deviceNames).find(([known]) => known === name)?.[1] ?? capitalised(name)

/** `Germany 26%, France 5%`; an empty list is left out. */
const fact = (
  label: string,
  places: Places,
  questions: number,
  { noText, numbers, visitors }: Words,
  named: (name: string) => string = (name) => name
): ReadonlyArray<Fact> => {
  if (places.length === 0) return []
  const listed = places.slice(0, namesMax).map(({ name, questions: asked }) => {
    return `${quoted(named(name), 50, noText)}\u00a0${numbers.percent(asked, questions)}`
  })
  const more = places.length > namesMax ? [visitors.others] : []
  return [{ label, value: [...listed, ...more].join(", ") }]
}

/** Where it happens, one sentence for each pair of languages. */
const otherLanguages = (
  { answeredInOther }: WeeklyReport,
  { numbers: { language }, visitors }: Words
): string =>
  answeredInOther
    .slice(0, pairsMax)
    .map(({ answered, asked, questions }) =>
      visitors.inOther(language(asked), language(answered), questions)
    )
    .join(" ")

/** Short questions have no certain language; a longer list ends with others anyway. */
const unrecognised = (
  { languages, questions, unlistedNames }: WeeklyReport,
  { numbers, visitors }: Words
): string => {
  const told = total(languages.map((one) => one.questions))
  const rest = questions - plus(told, unlistedNames?.languages ?? 0)
  return rest <= 0 || languages.length > namesMax
    ? ""
    : `, ${visitors.notRecognised}\u00a0${numbers.percent(rest, questions)}`
}

const languages = (report: WeeklyReport, words: Words): ReadonlyArray<Fact> =>
  fact(
    words.visitors.languages,
    report.languages,
    report.questions,
    words,
    words.numbers.language
  ).map(({ label, value }) => ({
    label,
    value: [`${value}${unrecognised(report, words)}`, otherLanguages(report, words)]
      .filter((part) => part !== "")
      .join(". ")
  }))

/** Absent when the visitors are unknown. */
export const visitorFacts = (report: WeeklyReport, words: Words): Facts | undefined => {
  const { countries, devices, questions, referrers } = report
  const { visitors } = words
  const rows = [
    ...fact(visitors.countries, countries, questions, words, words.numbers.country),
    ...languages(report, words),
    ...fact(visitors.devices, devices, questions, words, deviceIn(words)),
    ...fact(visitors.referrers, referrers, questions, words)
  ]
  return rows.length === 0 ? undefined : { title: visitors.title, caption: visitors.caption, rows }
}
