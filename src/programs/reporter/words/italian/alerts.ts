/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import type { Alerts } from "../english/alerts.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

const look = "npm run ops -- tail mostra le domande man mano che arrivano."

const visitors = (n: number): string => plural(n, "visitatore", "visitatori")
const votesOf = (n: number): string => plural(n, "voto", "voti")

export const alerts: Alerts = {
  once:
    "Questo si segnala una volta, e di nuovo se cessa per un po’ e ritorna; " +
    "docs/decisions/0036-watch.md dice quando.",
  failing: (failed, asked, since) => ({
    subject: `${answers(failed)} su ${count(asked)} con errore da ${since}`,
    lines: [
      `Da ${since}, ${questions(failed)} su ${count(asked)} hanno avuto un errore o nessuna ` +
        "risposta.",
      "Il chatbot è fermo, il suo modello rifiuta, o le sue risposte non arrivano.",
      `Faccia una domanda al suo chatbot. ${look}`
    ]
  }),
  silence: (usual, since) => ({
    subject: `Non è arrivata nessuna domanda da ${since}`,
    lines: [
      `L’ultima domanda è di ${since}. In una settimana tranquilla arrivano in quel tempo circa ` +
        `${visitors(usual)}.`,
      "Forse nessuno ha chiesto. Se qualcuno ha chiesto, gli eventi non arrivano: il Worker è " +
        "stato sostituito da uno senza l’analisi, la sua chiave di accesso è stata " +
        "eliminata, o il " +
        "chatbot è fermo.",
      "Faccia una domanda al suo chatbot. Se npm run ops -- status non la mostra entro due " +
        "minuti, " +
        "npm run doctor dice che cosa manca."
    ]
  }),
  misses: (missed, asked, usual, since) => ({
    subject: `${questions(missed)} su ${count(asked)} senza una buona risposta da ${since}`,
    lines: [
      `Da ${since}, ${questions(missed)} su ${count(asked)} non hanno avuto una buona risposta; ` +
        `di solito è il ${usual}.`,
      "Forse manca una parte della base di conoscenza, o i visitatori chiedono qualcosa di nuovo.",
      look
    ]
  }),
  gap: (askers, asked, since) => ({
    subject: `${visitors(askers)} hanno chiesto ciò che il chatbot non sa da ${since}`,
    lines: [
      `Da ${since}, ${visitors(askers)} hanno fatto la stessa domanda senza una buona risposta. ` +
        `È stata fatta ${times(asked)}, e nessun rapporto l’ha ancora elencata.`,
      "Il prossimo rapporto settimanale la elenca tra le domande senza una buona risposta."
    ]
  }),
  votes: (down, votes, usual, since) => ({
    subject: `${votesOf(down)} su ${count(votes)} negativi da ${since}`,
    lines: [
      `Da ${since}, ${votesOf(down)} su ${count(votes)} sono negativi; di solito è il ${usual}.`,
      look
    ]
  }),
  cost: (sum, budget, since) => ({
    subject: `Le risposte da ${since} costano ${sum}, più del budget di ${budget} al giorno`,
    lines: [`Le risposte da ${since} costano ${sum}. Il budget è di ${budget} al giorno.`]
  }),
  unpriced: (n, models) =>
    `Il costo di ${plural(n, "altra risposta", "altre risposte")} non è noto e manca in questa ` +
    `somma.${models === "" ? "" : ` Senza prezzo noto: ${models}.`}`
}
