/** Accounts for the week's events, and shows whether the numbers add up. */
import { unaccounted } from "../../../schema/report/Pipeline.ts"
import { newDeadLetters, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { type Figure, type Figures, figure } from "./ReportFigures.ts"

/** A count that should be 0; a note explains any other number. */
const trouble = (label: string, amount: number, note: string, { numbers }: Words): Figure =>
  amount === 0 ? figure(label, "0") : figure(label, numbers.count(amount), note, true)

const unknown = (label: string, { health }: Words): Figure =>
  figure(label, health.unknown, health.notRead)

/** The queue's count is approximate, so a difference of this size is normal. */
const slack = (accepted: number): number => Math.max(2, accepted / 100)

const accepted = (report: WeeklyReport, words: Words): Figure => {
  const { pipeline = {} } = report
  const { health, numbers } = words
  const label = health.accepted
  if (pipeline.accepted === undefined) return unknown(label, words)
  const value = numbers.count(pipeline.accepted)
  const open = unaccounted(pipeline, newDeadLetters(report))
  if (open === undefined) return figure(label, value, health.fateUnknown)
  if (open === 0) return figure(label, value, health.all)
  const note = health.open(open)
  return open > slack(pipeline.accepted)
    ? figure(label, value, `${note}${health.seeProcessorLog}`, true)
    : figure(label, value, note)
}

const stored = ({ events }: WeeklyReport, words: Words): Figure =>
  events === undefined
    ? unknown(words.health.stored, words)
    : figure(words.health.stored, words.numbers.count(events))

const duplicates = ({ pipeline = {} }: WeeklyReport, words: Words): Figure => {
  const { conflicts = 0, duplicates: same, deduplicated = 0 } = pipeline
  const { health, numbers } = words
  if (same === undefined) return unknown(health.duplicates, words)
  const early = deduplicated === 0 ? "" : health.stoppedByQueue(deduplicated)
  const other = conflicts === 0 ? "" : health.conflicts(conflicts)
  return figure(health.duplicates, numbers.count(same + conflicts), `${early}${other}`.trim())
}

const lost = ({ lost: told = 0 }: WeeklyReport, { health }: Words): Figure =>
  told === 0
    ? figure(health.lost, health.lostNone, health.lostNoneNote)
    : figure(health.lost, health.lostAtLeast(told), health.lostNote, true)

const balance = (report: WeeklyReport, words: Words): ReadonlyArray<Figure> => [
  accepted(report, words),
  stored(report, words),
  duplicates(report, words)
]

/** Those that the report before has told of need no attention again. */
const dead = (report: WeeklyReport, words: Words): Figure => {
  const { health, numbers } = words
  const { deadLetters = 0, deadLettersBefore } = report
  const added = newDeadLetters(report)
  if (added === undefined) return unknown(health.deadLetters, words)
  if (deadLetters === 0) return figure(health.deadLetters, "0")
  const note =
    deadLettersBefore === undefined || added === deadLetters
      ? health.deadLettersNote
      : health.deadLettersAdded(added)
  return figure(health.deadLetters, numbers.count(deadLetters), note, added > 0)
}

const usual = (report: WeeklyReport, words: Words): ReadonlyArray<Figure> => {
  const { noAnswer, status } = report
  const { health } = words
  return [
    trouble(health.noAnswer, noAnswer, health.noAnswerNote, words),
    trouble(health.noQuestion, status.awaitingQuery, health.noQuestionNote, words),
    dead(report, words),
    lost(report, words)
  ]
}

const capped = ({ capped: sums = [] }: WeeklyReport, { health }: Words): ReadonlyArray<Figure> => {
  const names = sums.map((sum) => health.sums[sum]).join(", ")
  return sums.length === 0 ? [] : [figure(health.capped, names, health.cappedNote, true)]
}

/** Says that one means of grouping stood in for another. */
const standIn = ({ grouping }: WeeklyReport, { health }: Words): ReadonlyArray<Figure> => {
  if (grouping === undefined) return []
  const by = health.groupedBy[grouping.by]
  return [figure(health.grouping, by, health.groupingNote(health.away[grouping.insteadOf], by))]
}

/** Rows that most weeks do not need. */
const unusual = (report: WeeklyReport, words: Words): ReadonlyArray<Figure> => {
  const { health, numbers } = words
  const rare = (amount: number | undefined, label: string, note: string, alert = false) =>
    amount === undefined || amount <= 0 ? [] : [figure(label, numbers.count(amount), note, alert)]
  const { answers, noAnswer, status, ungrouped, unlisted, unlistedNames, unreadable } = report
  return [
    ...rare(unreadable, health.unreadable, health.unreadableNote, true),
    ...rare(answers.unknown, health.answersUnread, health.answersUnreadNote),
    ...rare(status.awaitingResponse - noAnswer, health.waiting, health.waitingNote),
    ...rare(report.votes?.alone, health.votesAlone, health.votesAloneNote),
    ...capped(report, words),
    // names that were too many to be told apart
    ...rare(
      Math.max(0, ...Object.values(unlistedNames ?? {})),
      health.unlistedNames,
      health.unlistedNamesNote
    ),
    ...rare(unlisted, health.unlisted, health.unlistedNote),
    ...rare(ungrouped, health.ungrouped, health.ungroupedNote),
    ...standIn(report, words)
  ]
}

const isWell =
  ({ health }: Words) =>
  ({ alert, value }: Figure): boolean =>
    !alert && value !== health.unknown

/** False while a number needs attention, or is not known. */
export const isHealthy = (report: WeeklyReport, words: Words): boolean =>
  [...balance(report, words), ...usual(report, words)].every(isWell(words)) &&
  unusual(report, words).length === 0

/** The balance, and the rows that need attention. */
export const dataHealth = (report: WeeklyReport, words: Words): Figures => {
  const { caption, columns, title } = words.health
  const well = isWell(words)
  return {
    title,
    caption,
    columns: [columns.state, columns.number],
    rows: [
      ...balance(report, words).filter(({ value }) => value !== "0"),
      ...usual(report, words).filter((row) => !well(row)),
      ...unusual(report, words)
    ]
  }
}
