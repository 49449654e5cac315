/** The words of an alert: what was found, what it may mean, and where to look. */
import type { Alert } from "../../../schema/watch/Alert.ts"
import { type Cause, causeName } from "../../../schema/watch/Episodes.ts"
import type { Finding } from "../../../schema/watch/Finding.ts"
import type { Words } from "../words/English.ts"

type Told = Pick<Alert, "subject" | "lines">

const costWords = ({ counts, models = [] }: Finding, since: string, words: Words): Told => {
  const { alerts, cost, numbers } = words
  const { budgetUsd = 0, unpriced = 0, usd = 0 } = counts
  const sum = unpriced === 0 ? numbers.usd(usd) : cost.atLeast(numbers.usd(usd))
  const { lines, subject } = alerts.cost(sum, numbers.usd(budgetUsd), since)
  const rest = unpriced === 0 ? [] : [alerts.unpriced(unpriced, models.join(", "))]
  return { subject, lines: [...lines, ...rest] }
}

const wordsOf = (finding: Finding, since: string, words: Words): Told => {
  const { alerts, numbers } = words
  const { asked = 0, down = 0, failed = 0, missed = 0 } = finding.counts
  const { usualPercent = 0, visitors = 0, votes = 0 } = finding.counts
  const usual = numbers.share(usualPercent / 100)
  switch (finding.kind) {
    case "failing":
      return alerts.failing(failed, asked, since)
    case "silence":
      return alerts.silence(visitors, since)
    case "misses":
      return alerts.misses(missed, asked, usual, since)
    case "gap":
      return alerts.gap(visitors, asked, since)
    case "votes":
      return alerts.votes(down, votes, usual, since)
    case "cost":
      return costWords(finding, since, words)
  }
}

export const alertOf = ({ episode, finding }: Cause, timeZone: string, words: Words): Alert => {
  const { counts, kind, question, sinceMs } = finding
  return {
    kind,
    key: causeName(episode),
    sinceMs,
    counts,
    ...(question === undefined ? {} : { question }),
    ...wordsOf(finding, words.dates.instant(sinceMs, timeZone), words)
  }
}
