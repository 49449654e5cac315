/** The words of the tables of figures. */
import { count, plural } from "./locale.ts"

export const figures = {
  conversations: {
    title: "Conversations",
    caption: "The questions of one session are a conversation.",
    length: "Length",
    lengths: (all: number, mean: string, median: number, single: number) =>
      `${plural(all, "conversation")} of ${mean} questions on average; ` +
      `${median === 1 ? "half have one" : `half have ${count(median)} or fewer`}, ` +
      `and ${count(single)} ${single === 1 ? "has" : "have"} a single one`,
    askedAgain: "Asked again",
    again: (again: number, missed: number) =>
      `after ${count(again)} of ${plural(missed, "answer")} that missed or got a vote down: ` +
      "the same question within ten minutes, perhaps in other words",
    ended: "Ended on a miss",
    endedOn: (missed: number, all: number) => `${count(missed)} of ${plural(all, "conversation")}`,
    othersUnknown: "; how the others ended is not known"
  },
  trend: {
    title: (weeks: number) => (weeks === 2 ? "Two weeks" : `The last ${weeks} weeks`),
    caption: "The last row is this week; weeks without a full report are left out.",
    captionSoFar: "The last row is this week so far; weeks without a full report are left out.",
    columns: { week: "Week of", questions: "Questions", missed: "Missed" },
    late: (questions: number, answers: number) =>
      `${[
        ...(questions === 0 ? [] : [plural(questions, "question")]),
        ...(answers === 0 ? [] : [plural(answers, "answer")])
      ].join(" and ")} of the week before arrived after its report.`
  },
  heat: {
    title: "Questions by day and hour",
    span: (from: string, to: string) => `${from} to ${to}`,
    caption: (day: string, span: string, questions: number, zone: string) =>
      `Busiest: ${day}, ${span}, ${plural(questions, "question")}. ` +
      `Each column is four hours, ${zone} time.`
  },
  visitors: {
    title: "Visitors",
    caption: "Shares of the questions.",
    countries: "Countries",
    languages: "Languages",
    devices: "Devices",
    referrers: "Came from",
    others: "and others",
    notRecognised: "not recognised",
    inOther: (asked: string, answered: string, questions: number) =>
      `Asked in ${asked}, answered in ${answered}: ${plural(questions, "question")}.`,
    deviceNames: { desktop: "Desktop", mobile: "Mobile", tablet: "Tablet", tv: "TV" }
  },
  votes: {
    title: "Votes",
    caption: "The share of all visitors lies within the range 95 times in 100.",
    down: "Voted down",
    share: (down: number, all: number, low: string, high: string) =>
      `${count(down)} of ${plural(all, "vote")}: between ${low} and ${high}`,
    downThoughAnswered: "Down, though it looked answered",
    upThoughMissed: "Up, though it looked unanswered"
  },
  answers: {
    title: "Answers",
    caption: "From question to answer.",
    ready: "Ready",
    times: (half: string, most: string, all: string) =>
      `half within ${half}, 95 of 100 within ${most}, 99 of 100 within ${all}`,
    scores: "Match scores",
    scoreNames: ["none", "weak", "fair", "good", "strong"],
    model: "Model",
    cost: "Cost"
  },
  models: {
    title: "Models",
    caption: "Questions by the model that answered, or failed to.",
    columns: { model: "Model", questions: "Questions" },
    untold: "No model told",
    further: "Further models",
    missed: (n: number) => `${count(n)} missed`,
    within: (time: string) => `95 of 100 within ${time}`,
    costUnknown: "cost unknown"
  }
}

export type Figures = typeof figures
