/** The words of the lists of questions. */
import { plural, times } from "./locale.ts"

export const lists = {
  /** Follow a caption. */
  list: {
    first: (n: number) => ` The first ${n} are listed.`,
    alsoAnswered: " Some were answered at other times.",
    ignored: (n: number) => ` ${plural(n, "ignored gap is", "ignored gaps are")} left out.`
  },
  ratings: {
    title: "Rated badly",
    answeredFirst: "First those that look answered by their words.",
    noneAnswered: "None of them looks answered by its words.",
    noText: "(without its text)",
    visitor: (reason: string) => `visitor: ${reason}`,
    answer: "Answer:",
    comment: "Comment:",
    verdicts: {
      full: "looked answered",
      partial: "looked answered in part",
      none: "looked unanswered",
      unknown: "answer could not be read",
      failed: "answer failed",
      noAnswer: "no answer came"
    },
    reasons: {
      wrong: "wrong",
      incomplete: "incomplete",
      outdated: "out of date",
      off_topic: "off topic",
      unclear: "unclear",
      other: "another reason"
    }
  },
  missed: {
    title: "Questions without a good answer",
    caption: "Most often missed first.",
    none: "None this week.",
    unlisted: "None to list: what was missed only greets or thanks, or came without its question.",
    unlistedWithoutText:
      "None to list: what was missed only greets or thanks, or came without its question, or has " +
      "no text.",
    columns: { missed: "missed", again: "again", before: "before", sessions: "sessions" },
    of: (missed: string, asked: string) => `missed ${missed} of ${asked}`,
    again: (again: string) => `asked again after ${again} of them`,
    sessions: (n: number) => `in ${plural(n, "session")}`,
    before: (n: number) => (n === 0 ? "not missed the week before" : `${times(n)} the week before`),
    since: (monday: string) => `asked every week since ${monday}`,
    fromZero: "new",
    lastAnswer: "Last answer:",
    lastRepeated: "Last answer: as last quoted above.",
    lastFailed: "The answer failed last time.",
    lastSilent: "No answer came last time."
  },
  closed: {
    title: "Now answered",
    caption: "Missed the week before, but never this week.",
    missed: (n: number) => `missed ${times(n)} the week before`
  },
  top: {
    title: "Most asked questions",
    caption: "Similar questions count as one.",
    none: "No question arrived.",
    withoutText: "The questions were counted without their text.",
    before: (n: number) => `asked ${times(n)} the week before`,
    wordings: (n: number) => plural(n, "wording"),
    columns: {
      full: "fully",
      partial: "in part",
      none: "not",
      unknown: "unread",
      failed: "failed",
      noAnswer: "silent"
    },
    outcomes: {
      full: (n: string) => `${n} answered fully`,
      partial: (n: string) => `${n} in part`,
      none: (n: string) => `${n} not answered`,
      unknown: (n: string) => `${n} could not be read`,
      failed: (n: string) => `${n} failed`,
      noAnswer: (n: string) => `${n} without any answer`
    }
  },
  hidden: {
    title: "Questions",
    caption: "Similar questions count as one; the settings hide their text.",
    columns: { outcome: "Outcome", questions: "Questions" },
    missed: "Without a good answer",
    closed: "Missed the week before, now answered",
    gaps: (fate: string) => `Gaps: ${fate}`,
    orMore: (n: number) => `${n} or more`,
    line: (outcome: string, amount: string) =>
      `Questions, like ones counted once - ${outcome}: ${amount}`
  },
  gaps: {
    title: "Gaps that you answered",
    caption: "A gap is closed once it was asked again and not missed.",
    columns: { became: "became", gap: "gap" },
    cells: { back: "back", closed: "closed", quiet: "not asked" },
    fates: {
      back: "back again",
      closed: "closed since last week",
      quiet: "answered, but not asked since"
    },
    missed: (n: number) => `missed ${times(n)}`,
    asked: (n: number) => `asked ${times(n)}, not missed since`
  }
}

export type Lists = typeof lists
