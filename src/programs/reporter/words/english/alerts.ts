/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import { count, plural } from "./locale.ts"

const look = "npm run ops -- tail shows the questions as they come."

export const alerts = {
  once:
    "This is told once. It is told again when it has been over for a while and comes back; " +
    "docs/decisions/0036-watch.md says when.",
  failing: (failed: number, asked: number, since: string) => ({
    subject: `${count(failed)} of ${plural(asked, "answer")} have failed since ${since}`,
    lines: [
      `Since ${since}, ${count(failed)} of ${plural(asked, "question")} got an error or no answer.`,
      "The chatbot is down, its model refuses, or its answers do not arrive.",
      `Ask your chatbot a question. ${look}`
    ]
  }),
  silence: (visitors: number, since: string) => ({
    subject: `No question has arrived since ${since}`,
    lines: [
      `The last question is from ${since}. In a quiet week, about ${plural(visitors, "visitor")} ` +
        "come in that time.",
      "Perhaps nobody asked. If people did ask, the events do not arrive: the Worker was " +
        "replaced by one without the analytics, its access key was deleted, or the chatbot is " +
        "down.",
      "Ask your chatbot a question. If npm run ops -- status does not show it within two " +
        "minutes, npm run doctor says what is missing."
    ]
  }),
  misses: (missed: number, asked: number, usual: string, since: string) => ({
    subject: `${count(missed)} of ${plural(asked, "question")} have missed since ${since}`,
    lines: [
      `Since ${since}, ${count(missed)} of ${plural(asked, "question")} got no good answer; ` +
        `${usual} are usual.`,
      "A part of the knowledge base may be gone, or visitors ask for something new.",
      look
    ]
  }),
  gap: (visitors: number, asked: number, since: string) => ({
    subject:
      `${plural(visitors, "visitor")} have asked what the chatbot does not know ` +
      `since ${since}`,
    lines: [
      `Since ${since}, ${plural(visitors, "visitor")} asked the same question and got no good ` +
        `answer. It was asked ${plural(asked, "time")}, and no report has listed it before.`,
      "The next weekly report lists it among the questions without a good answer."
    ]
  }),
  votes: (down: number, votes: number, usual: string, since: string) => ({
    subject: `${count(down)} of ${plural(votes, "vote")} have been down since ${since}`,
    lines: [
      `Since ${since}, visitors voted ${count(down)} of ${plural(votes, "rated answer")} down; ` +
        `${usual} are usual.`,
      look
    ]
  }),
  cost: (sum: string, budget: string, since: string) => ({
    subject: `The answers since ${since} cost ${sum}, over the budget of ${budget} a day`,
    lines: [`The answers since ${since} cost ${sum}. The budget is ${budget} a day.`]
  }),
  unpriced: (answers: number, models: string) =>
    `The cost of ${plural(answers, "further answer")} is not known, and not in this sum.` +
    `${models === "" ? "" : ` Without a known price: ${models}.`}`
}

export type Alerts = typeof alerts
