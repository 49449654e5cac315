/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import type { Alerts } from "../english/alerts.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

const look = "npm run ops -- tail zeigt die Fragen, wie sie kommen."

const ratings = (n: number): string => plural(n, "Bewertung", "Bewertungen")
const visitors = (n: number): string => plural(n, "Besucher", "Besucher")

export const alerts: Alerts = {
  once:
    "Dies wird einmal gemeldet. Es wird erneut gemeldet, wenn es eine Weile vorbei war und " +
    "wiederkommt; docs/decisions/0036-watch.md sagt, wann.",
  failing: (failed, asked, since) => ({
    subject: `${count(failed)} von ${answers(asked)} fehlgeschlagen seit ${since}`,
    lines: [
      `Seit ${since} bekamen ${count(failed)} von ${questions(asked)} einen Fehler oder keine ` +
        "Antwort.",
      "Der Chatbot ist ausgefallen, sein Modell verweigert, oder seine Antworten kommen nicht an.",
      `Stellen Sie Ihrem Chatbot eine Frage. ${look}`
    ]
  }),
  silence: (usual, since) => ({
    subject: `Keine Frage ist eingetroffen seit ${since}`,
    lines: [
      `Die letzte Frage ist von ${since}. In einer ruhigen Woche kommen in dieser Zeit etwa ` +
        `${visitors(usual)}.`,
      "Vielleicht hat niemand gefragt. Wenn doch, kommen die Ereignisse nicht an: Der Worker " +
        "wurde durch einen ohne die Analyse ersetzt, sein Zugangsschlüssel wurde gelöscht, oder " +
        "der Chatbot ist ausgefallen.",
      "Stellen Sie Ihrem Chatbot eine Frage. Wenn npm run ops -- status sie nicht innerhalb von " +
        "zwei Minuten zeigt, sagt npm run doctor, was fehlt."
    ]
  }),
  misses: (missed, asked, usual, since) => ({
    subject: `${count(missed)} von ${questions(asked)} ohne gute Antwort seit ${since}`,
    lines: [
      `Seit ${since} bekamen ${count(missed)} von ${questions(asked)} keine gute Antwort; ` +
        `üblich sind ${usual}.`,
      "Vielleicht fehlt ein Teil der Wissensbasis, oder Besucher fragen nach etwas Neuem.",
      look
    ]
  }),
  gap: (askers, asked, since) => ({
    subject: `${visitors(askers)} fragten, was der Chatbot nicht weiß, seit ${since}`,
    lines: [
      `Seit ${since} stellten ${visitors(askers)} dieselbe Frage und bekamen keine gute Antwort. ` +
        `Sie wurde ${times(asked)} gestellt, und kein Bericht hat sie bisher genannt.`,
      "Der nächste Wochenbericht nennt sie unter den Fragen ohne gute Antwort."
    ]
  }),
  votes: (down, votes, usual, since) => ({
    subject: `${count(down)} von ${ratings(votes)} schlecht seit ${since}`,
    lines: [
      `Seit ${since} waren ${count(down)} von ${ratings(votes)} schlecht; üblich sind ${usual}.`,
      look
    ]
  }),
  cost: (sum, budget, since) => ({
    subject: `Die Antworten seit ${since} kosten ${sum}, mehr als das Budget von ${budget} am Tag`,
    lines: [`Die Antworten seit ${since} kosten ${sum}. Das Budget ist ${budget} am Tag.`]
  }),
  unpriced: (n, models) =>
    `Die Kosten von ${plural(n, "weiterer Antwort", "weiteren Antworten")} sind nicht bekannt ` +
    `und nicht in dieser Summe.${models === "" ? "" : ` Ohne bekannten Preis: ${models}.`}`
}
