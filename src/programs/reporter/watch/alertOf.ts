/** The words of an alert: what was found, what it may mean, and where to look. */
import type { Alert } from "../../../schema/watch/Alert.ts"
import { type Cause, causeName } from "../../../schema/watch/Episodes.ts"
import type { Finding, FindingKind } from "../../../schema/watch/Finding.ts"
import { instant } from "../render/DateWords.ts"

interface Words {
  readonly subject: string
  readonly lines: ReadonlyArray<string>
}

const look = "npm run ops -- tail shows the questions as they come."

const costLines = ({ counts, models = [] }: Finding): ReadonlyArray<string> => {
  const { unpriced = 0 } = counts
  if (unpriced === 0) return []
  const named = models.length === 0 ? "" : ` Without a known price: ${models.join(", ")}.`
  return [`The cost of ${unpriced} further answers is not known, and not in this sum.${named}`]
}

const words: Readonly<Record<FindingKind, (finding: Finding, since: string) => Words>> = {
  failing: ({ counts: { asked, failed } }, since) => ({
    subject: `${failed} of ${asked} answers have failed since ${since}`,
    lines: [
      `Since ${since}, ${failed} of ${asked} questions got an error or no answer.`,
      "The chatbot is down, its model refuses, or its answers do not arrive.",
      `Ask your chatbot a question. ${look}`
    ]
  }),
  silence: ({ counts: { visitors } }, since) => ({
    subject: `No question has arrived since ${since}`,
    lines: [
      `The last question is from ${since}. In a quiet week, about ${visitors} visitors come in ` +
        "that time.",
      "Perhaps nobody asked. If people did ask, the events do not arrive: the Worker was " +
        "replaced by one without the analytics, its access key was deleted, or the chatbot is " +
        "down.",
      "Ask your chatbot a question. If npm run ops -- status does not show it within two " +
        "minutes, npm run doctor says what is missing."
    ]
  }),
  misses: ({ counts: { asked, missed, usualPercent } }, since) => ({
    subject: `${missed} of ${asked} questions have missed since ${since}`,
    lines: [
      `Since ${since}, ${missed} of ${asked} questions got no good answer; ${usualPercent} % are ` +
        "usual.",
      "A part of the knowledge base may be gone, or visitors ask for something new.",
      look
    ]
  }),
  gap: ({ counts: { asked, visitors } }, since) => ({
    subject: `${visitors} visitors have asked what the chatbot does not know since ${since}`,
    lines: [
      `Since ${since}, ${visitors} visitors asked the same question and got no good answer. It ` +
        `was asked ${asked} times, and no report has listed it before.`,
      "The next weekly report lists it among the questions without a good answer."
    ]
  }),
  votes: ({ counts: { down, usualPercent, votes } }, since) => ({
    subject: `${down} of ${votes} votes have been down since ${since}`,
    lines: [
      `Since ${since}, visitors voted ${down} of ${votes} rated answers down; ${usualPercent} % ` +
        "are usual.",
      look
    ]
  }),
  cost: (finding, since) => {
    const { budgetUsd = 0, unpriced = 0, usd = 0 } = finding.counts
    const sum = `${unpriced === 0 ? "" : "at least "}$${usd.toFixed(2)}`
    return {
      subject: `The answers since ${since} cost ${sum}, over the budget of $${budgetUsd} a day`,
      lines: [
        `The answers since ${since} cost ${sum}. The budget is $${budgetUsd} a day.`,
        ...costLines(finding)
      ]
    }
  }
}

export const alertOf = ({ episode, finding }: Cause, timeZone: string): Alert => {
  const { counts, kind, question, sinceMs } = finding
  return {
    kind,
    key: causeName(episode),
    sinceMs,
    counts,
    ...(question === undefined ? {} : { question }),
    ...words[kind](finding, instant(sinceMs, timeZone))
  }
}
