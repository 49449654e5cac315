/** The words of the lists of questions. */
import type { Lists } from "../english/lists.ts"
import { plural, times } from "./locale.ts"

export const lists: Lists = {
  list: {
    first: (n) => ` Sono elencate le prime ${n}.`,
    alsoAnswered: " Alcune hanno avuto risposta in altri momenti.",
    ignored: (n) => ` ${plural(n, "lacuna ignorata è omessa", "lacune ignorate sono omesse")}.`
  },
  ratings: {
    title: "Valutate male",
    answeredFirst: "Prima quelle che dalle parole sembrano una risposta.",
    noneAnswered: "Nessuna sembra una risposta dalle sue parole.",
    noText: "(senza il suo testo)",
    visitor: (reason) => `visitatore: ${reason}`,
    answer: "Risposta:",
    comment: "Commento:",
    verdicts: {
      full: "sembra una risposta",
      partial: "sembra una risposta parziale",
      none: "non sembra una risposta",
      unknown: "risposta illeggibile",
      failed: "risposta con errore",
      noAnswer: "nessuna risposta"
    },
    reasons: {
      wrong: "sbagliata",
      incomplete: "incompleta",
      outdated: "superata",
      off_topic: "fuori tema",
      unclear: "poco chiara",
      other: "un altro motivo"
    }
  },
  missed: {
    title: "Domande senza una buona risposta",
    caption: "Prima le più frequenti.",
    none: "Nessuna questa settimana.",
    unlisted:
      "Nessuna da elencare: restano solo saluti, ringraziamenti o risposte senza la loro domanda.",
    unlistedWithoutText:
      "Nessuna da elencare: restano solo saluti, ringraziamenti, risposte senza la loro " +
      "domanda o " +
      "domande senza testo.",
    columns: { missed: "mancate", again: "di nuovo", before: "prima", sessions: "sessioni" },
    of: (missed, asked) => `${missed} su ${asked} senza una buona risposta`,
    again: (again) => `rifatta dopo ${again} di esse`,
    sessions: (n) => `in ${plural(n, "sessione", "sessioni")}`,
    before: (n) =>
      n === 0 ? "mai la settimana precedente" : `${times(n)} la settimana precedente`,
    since: (monday) => `ogni settimana dal ${monday}`,
    fromZero: "nuova",
    lastAnswer: "Ultima risposta:",
    lastRepeated: "Ultima risposta: come citata sopra.",
    lastFailed: "L’ultima risposta è fallita.",
    lastSilent: "L’ultima volta non è arrivata risposta."
  },
  closed: {
    title: "Ora con risposta",
    caption: "Senza una buona risposta la settimana precedente, mai questa settimana.",
    missed: (n) => `${times(n)} senza una buona risposta la settimana precedente`
  },
  top: {
    title: "Domande più frequenti",
    caption: "Le domande simili contano come una.",
    none: "Non è arrivata nessuna domanda.",
    withoutText: "Le domande sono state contate senza il loro testo.",
    before: (n) => `${times(n)} la settimana precedente`,
    wordings: (n) => plural(n, "formulazione", "formulazioni"),
    columns: {
      full: "sì",
      partial: "in parte",
      none: "no",
      unknown: "illeggibile",
      failed: "errore",
      noAnswer: "niente"
    },
    outcomes: {
      full: (n) => `${n} con risposta`,
      partial: (n) => `${n} in parte`,
      none: (n) => `${n} senza risposta`,
      unknown: (n) => `${n} illeggibile`,
      failed: (n) => `${n} con errore`,
      noAnswer: (n) => `${n} senza niente`
    }
  },
  hidden: {
    title: "Domande",
    caption: "Le domande simili contano come una; le impostazioni ne nascondono il testo.",
    columns: { outcome: "Esito", questions: "Domande" },
    missed: "Senza una buona risposta",
    closed: "Mancate prima, ora con risposta",
    gaps: (fate) => `Lacune: ${fate}`,
    orMore: (n) => `${n} o più`,
    line: (outcome, amount) => `Domande, le simili contate una volta - ${outcome}: ${amount}`
  },
  gaps: {
    title: "Lacune che lei ha colmato",
    caption: "Una lacuna è chiusa quando la domanda ritorna e riceve una buona risposta.",
    columns: { became: "stato", gap: "lacuna" },
    cells: { back: "tornata", closed: "chiusa", quiet: "non chiesta" },
    fates: {
      back: "tornata",
      closed: "chiusa dalla settimana precedente",
      quiet: "colmata, ma da allora non chiesta"
    },
    missed: (n) => `${times(n)} senza una buona risposta`,
    asked: (n) => `chiesta ${times(n)}, sempre con una buona risposta`
  }
}
