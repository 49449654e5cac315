/** The words of the end of the mail: data health, free tier, and how it was counted. */
import { count, plural } from "./locale.ts"

const allAccountedFor = "events accounted for"

export const end = {
  health: {
    title: "Data health",
    caption: "Counted in events: questions, answers and votes.",
    columns: { state: "State", number: "Number" },
    unknown: "unknown",
    notRead: "It could not be read when this report was made.",
    accepted: "Accepted",
    fateUnknown: "It is unknown what became of them.",
    all: `All ${allAccountedFor}.`,
    open: (n: number) => `${count(n)} unaccounted for: still under way, or miscounted.`,
    seeProcessorLog: " See the processor's log.",
    stored: "Stored",
    duplicates: "Duplicates ignored",
    stoppedByQueue: (n: number) => `The queue stopped ${count(n)} more. `,
    conflicts: (n: number) => `${count(n)} differed from the first, which was kept.`,
    lost: "Lost at the edge",
    lostNone: "none",
    lostNoneNote: "As far as the Worker knows.",
    lostAtLeast: (n: number) => `at least ${count(n)}`,
    lostNote: "The queue could not be reached in time; the Worker's log says when.",
    noAnswer: "Without any answer",
    noAnswerNote: "Their answers are late or lost.",
    noQuestion: "Waiting for a question",
    noQuestionNote: "Their questions are late or lost.",
    deadLetters: "Dead letters",
    deadLettersNote: "Of any week; they wait in the dead-letter queue.",
    deadLettersAdded: (n: number) =>
      `${count(n)} of them since the report before; all wait in the dead-letter queue.`,
    capped: "Sums that are too low",
    cappedNote: "A count of this week is larger than can be added up.",
    sums: { lost: "lost events", tokens: "tokens" },
    unlistedNames: "Questions in no list of origins",
    unlistedNamesNote: "Too many different names came; each listed one has all of its questions.",
    grouping: "Like questions",
    groupedBy: {
      words: "by words alone",
      static: "by the built-in table",
      workersAi: "by Workers AI"
    },
    away: {
      words: "Words could not be compared",
      static: "The built-in table could not be read",
      workersAi: "Workers AI did not answer"
    },
    groupingNote: (away: string, by: string) => `${away}, so like questions were grouped ${by}.`,
    unreadable: "Unreadable",
    unreadableNote:
      "Damaged or of another version; in no other number. The reporter's log names them.",
    answersUnread: "Answers that could not be read",
    answersUnreadNote: "Neither answered nor missed; the Worker's log names their fields.",
    waiting: "Waiting for an answer",
    waitingNote: "Asked less than ten minutes before the count; not missed yet.",
    votesAlone: "Votes without their question",
    votesAloneNote: "Counted in no share: their questions are late, lost or erased.",
    unlisted: "Questions not listed",
    unlistedNote: "Counted, but in no list of questions: the week has too many different ones.",
    ungrouped: "Questions not compared",
    ungroupedNote: "Listed each by itself, also where others ask the same: the week has too many."
  },
  freeTier: {
    covered: "AWS's free tier covers a month like this.",
    title: "AWS's free tier",
    caption: "A month like this week comes near the end of it, or passes it.",
    requests: "Requests",
    toQueue: (n: number) => `at most ${count(n)} to the queue`,
    calls: "Calls",
    ofProcessor: (n: number) => `${count(n)} of the processor`,
    writes: "Writes",
    units: (n: number) => `${count(n)} units`,
    space: "Space",
    inTable: (size: string) => `${size} in the table`,
    unknown: "unknown",
    of: (used: string, whole: string) => `${used} of ${whole}`,
    monthly: (n: number) => `${count(n)} a month`,
    weekly: (n: number) => `${count(n)} a week`
  },
  about: {
    all: (n: number) => `All ${count(n)} ${allAccountedFor}.`,
    allBut: (open: number, n: number) =>
      `All but ${count(open)} of ${count(n)} ${allAccountedFor}; SQS counts roughly.`,
    leftOut: (bots: number, own: number) =>
      `Left out: ${[
        ...(bots === 0 ? [] : [`${plural(bots, "question")} by bots`]),
        ...(own === 0 ? [] : [`${plural(own, "question")} of your own`])
      ].join(", ")}.`,
    noTokens: "No model tokens were used.",
    tokens: (read: string, written: string, each: number) =>
      `Models read ${read} and wrote ${written}: ${count(each)} an answer.`,
    read: (n: number, cached: number, kept: number) =>
      `${count(n)} tokens${cached === 0 ? "" : ` (${count(cached)} from a cache)`}` +
      `${kept === 0 ? "" : `, kept ${count(kept)} in a cache`}`,
    written: (n: number, reasoning: number) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} for reasoning)`}`,
    withoutText: (n: number) => `${plural(n, "question")} without text, in no list.`,
    counted: (when: string, late: string, by: string) => `Counted on ${when}${late}${by}.`,
    early: ", before the week was over",
    late: (days: number) => `, ${plural(days, "day")} after the week's end`,
    by: (version: string) => ` by version ${version}`
  }
}

export type End = typeof end
