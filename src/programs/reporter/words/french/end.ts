/** The words of the end of the mail: data health, free tier, and how it was counted. */
import type { End } from "../english/end.ts"
import { count, events, plural, questions } from "./locale.ts"

export const end: End = {
  health: {
    title: "Qualité des données",
    caption: "Compté en événements\u00a0: questions, réponses et avis.",
    columns: { state: "État", number: "Nombre" },
    unknown: "inconnu",
    notRead: "Illisible au moment de ce rapport.",
    accepted: "Acceptés",
    fateUnknown: "On ignore ce qu’ils sont devenus.",
    all: "Tous les événements sont retrouvés.",
    open: (n) => `${count(n)} introuvables\u00a0: encore en chemin, ou mal comptés.`,
    seeProcessorLog: " Voir le journal du processor.",
    stored: "Enregistrés",
    duplicates: "Doublons ignorés",
    stoppedByQueue: (n) => `La file en a arrêté ${count(n)} de plus. `,
    conflicts: (n) => `${count(n)} différaient du premier, qui a été gardé.`,
    lost: "Perdus en périphérie",
    lostNone: "aucun",
    lostNoneNote: "À la connaissance du Worker.",
    lostAtLeast: (n) => `au moins ${count(n)}`,
    lostNote: "La file était injoignable à temps\u00a0; le journal du Worker dit quand.",
    noAnswer: "Sans aucune réponse",
    noAnswerNote: "Leurs réponses sont en retard ou perdues.",
    noQuestion: "En attente d’une question",
    noQuestionNote: "Leurs questions sont en retard ou perdues.",
    deadLetters: "Messages en échec",
    deadLettersNote: "De toute semaine\u00a0; ils attendent dans la file des messages en échec.",
    deadLettersAdded: (n) =>
      `Dont ${count(n)} depuis le rapport précédent\u00a0; ` +
      "tous attendent dans la file des messages en échec.",
    capped: "Sommes trop basses",
    cappedNote: "Un nombre de cette semaine est trop grand pour être additionné.",
    sums: { lost: "événements perdus", tokens: "jetons" },
    unlistedNames: "Questions sans origine affichée",
    unlistedNamesNote:
      "Trop de noms différents sont arrivés\u00a0; chaque nom affiché a toutes ses questions.",
    grouping: "Questions semblables",
    groupedBy: {
      words: "par les mots seuls",
      static: "par la table intégrée",
      workersAi: "par Workers AI"
    },
    away: {
      words: "Les mots n’ont pas pu être comparés",
      static: "La table intégrée n’a pas pu être lue",
      workersAi: "Workers AI n’a pas répondu"
    },
    groupingNote: (away, by) => `${away}\u00a0; les questions semblables sont donc groupées ${by}.`,
    unreadable: "Illisibles",
    unreadableNote:
      "Abîmés ou d’une autre version\u00a0; dans aucun autre nombre. Le journal du reporter " +
      "les nomme.",
    answersUnread: "Réponses illisibles",
    answersUnreadNote:
      "Ni avec réponse ni manquées\u00a0; le journal du Worker nomme leurs champs.",
    waiting: "En attente d’une réponse",
    waitingNote: "Posées moins de dix minutes avant le comptage\u00a0; pas encore manquées.",
    votesAlone: "Avis sans leur question",
    votesAloneNote: "Dans aucune part\u00a0: leurs questions sont en retard, perdues ou effacées.",
    unlisted: "Questions non affichées",
    unlistedNote: "Comptées, mais dans aucune liste\u00a0: la semaine en a trop de différentes.",
    ungrouped: "Questions non comparées",
    ungroupedNote:
      "Affichées une à une, même si d’autres sont pareilles\u00a0: la semaine en a trop."
  },
  freeTier: {
    covered: "L’offre gratuite d’AWS couvre un mois comme celui-ci.",
    title: "Offre gratuite d’AWS",
    caption: "Un mois comme cette semaine en approche la limite, ou la dépasse.",
    requests: "Requêtes",
    toQueue: (n) => `au plus ${count(n)} vers la file`,
    calls: "Appels",
    ofProcessor: (n) => `${count(n)} du processor`,
    writes: "Écritures",
    units: (n) => plural(n, "unité"),
    space: "Espace",
    inTable: (size) => `${size} dans la table`,
    unknown: "inconnu",
    of: (used, whole) => `${used} sur ${whole}`,
    monthly: (n) => `${count(n)} par mois`,
    weekly: (n) => `${count(n)} par semaine`
  },
  about: {
    all: (n) => (n < 2 ? `${events(n)} retrouvé.` : `Les ${events(n)} sont retrouvés.`),
    allBut: (open, n) =>
      `${events(n)}, tous retrouvés sauf ${count(open)}\u00a0; SQS compte de façon approximative.`,
    leftOut: (bots, own) =>
      `Non compté\u00a0: ${[
        ...(bots === 0 ? [] : [`${questions(bots)} de robots`]),
        ...(own === 0 ? [] : [`${questions(own)} de votre part`])
      ].join(", ")}.`,
    noTokens: "Aucun jeton de modèle n’a été utilisé.",
    tokens: (read, written, each) =>
      `Les modèles ont lu ${read} et en ont écrit ${written}\u00a0: ${count(each)} par réponse.`,
    read: (n, cached, kept) =>
      `${plural(n, "jeton")}${cached === 0 ? "" : ` (${count(cached)} depuis un cache)`}` +
      `${kept === 0 ? "" : `, gardé ${count(kept)} dans un cache`}`,
    written: (n, reasoning) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} de raisonnement)`}`,
    withoutText: (n) => `${questions(n)} sans texte, dans aucune liste.`,
    counted: (when, late, by) => `Compté le ${when}${late}${by}.`,
    early: ", avant la fin de la semaine",
    late: (days) => `, ${plural(days, "jour")} après la fin de la semaine`,
    by: (version) => ` par la version ${version}`
  }
}
