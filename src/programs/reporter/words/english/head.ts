/** The words of the mail above its lists, and those of its layout. */
import { count, plural, times } from "./locale.ts"

export const head = {
  /** A title within a line, in languages that begin titles alone with a capital letter. */
  lower: (title: string): string => title.toLowerCase(),
  noText: "(no readable text)",
  /** Stand in the layout itself. */
  labels: {
    about: "About this report",
    all: "All",
    also: "Also:",
    asked: "Asked",
    question: "Question",
    openQuote: "“",
    closeQuote: "”"
  },
  week: (id: string) => `week ${id}`,
  questions: (n: number) => plural(n, "question"),

  subject: {
    week: (questions: number, missed: number) =>
      `${plural(questions, "question")}, ${count(missed)} without a good answer`,
    quiet: "Quiet week",
    again: "Again: ",
    test: "[test] "
  },
  /** After the words of a quiet week. */
  doubts: {
    unread: ", not read in time",
    deadLetters: (n: number) => `, ${plural(n, "dead letter")}`,
    missing: ", events missing",
    onlyBots: ", only bots asked",
    onlyOwn: ", only you asked",
    onlyBotsAndOwn: ", only bots and you asked"
  },
  headline: {
    week: (questions: number, missed: number, unread: number) =>
      `${plural(questions, "question")}, ` +
      `${missed === 0 ? "none" : count(missed)} without a good answer` +
      `${unread === 0 ? "" : `, ${plural(unread, "answer")} could not be read`}`,
    quiet: "A quiet week: no questions",
    notOver: " (not over yet: the numbers so far)"
  },
  preheader: {
    unread: "The questions could not be read in time.",
    doubtful: "No question was recorded, although events arrived.",
    quiet: "No question was recorded; the report ran as usual.",
    noAnswer: "No answer arrived",
    noneRead: "No answer could be read",
    answered: (share: string) => `${share} answered`,
    within: (time: string) => `, 95 of 100 within ${time}`,
    mostMissed: (missed: number, question: string) =>
      `Most often missed, ${times(missed)}: "${question}". `
  },
  remarks: {
    test: "This is a test: the weekly report still goes to its recipients.",
    again: (when: string) => `Sent again with the numbers of ${when}.`,
    readUntil: (when: string) =>
      `Counts the questions until ${when}; the rest could not be read in time.`
  },
  footer: {
    weekly: (site: string) => `You receive the weekly report of ${site}.`,
    stop: (from: string) => ` To stop receiving it, write to ${from}.`,
    byHand: (site: string) =>
      `This mail was sent by hand for ${site}. It does not add you to a list.`
  },

  quiet: {
    noVisitor: "No visitor asked this week.",
    noneRecorded: "No questions or answers were recorded this week.",
    noneRead: "No questions or answers could be read.",
    before: (questions: number) => ` The week before had ${plural(questions, "question")}.`,
    expected:
      "If you expected visitors, ask your chatbot a question and see that the next report " +
      "counts it.",
    healthy:
      "The pipeline looks healthy: the table was read, the dead-letter queue is empty and this " +
      "mail was sent.",
    noneFailed:
      "The pipeline looks healthy: the table was read, no message failed since the report " +
      "before, and this mail was sent.",
    deadLettersUnknown: "It is unknown whether messages went to the dead-letter queue instead.",
    doubtful: (fact: string, place: string) =>
      `However, ${fact}. The week may not have been quiet: check ${place}.`,
    tableUnread: "the table could not be read in time",
    itemsUnread: (n: number) => `${plural(n, "stored item")} could not be read`,
    lost: (n: number) => `the Worker could not send at least ${plural(n, "event")}`,
    noneStored: (n: number) => `the queue accepted ${plural(n, "event")}, but none is stored`,
    notStored: (n: number) => `${plural(n, "message")} could not be stored`,
    reporterLog: "the reporter's log",
    workerLog: "the Worker's log",
    processorLog: "the processor's log",
    deadLetterQueue: "the dead-letter queue"
  },

  gist: {
    changed: "Changed most",
    trouble: "Trouble",
    unreadable: (n: number) => `${plural(n, "stored item")} could not be read; see data health`,
    deadLetters: (n: number) => `${plural(n, "message")} could not be stored; see data health`,
    lost: (n: number) => `at least ${plural(n, "event")} never reached the queue; see data health`,
    change: (name: string, before: string, now: string, change: string) =>
      `${name}, from ${before} to ${now} (${change})`,
    still: (share: string) => `nothing by ${share} or more`
  },
  measures: {
    questions: "questions",
    sessions: "sessions",
    answered: "share answered",
    missed: "missed questions",
    failed: "failed answers",
    p95: "answer time",
    cost: "cost"
  },
  change: {
    better: ", better",
    worse: ", worse",
    fromZero: "new",
    none: "no change",
    points: (n: number) => (n === 1 ? "1 point" : `${n} points`),
    up: (less: string) => `up by less than ${less}`,
    down: (less: string) => `down by less than ${less}`,
    over: (most: string) => `over ${most}`
  },
  cost: {
    unknown: "unknown",
    atLeast: (dollars: string) => `at least ${dollars}`,
    before: (dollars: string) => `${dollars} the week before`,
    untold: (answers: number) => `leaves out ${plural(answers, "answer")} that told no tokens`,
    unpriced: (answers: number) => `${plural(answers, "answer")} without a known price`
  },
  tiles: {
    questions: "Questions",
    sessions: "Sessions",
    answered: "Answered",
    missed: "Missed",
    failed: "Failed",
    time: "Answer time",
    means: (answered: number, read: number, unread: number, without: number) =>
      `Answered means fully or in part: ${count(answered)} of ${plural(read, "answer")}` +
      `${unread === 0 ? "" : " that could be read"}` +
      `${without === 0 ? "" : ` and ${plural(without, "question")} without any answer`}.` +
      `${unread === 0 ? "" : ` Besides, ${plural(unread, "answer")} could not be read.`}`
  },
  compared: {
    before: "Changes compare with the week before.",
    notOver: "Changes are not shown because the week is not over.",
    unread: "Changes are not shown because a part of the week could not be read.",
    beforeEmpty: "Changes are not shown because nothing was recorded in the week before.",
    beforeExpired: "Changes are not shown because the questions of the week before have expired.",
    beforeUnread: "Changes are not shown because the week before could not be read in time."
  }
}

export type Head = typeof head
