/** What visitors voted, and the answers that they voted down. */
import { plus } from "../../../schema/report/Counts.ts"
import { isToldAnswered } from "../../../schema/report/RatedBadly.ts"
import type { BadRating, Votes } from "../../../schema/report/Votes.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { wilsonInterval } from "../../../schema/report/wilsonInterval.ts"
import type { Fact, Facts } from "./Facts.ts"
import { count, plural } from "./Format.ts"
import { cutAt, type Lists, lengthOf, shortListMax } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

interface Said {
  readonly words: string
  readonly quote: string
}

interface Rating {
  /** The rating of the report, for readers that lead on to it. */
  readonly rating: BadRating
  readonly question: string
  /** How the answer looked by its words, and the reason that the visitor gave. */
  readonly note: string
  readonly said: ReadonlyArray<Said>
}

export interface RatingList {
  readonly title: string
  readonly caption: string
  readonly rows: ReadonlyArray<Rating>
}

const verdictWords = {
  full: "looked answered",
  partial: "looked answered in part",
  none: "looked unanswered",
  unknown: "answer could not be read",
  failed: "answer failed",
  noAnswer: "no answer came"
} as const

const reasonWords = {
  wrong: "wrong",
  incomplete: "incomplete",
  outdated: "out of date",
  off_topic: "off topic",
  unclear: "unclear",
  other: "another reason"
} as const

/** Shorter than a listed question, because each of a few rows has up to three texts. */
const textLengthMax = 120

const said = (words: string, text: string | undefined): ReadonlyArray<Said> =>
  text === undefined ? [] : [{ words, quote: quoted(text, textLengthMax) }]

const rowOf = (rating: BadRating): Rating => {
  const { answer, comment, question, reason, verdict } = rating
  return {
    rating,
    question: question === "" ? "(without its text)" : quoted(question, textLengthMax),
    note: [
      verdictWords[verdict],
      ...(reason === undefined ? [] : [`visitor: ${reasonWords[reason]}`])
    ].join(" · "),
    said: [...said("Answer:", answer), ...said("Comment:", comment)]
  }
}

const order = (ratings: ReadonlyArray<BadRating>): string =>
  ratings.some(({ verdict }) => isToldAnswered(verdict))
    ? "First those that look answered by their words."
    : "None of them looks answered by its words."

/** Absent when nothing was voted down. */
export const badRatings = (
  { ratedBadly = [] }: WeeklyReport,
  lists: Lists
): RatingList | undefined =>
  ratedBadly.length === 0
    ? undefined
    : {
        title: "Rated badly",
        caption: `${order(ratedBadly)}${cutAt(ratedBadly, lengthOf(lists, shortListMax))}`,
        rows: ratedBadly.slice(0, lengthOf(lists, shortListMax)).map(rowOf)
      }

const perCent = (share: number): string => `${Math.round(100 * share)}%`

/** A share of a few votes says little, so the range is told in its place. */
const shareWords = ({ down, up }: Votes): string => {
  const all = plus(up, down)
  const [low, high] = wilsonInterval(down, all)
  return `${count(down)} of ${plural(all, "vote")}: between ${perCent(low)} and ${perCent(high)}`
}

const fact = (label: string, amount: number): ReadonlyArray<Fact> =>
  amount === 0 ? [] : [{ label, value: count(amount) }]

/** Absent when nobody voted. */
export const voteFacts = ({ votes }: WeeklyReport): Facts | undefined =>
  votes === undefined || votes.up + votes.down === 0
    ? undefined
    : {
        title: "Votes",
        caption: "The share of all visitors lies within the range 95 times in 100.",
        rows: [
          { label: "Voted down", value: shareWords(votes) },
          ...fact("Down, though it looked answered", votes.downThoughAnswered),
          ...fact("Up, though it looked unanswered", votes.upThoughMissed)
        ]
      }
