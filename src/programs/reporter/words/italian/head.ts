/** The words of the mail above its lists, and those of its layout. */
import type { Head } from "../english/head.ts"
import { answers, count, events, plural, questions, times } from "./locale.ts"

const unreadable = (n: number): string => plural(n, "risposta illeggibile", "risposte illeggibili")

export const head: Head = {
  lower: (title) => title.toLowerCase(),
  noText: "(nessun testo leggibile)",
  labels: {
    about: "Informazioni su questo rapporto",
    all: "Totale",
    also: "Anche:",
    asked: "Volte",
    question: "Domanda",
    openQuote: "«",
    closeQuote: "»"
  },
  week: (id) => `settimana ${id}`,
  questions,

  subject: {
    week: (asked, missed) => `${questions(asked)}, ${count(missed)} senza una buona risposta`,
    quiet: "Settimana tranquilla",
    again: "Di nuovo: ",
    test: "[prova] "
  },
  doubts: {
    unread: ", non letta in tempo",
    deadLetters: (n) => `, ${plural(n, "messaggio fallito", "messaggi falliti")}`,
    missing: ", mancano eventi",
    onlyBots: ", solo bot",
    onlyOwn: ", solo le sue visite",
    onlyBotsAndOwn: ", solo bot e le sue visite"
  },
  headline: {
    week: (asked, missed, unread) =>
      `${questions(asked)}, ${missed === 0 ? "nessuna" : count(missed)} senza una buona risposta` +
      `${unread === 0 ? "" : `, ${unreadable(unread)}`}`,
    quiet: "Una settimana tranquilla: nessuna domanda",
    notOver: " (settimana in corso: numeri finora)"
  },
  preheader: {
    unread: "Le domande non sono state lette in tempo.",
    doubtful: "Nessuna domanda registrata, benché siano arrivati eventi.",
    quiet: "Nessuna domanda registrata; il rapporto è stato fatto come al solito.",
    noAnswer: "Nessuna risposta arrivata",
    noneRead: "Nessuna risposta leggibile",
    answered: (share) => `${share} con risposta`,
    within: (time) => `, 95 su 100 entro ${time}`,
    mostMissed: (missed, question) =>
      `Più spesso senza una buona risposta, ${times(missed)}: «${question}». `
  },
  remarks: {
    test: "Questa è una prova: il rapporto settimanale arriva comunque ai suoi destinatari.",
    again: (when) => `Inviato di nuovo con i numeri di ${when}.`,
    readUntil: (when) => `Conta le domande fino a ${when}; il resto non è stato letto in tempo.`
  },
  footer: {
    weekly: (site) => `Lei riceve il rapporto settimanale di ${site}.`,
    stop: (from) => ` Per non riceverlo più, scriva a ${from}.`,
    byHand: (site) =>
      `Questa mail è stata inviata a mano per ${site}. Non la iscrive a nessuna lista.`
  },

  quiet: {
    noVisitor: "Questa settimana nessun visitatore ha fatto domande.",
    noneRecorded: "Questa settimana non sono state registrate domande né risposte.",
    noneRead: "Non è stato possibile leggere domande o risposte.",
    before: (asked) => ` La settimana precedente ne aveva ${count(asked)}.`,
    expected:
      "Se aspettava visitatori, faccia una domanda al suo chatbot e verifichi che il prossimo " +
      "rapporto la conti.",
    healthy:
      "L’elaborazione sembra a posto: la tabella è stata letta, la coda dei messaggi falliti è " +
      "vuota e questa mail è partita.",
    noneFailed:
      "L’elaborazione sembra a posto: la tabella è stata letta, nessun messaggio è fallito dal " +
      "rapporto precedente e questa mail è partita.",
    deadLettersUnknown: "Non si sa se dei messaggi siano finiti nella coda dei messaggi falliti.",
    doubtful: (fact, place) =>
      `Tuttavia, ${fact}. Forse la settimana non è stata tranquilla: controlli ${place}.`,
    tableUnread: "la tabella non è stata letta in tempo",
    itemsUnread: (n) =>
      plural(n, "elemento salvato non è stato letto", "elementi salvati non sono stati letti"),
    lost: (n) => `il Worker non ha potuto inviare almeno ${events(n)}`,
    noneStored: (n) => `la coda ha accettato ${events(n)}, ma nessuno è salvato`,
    notStored: (n) => plural(n, "messaggio non è stato salvato", "messaggi non sono stati salvati"),
    reporterLog: "il log del reporter",
    workerLog: "il log del Worker",
    processorLog: "il log del processor",
    deadLetterQueue: "la coda dei messaggi falliti"
  },

  gist: {
    changed: "Cambio maggiore",
    trouble: "Problema",
    unreadable: (n) =>
      `${plural(n, "elemento salvato illeggibile", "elementi salvati illeggibili")}; ` +
      "veda la qualità dei dati",
    deadLetters: (n) =>
      `${plural(n, "messaggio non salvato", "messaggi non salvati")}; veda la qualità dei dati`,
    lost: (n) => `almeno ${events(n)} mai arrivati alla coda; veda la qualità dei dati`,
    change: (name, before, now, change) => `${name}, da ${before} a ${now} (${change})`,
    still: (share) => `niente del ${share} o più`
  },
  measures: {
    questions: "domande",
    sessions: "sessioni",
    answered: "quota con risposta",
    missed: "domande senza una buona risposta",
    failed: "risposte con errore",
    p95: "tempo di risposta",
    cost: "costo"
  },
  change: {
    better: ", meglio",
    worse: ", peggio",
    fromZero: "nuovo",
    none: "invariato",
    points: (n) => plural(n, "punto", "punti"),
    up: (less) => `su di meno di ${less}`,
    down: (less) => `giù di meno di ${less}`,
    over: (most) => `oltre ${most}`
  },
  cost: {
    unknown: "sconosciuto",
    atLeast: (dollars) => `almeno ${dollars}`,
    before: (dollars) => `${dollars} la settimana precedente`,
    untold: (n) => `senza ${answers(n)} che non hanno indicato i token`,
    unpriced: (n) => `${answers(n)} senza prezzo noto`
  },
  tiles: {
    questions: "Domande",
    sessions: "Sessioni",
    answered: "Con risposta",
    missed: "Mancate",
    failed: "Errori",
    time: "Tempo",
    means: (answered, read, unread, without) =>
      `Con risposta, del tutto o in parte: ${answers(answered)} su ${count(read)}` +
      `${unread === 0 ? "" : " leggibili"}` +
      `${without === 0 ? "" : ` e ${questions(without)} senza alcuna risposta`}.` +
      `${unread === 0 ? "" : ` Inoltre ${unreadable(unread)}.`}`
  },
  compared: {
    before: "I cambiamenti si confrontano con la settimana precedente.",
    notOver: "I cambiamenti mancano perché la settimana non è finita.",
    unread: "I cambiamenti mancano perché una parte della settimana non è stata letta.",
    beforeEmpty:
      "I cambiamenti mancano perché la settimana precedente non è stato registrato nulla.",
    beforeExpired:
      "I cambiamenti mancano perché le domande della settimana precedente sono scadute.",
    beforeUnread: "I cambiamenti mancano perché la settimana precedente non è stata letta in tempo."
  }
}
