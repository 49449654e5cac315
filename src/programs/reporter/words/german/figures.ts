/** The words of the tables of figures. */
import type { Figures } from "../english/figures.ts"
import { answers, count, plural, questions } from "./locale.ts"

export const figures: Figures = {
  conversations: {
    title: "Gespräche",
    caption: "Die Fragen einer Sitzung sind ein Gespräch.",
    length: "Länge",
    lengths: (all, mean, median, single) =>
      `${plural(all, "Gespräch", "Gespräche")} mit durchschnittlich ${mean} Fragen; die Hälfte ` +
      `${median === 1 ? "hat eine" : `hat höchstens ${count(median)}`}, ` +
      `und ${count(single)} ${single === 1 ? "hat" : "haben"} nur eine`,
    askedAgain: "Nachgefragt",
    again: (again, missed) =>
      `nach ${count(again)} von ${answers(missed)}, die nicht halfen oder abgewertet wurden: ` +
      "dieselbe Frage innerhalb von zehn Minuten, vielleicht mit anderen Worten",
    ended: "Offen geendet",
    endedOn: (missed, all) => `${count(missed)} von ${plural(all, "Gespräch", "Gesprächen")}`,
    othersUnknown: "; wie die übrigen endeten, ist nicht bekannt"
  },
  trend: {
    title: (weeks) => (weeks === 2 ? "Zwei Wochen" : `Die letzten ${weeks} Wochen`),
    caption: "Die letzte Zeile ist diese Woche; Wochen ohne vollständigen Bericht fehlen.",
    captionSoFar:
      "Die letzte Zeile ist diese Woche bis jetzt; Wochen ohne vollständigen Bericht fehlen.",
    columns: { week: "Woche ab", questions: "Fragen", missed: "Offen" },
    late: (asked, answered) =>
      "Nach dem Bericht der Vorwoche trafen noch ein: " +
      `${[
        ...(asked === 0 ? [] : [questions(asked)]),
        ...(answered === 0 ? [] : [answers(answered)])
      ].join(" und ")}.`
  },
  heat: {
    title: "Fragen nach Tag und Stunde",
    span: (from, to) => `${from} bis ${to}`,
    caption: (day, span, asked, zone) =>
      `Am meisten: ${day}, ${span}, ${questions(asked)}. ` +
      `Jede Spalte umfasst vier Stunden, Zeit von ${zone}.`
  },
  visitors: {
    title: "Besucher",
    caption: "Anteile an den Fragen.",
    countries: "Länder",
    languages: "Sprachen",
    devices: "Geräte",
    referrers: "Kamen von",
    others: "und andere",
    notRecognised: "nicht erkannt",
    inOther: (asked, answered, n) =>
      `Gefragt auf ${asked}, beantwortet auf ${answered}: ${questions(n)}.`,
    deviceNames: { desktop: "Desktop", mobile: "Mobil", tablet: "Tablet", tv: "TV" }
  },
  votes: {
    title: "Bewertungen",
    caption: "Der Anteil aller Besucher liegt in 95 von 100 Fällen in dieser Spanne.",
    down: "Abgewertet",
    share: (down, all, low, high) =>
      `${count(down)} von ${plural(all, "Bewertung", "Bewertungen")}: zwischen ${low} und ${high}`,
    downThoughAnswered: "Trotz Antwort abgewertet",
    upThoughMissed: "Ohne Antwort aufgewertet"
  },
  answers: {
    title: "Antworten",
    caption: "Von der Frage zur Antwort.",
    ready: "Fertig",
    times: (half, most, all) =>
      `die Hälfte innerhalb von ${half}, 95 von 100 innerhalb von ${most}, ` +
      `99 von 100 innerhalb von ${all}`,
    scores: "Trefferwerte",
    scoreNames: ["keine", "schwach", "mäßig", "gut", "stark"],
    model: "Modell",
    cost: "Kosten"
  },
  models: {
    title: "Modelle",
    caption: "Fragen nach dem Modell, das antwortete oder daran scheiterte.",
    columns: { model: "Modell", questions: "Fragen" },
    untold: "Kein Modell gemeldet",
    further: "Weitere Modelle",
    missed: (n) => `${count(n)} offen`,
    within: (time) => `95 von 100 innerhalb von ${time}`,
    costUnknown: "Kosten unbekannt"
  }
}
