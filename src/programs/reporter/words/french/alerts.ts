/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import type { Alerts } from "../english/alerts.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

const look = "npm run ops -- tail montre les questions à mesure qu’elles arrivent."

const visitors = (n: number): string => plural(n, "visiteur")

export const alerts: Alerts = {
  once:
    "Ceci est signalé une fois, et de nouveau si cela cesse quelque temps puis revient\u00a0; " +
    "docs/decisions/0036-watch.md dit quand.",
  failing: (failed, asked, since) => ({
    subject: `${answers(failed)} sur ${count(asked)} en échec depuis le ${since}`,
    lines: [
      `Depuis le ${since}, ${questions(failed)} sur ${count(asked)} ont reçu une erreur ` +
        "ou aucune réponse.",
      "Le chatbot est en panne, son modèle refuse, ou ses réponses n’arrivent pas.",
      `Posez une question à votre chatbot. ${look}`
    ]
  }),
  silence: (usual, since) => ({
    subject: `Aucune question n’est arrivée depuis le ${since}`,
    lines: [
      `La dernière question date du ${since}. Une semaine calme amène environ ${visitors(usual)} ` +
        "en autant de temps.",
      "Peut-être que personne n’a rien demandé. Sinon, les événements n’arrivent pas\u00a0: " +
        "le Worker a " +
        "été remplacé par un autre sans l’analyse, sa clé d’accès a été supprimée, ou le chatbot " +
        "est en panne.",
      "Posez une question à votre chatbot. Si npm run ops -- status ne la montre pas en deux " +
        "minutes, npm run doctor dit ce qui manque."
    ]
  }),
  misses: (missed, asked, usual, since) => ({
    subject: `${questions(missed)} sur ${count(asked)} sans bonne réponse depuis le ${since}`,
    lines: [
      `Depuis le ${since}, ${questions(missed)} sur ${count(asked)} n’ont pas eu de bonne ` +
        `réponse\u00a0; ` +
        `d’habitude, c’est ${usual}.`,
      "Une partie de la base de connaissances manque peut-être, ou les visiteurs demandent du " +
        "nouveau.",
      look
    ]
  }),
  gap: (askers, asked, since) => ({
    subject: `${visitors(askers)} ont demandé ce que le chatbot ignore depuis le ${since}`,
    lines: [
      `Depuis le ${since}, ${visitors(askers)} ont posé la même question sans obtenir de bonne ` +
        `réponse. Elle a été posée ${times(asked)}, et aucun rapport ne l’a encore citée.`,
      "Le prochain rapport hebdomadaire la cite parmi les questions sans bonne réponse."
    ]
  }),
  votes: (down, votes, usual, since) => ({
    subject: `${plural(down, "avis", "avis")} sur ${count(votes)} négatifs depuis le ${since}`,
    lines: [
      `Depuis le ${since}, ${plural(down, "avis", "avis")} sur ${count(votes)} sont ` +
        `négatifs\u00a0; ` +
        `d’habitude, c’est ${usual}.`,
      look
    ]
  }),
  cost: (sum, budget, since) => ({
    subject:
      `Les réponses depuis le ${since} coûtent ${sum}, ` +
      `plus que le budget de ${budget} par jour`,
    lines: [`Les réponses depuis le ${since} coûtent ${sum}. Le budget est de ${budget} par jour.`]
  }),
  unpriced: (n, models) =>
    `Le coût de ${plural(n, "autre réponse", "autres réponses")} est inconnu et absent de cette ` +
    `somme.${models === "" ? "" : ` Sans prix connu\u00a0: ${models}.`}`
}
