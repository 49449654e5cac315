/** The words of the tables of figures. */
import type { Figures } from "../english/figures.ts"
import { answers, count, plural, questions } from "./locale.ts"

export const figures: Figures = {
  conversations: {
    title: "Conversations",
    caption: "Les questions d’une session forment une conversation.",
    length: "Longueur",
    lengths: (all, mean, median, single) =>
      `${plural(all, "conversation")}, ${mean} questions en moyenne\u00a0; la moitié en ` +
      `${median === 1 ? "a une" : `a ${count(median)} ou moins`}, ` +
      `et ${count(single)} ${single < 2 ? "n’en a" : "n’en ont"} qu’une`,
    askedAgain: "Reposée",
    again: (again, missed) =>
      `après ${answers(again)} sur ${count(missed)} sans aide ou mal notées\u00a0: la même ` +
      `question en ` +
      "moins de dix minutes, peut-être en d’autres mots",
    ended: "Fin sans réponse",
    endedOn: (missed, all) => `${plural(missed, "conversation")} sur ${count(all)}`,
    othersUnknown: " ; la fin des autres n’est pas connue"
  },
  trend: {
    title: (weeks) => (weeks === 2 ? "Deux semaines" : `Les ${weeks} dernières semaines`),
    caption:
      "La dernière ligne est cette semaine\u00a0; les semaines sans rapport complet sont omises.",
    captionSoFar:
      "La dernière ligne est la semaine en cours\u00a0; les semaines sans rapport complet " +
      "sont omises.",
    columns: { week: "Semaine du", questions: "Questions", missed: "Manquées" },
    late: (asked, answered) =>
      "Arrivées après le rapport de la semaine précédente\u00a0: " +
      `${[
        ...(asked === 0 ? [] : [questions(asked)]),
        ...(answered === 0 ? [] : [answers(answered)])
      ].join(" et ")}.`
  },
  heat: {
    title: "Questions par jour et par heure",
    span: (from, to) => `${from} à ${to}`,
    caption: (day, span, asked, zone) =>
      `Maximum\u00a0: ${day}, ${span}, ${questions(asked)}. ` +
      `Chaque colonne couvre quatre heures, à l’heure de ${zone}.`
  },
  visitors: {
    title: "Visiteurs",
    caption: "En part des questions.",
    countries: "Pays",
    languages: "Langues",
    devices: "Appareils",
    referrers: "Provenance",
    others: "et d’autres",
    notRecognised: "non reconnue",
    inOther: (asked, answered, n) =>
      `Question en ${asked}, réponse en ${answered}\u00a0: ${questions(n)}.`,
    deviceNames: { desktop: "Ordinateur", mobile: "Mobile", tablet: "Tablette", tv: "Télévision" }
  },
  votes: {
    title: "Avis",
    caption: "La part de tous les visiteurs se situe dans l’intervalle 95 fois sur 100.",
    down: "Avis négatifs",
    share: (down, all, low, high) =>
      `${plural(down, "avis", "avis")} sur ${count(all)}\u00a0: entre ${low} et ${high}`,
    downThoughAnswered: "Négatif malgré réponse",
    upThoughMissed: "Positif sans réponse"
  },
  answers: {
    title: "Réponses",
    caption: "De la question à la réponse.",
    ready: "Délai",
    times: (half, most, all) =>
      `la moitié en moins de ${half}, 95 sur 100 en moins de ${most}, ` +
      `99 sur 100 en moins de ${all}`,
    scores: "Pertinence",
    scoreNames: ["nulle", "faible", "moyenne", "bonne", "forte"],
    model: "Modèle",
    cost: "Coût"
  },
  models: {
    title: "Modèles",
    caption: "Questions selon le modèle qui a répondu, ou échoué à répondre.",
    columns: { model: "Modèle", questions: "Questions" },
    untold: "Modèle non indiqué",
    further: "Autres modèles",
    missed: (n) => `${count(n)} sans bonne réponse`,
    within: (time) => `95 sur 100 en moins de ${time}`,
    costUnknown: "coût inconnu"
  }
}
