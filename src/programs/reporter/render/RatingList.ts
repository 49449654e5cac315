/** What visitors voted, and the answers that they voted down. */
import { plus } from "../../../schema/report/Counts.ts"
import { isToldAnswered } from "../../../schema/report/RatedBadly.ts"
import type { BadRating, Votes } from "../../../schema/report/Votes.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { wilsonInterval } from "../../../schema/report/wilsonInterval.ts"
import type { Words } from "../words/English.ts"
import type { Fact, Facts } from "./Facts.ts"
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

/** Shorter than a listed question, because each of a few rows has up to three texts. */
const textLengthMax = 120

const rowOf = (rating: BadRating, { noText, ratings }: Words): Rating => {
  const { answer, comment, question, reason, verdict } = rating
  const quotedHere = (text: string) => quoted(text, textLengthMax, noText)
  const said = (words: string, text: string | undefined): ReadonlyArray<Said> =>
    text === undefined ? [] : [{ words, quote: quotedHere(text) }]
  return {
    rating,
    question: question === "" ? ratings.noText : quotedHere(question),
    note: [
      ratings.verdicts[verdict],
      ...(reason === undefined ? [] : [ratings.visitor(ratings.reasons[reason])])
    ].join(" · "),
    said: [...said(ratings.answer, answer), ...said(ratings.comment, comment)]
  }
}

const order = (all: ReadonlyArray<BadRating>, { ratings }: Words): string =>
  all.some(({ verdict }) => isToldAnswered(verdict)) ? ratings.answeredFirst : ratings.noneAnswered

/** Absent when nothing was voted down. */
export const badRatings = (
  { ratedBadly = [] }: WeeklyReport,
  lists: Lists,
  words: Words
): RatingList | undefined => {
  const lengthMax = lengthOf(lists, shortListMax)
  return ratedBadly.length === 0
    ? undefined
    : {
        title: words.ratings.title,
        caption: `${order(ratedBadly, words)}${cutAt(ratedBadly, lengthMax, words)}`,
        rows: ratedBadly.slice(0, lengthMax).map((rating) => rowOf(rating, words))
      }
}

/** A share of a few votes says little, so the range is told in its place. */
const shareWords = ({ down, up }: Votes, { numbers, votes }: Words): string => {
  const all = plus(up, down)
  const [low, high] = wilsonInterval(down, all)
  return votes.share(down, all, numbers.share(low), numbers.share(high))
}

/** Absent when nobody voted. */
export const voteFacts = ({ votes }: WeeklyReport, words: Words): Facts | undefined => {
  const { numbers, votes: said } = words
  const fact = (label: string, amount: number): ReadonlyArray<Fact> =>
    amount === 0 ? [] : [{ label, value: numbers.count(amount) }]
  return votes === undefined || votes.up + votes.down === 0
    ? undefined
    : {
        title: said.title,
        caption: said.caption,
        rows: [
          { label: said.down, value: shareWords(votes, words) },
          ...fact(said.downThoughAnswered, votes.downThoughAnswered),
          ...fact(said.upThoughMissed, votes.upThoughMissed)
        ]
      }
}
