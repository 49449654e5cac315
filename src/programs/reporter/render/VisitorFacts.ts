import { plus, total } from "../../../schema/report/Counts.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Fact, Facts } from "./Facts.ts"
import { country, language, percent, plural } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

type Places = WeeklyReport["countries"]

const namesMax = 5
const pairsMax = 2

const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

/** `Germany 26%, France 5%`; an empty list is left out. */
const fact = (
  label: string,
  places: Places,
  questions: number,
  named: (name: string) => string = (name) => name
): ReadonlyArray<Fact> => {
  if (places.length === 0) return []
  const listed = places.slice(0, namesMax).map(({ name, questions: asked }) => {
    return `${quoted(named(name), 50)}\u00a0${percent(asked, questions)}`
  })
  const more = places.length > namesMax ? ["and others"] : []
  return [{ label, value: [...listed, ...more].join(", ") }]
}

/** Where it happens, one sentence for each pair of languages. */
const otherLanguages = ({ answeredInOther }: WeeklyReport): string =>
  answeredInOther
    .slice(0, pairsMax)
    .map(
      ({ answered, asked, questions }) =>
        `Asked in ${language(asked)}, answered in ${language(answered)}: ` +
        `${plural(questions, "question")}.`
    )
    .join(" ")

/** Short questions have no certain language; a longer list ends with others anyway. */
const unrecognised = ({ languages, questions, unlistedNames }: WeeklyReport): string => {
  const told = total(languages.map((one) => one.questions))
  const rest = questions - plus(told, unlistedNames?.languages ?? 0)
  return rest <= 0 || languages.length > namesMax
    ? ""
    : `, not recognised\u00a0${percent(rest, questions)}`
}

const languages = (report: WeeklyReport): ReadonlyArray<Fact> =>
  fact("Languages", report.languages, report.questions, language).map(({ label, value }) => ({
    label,
    value: [`${value}${unrecognised(report)}`, otherLanguages(report)]
      .filter((words) => words !== "")
      .join(". ")
  }))

/** Absent when the visitors are unknown. */
export const visitorFacts = (report: WeeklyReport): Facts | undefined => {
  const { countries, devices, questions, referrers } = report
  const rows = [
    ...fact("Countries", countries, questions, country),
    ...languages(report),
    ...fact("Devices", devices, questions, capitalised),
    ...fact("Came from", referrers, questions)
  ]
  return rows.length === 0
    ? undefined
    : {
        title: "Visitors",
        caption: "Shares of the questions.",
        rows
      }
}
