/** The words of the end of the mail: data health, free tier, and how it was counted. */
import type { End } from "../english/end.ts"
import { count, events, plural, questions } from "./locale.ts"

export const end: End = {
  health: {
    title: "Qualità dei dati",
    caption: "Contato in eventi: domande, risposte e voti.",
    columns: { state: "Stato", number: "Numero" },
    unknown: "sconosciuto",
    notRead: "Non leggibile quando è stato fatto questo rapporto.",
    accepted: "Accettati",
    fateUnknown: "Non si sa che cosa ne sia stato.",
    all: "Tutti gli eventi sono rintracciati.",
    open: (n) => `${count(n)} non rintracciati: ancora in viaggio, o contati male.`,
    seeProcessorLog: " Veda il log del processor.",
    stored: "Salvati",
    duplicates: "Doppioni ignorati",
    stoppedByQueue: (n) => `La coda ne ha fermati altri ${count(n)}. `,
    conflicts: (n) => `${count(n)} diversi dal primo, che è stato tenuto.`,
    lost: "Persi al bordo",
    lostNone: "nessuno",
    lostNoneNote: "Per quanto ne sa il Worker.",
    lostAtLeast: (n) => `almeno ${count(n)}`,
    lostNote: "La coda non era raggiungibile in tempo; il log del Worker dice quando.",
    noAnswer: "Senza alcuna risposta",
    noAnswerNote: "Le loro risposte sono in ritardo o perse.",
    noQuestion: "In attesa di una domanda",
    noQuestionNote: "Le loro domande sono in ritardo o perse.",
    deadLetters: "Messaggi falliti",
    deadLettersNote: "Di qualsiasi settimana; aspettano nella coda dei messaggi falliti.",
    deadLettersAdded: (n) =>
      `${count(n)} dal rapporto precedente; tutti aspettano nella coda dei messaggi falliti.`,
    capped: "Somme troppo basse",
    cappedNote: "Un numero di questa settimana è più grande di quanto si possa sommare.",
    sums: { lost: "eventi persi", tokens: "token" },
    unlistedNames: "Domande senza provenienza",
    unlistedNamesNote:
      "Sono arrivati troppi nomi diversi; ognuno di quelli elencati ha tutte le sue domande.",
    grouping: "Domande simili",
    groupedBy: {
      words: "solo per parole",
      static: "con la tabella incorporata",
      workersAi: "con Workers AI"
    },
    away: {
      words: "Le parole non si sono potute confrontare",
      static: "La tabella incorporata non era leggibile",
      workersAi: "Workers AI non ha risposto"
    },
    groupingNote: (away, by) => `${away}; perciò le domande simili sono raggruppate ${by}.`,
    unreadable: "Illeggibili",
    unreadableNote:
      "Danneggiati o di un’altra versione; in nessun altro numero. Il log del reporter li nomina.",
    answersUnread: "Risposte illeggibili",
    answersUnreadNote: "Né con risposta né mancate; il log del Worker nomina i loro campi.",
    waiting: "In attesa di risposta",
    waitingNote: "Fatte meno di dieci minuti prima del conteggio; non ancora mancate.",
    votesAlone: "Voti senza la loro domanda",
    votesAloneNote: "In nessuna quota: le loro domande sono in ritardo, perse o cancellate.",
    unlisted: "Domande non elencate",
    unlistedNote: "Contate, ma in nessun elenco: la settimana ne ha troppe diverse.",
    ungrouped: "Domande non confrontate",
    ungroupedNote: "Elencate una per una, anche se altre sono uguali: la settimana ne ha troppe."
  },
  freeTier: {
    covered: "Il piano gratuito di AWS copre un mese come questo.",
    title: "Piano gratuito di AWS",
    caption: "Un mese come questa settimana si avvicina al limite, o lo supera.",
    requests: "Richieste",
    toQueue: (n) => `al massimo ${count(n)} alla coda`,
    calls: "Chiamate",
    ofProcessor: (n) => `${count(n)} del processor`,
    writes: "Scritture",
    units: (n) => plural(n, "unità", "unità"),
    space: "Spazio",
    inTable: (size) => `${size} nella tabella`,
    unknown: "sconosciuto",
    of: (used, whole) => `${used} su ${whole}`,
    monthly: (n) => `${count(n)} al mese`,
    weekly: (n) => `${count(n)} alla settimana`
  },
  about: {
    all: (n) => (n === 1 ? "L’unico evento è rintracciato." : `Rintracciati tutti: ${events(n)}.`),
    allBut: (open, n) =>
      `${events(n)}, tutti rintracciati tranne ${count(open)}; SQS conta in modo approssimativo.`,
    leftOut: (bots, own) =>
      `Non contate: ${[
        ...(bots === 0 ? [] : [`${questions(bots)} di bot`]),
        ...(own === 0 ? [] : [plural(own, "domanda sua", "domande sue")])
      ].join(", ")}.`,
    noTokens: "Non è stato usato nessun token di modelli.",
    tokens: (read, written, each) =>
      `I modelli hanno letto ${read} e ne hanno scritti ${written}: ${count(each)} a risposta.`,
    read: (n, cached, kept) =>
      `${plural(n, "token", "token")}${cached === 0 ? "" : ` (${count(cached)} da una cache)`}` +
      `${kept === 0 ? "" : `, tenuti ${count(kept)} in una cache`}`,
    written: (n, reasoning) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} di ragionamento)`}`,
    withoutText: (n) => `${questions(n)} senza testo, in nessun elenco.`,
    counted: (when, late, by) => `Contato ${when}${late}${by}.`,
    early: ", prima della fine della settimana",
    late: (days) => `, ${plural(days, "giorno", "giorni")} dopo la fine della settimana`,
    by: (version) => ` dalla versione ${version}`
  }
}
