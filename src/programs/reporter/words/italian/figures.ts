/** The words of the tables of figures. */
import type { Figures } from "../english/figures.ts"
import { answers, count, plural, questions } from "./locale.ts"

const talks = (n: number): string => plural(n, "conversazione", "conversazioni")
const votes = (n: number): string => plural(n, "voto", "voti")

export const figures: Figures = {
  conversations: {
    title: "Conversazioni",
    caption: "Le domande di una sessione sono una conversazione.",
    length: "Lunghezza",
    lengths: (all, mean, median, single) =>
      `${talks(all)} con ${mean} domande in media; la metà ne ha ` +
      `${median === 1 ? "una" : `${count(median)} o meno`}, ` +
      `e ${count(single)} ${single === 1 ? "ne ha" : "ne hanno"} una sola`,
    askedAgain: "Rifatta",
    again: (again, missed) =>
      `dopo ${answers(again)} su ${count(missed)} che non hanno aiutato o hanno avuto un voto ` +
      "negativo: la stessa domanda entro dieci minuti, forse con altre parole",
    ended: "Fine senza risposta",
    endedOn: (missed, all) => `${talks(missed)} su ${count(all)}`,
    othersUnknown: "; come siano finite le altre non si sa"
  },
  trend: {
    title: (weeks) => (weeks === 2 ? "Due settimane" : `Le ultime ${weeks} settimane`),
    caption:
      "L’ultima riga è questa settimana; le settimane senza un rapporto completo sono omesse.",
    captionSoFar:
      "L’ultima riga è la settimana in corso; quelle senza un rapporto completo sono omesse.",
    columns: { week: "Dal", questions: "Domande", missed: "Mancate" },
    late: (asked, answered) =>
      "Arrivate dopo il rapporto della settimana precedente: " +
      `${[
        ...(asked === 0 ? [] : [questions(asked)]),
        ...(answered === 0 ? [] : [answers(answered)])
      ].join(" e ")}.`
  },
  heat: {
    title: "Domande per giorno e ora",
    span: (from, to) => `${from} - ${to}`,
    caption: (day, span, asked, zone) =>
      `Massimo: ${day}, ${span}, ${questions(asked)}. ` +
      `Ogni colonna vale quattro ore, nell’ora di ${zone}.`
  },
  visitors: {
    title: "Visitatori",
    caption: "Quote delle domande.",
    countries: "Paesi",
    languages: "Lingue",
    devices: "Dispositivi",
    referrers: "Provenienza",
    others: "e altri",
    notRecognised: "non riconosciuta",
    inOther: (asked, answered, n) =>
      `Domanda in ${asked}, risposta in ${answered}: ${questions(n)}.`,
    deviceNames: { desktop: "Computer", mobile: "Cellulare", tablet: "Tablet", tv: "TV" }
  },
  votes: {
    title: "Voti",
    caption: "La quota di tutti i visitatori sta nell’intervallo 95 volte su 100.",
    down: "Voti negativi",
    share: (down, all, low, high) => `${votes(down)} su ${count(all)}: tra ${low} e ${high}`,
    downThoughAnswered: "Negativo con risposta",
    upThoughMissed: "Positivo senza risposta"
  },
  answers: {
    title: "Risposte",
    caption: "Dalla domanda alla risposta.",
    ready: "Pronte",
    times: (half, most, all) =>
      `metà entro ${half}, 95 su 100 entro ${most}, 99 su 100 entro ${all}`,
    scores: "Corrispondenza",
    scoreNames: ["nulla", "debole", "media", "buona", "forte"],
    model: "Modello",
    cost: "Costo"
  },
  models: {
    title: "Modelli",
    caption: "Domande secondo il modello che ha risposto, o non ci è riuscito.",
    columns: { model: "Modello", questions: "Domande" },
    untold: "Modello non indicato",
    further: "Altri modelli",
    missed: (n) => `${count(n)} senza una buona risposta`,
    within: (time) => `95 su 100 entro ${time}`,
    costUnknown: "costo sconosciuto"
  }
}
