/** The words of the mail above its lists, and those of its layout. */
import type { Head } from "../english/head.ts"
import { answers, count, events, plural, questions, times } from "./locale.ts"

const unreadable = (n: number): string => plural(n, "réponse illisible", "réponses illisibles")

export const head: Head = {
  lower: (title) => title.toLowerCase(),
  noText: "(aucun texte lisible)",
  labels: {
    about: "À propos de ce rapport",
    all: "Total",
    also: "Aussi\u00a0:",
    asked: "Posée",
    question: "Question",
    openQuote: "«\u00a0",
    closeQuote: "\u00a0»"
  },
  week: (id) => `semaine ${id}`,
  questions,

  subject: {
    week: (asked, missed) => `${questions(asked)}, ${count(missed)} sans bonne réponse`,
    quiet: "Semaine calme",
    again: "Nouvel envoi\u00a0: ",
    test: "[essai] "
  },
  doubts: {
    unread: ", lecture inachevée",
    deadLetters: (n) => `, ${plural(n, "message")} en échec`,
    missing: ", des événements manquent",
    onlyBots: ", seulement des robots",
    onlyOwn: ", seulement vos propres visites",
    onlyBotsAndOwn: ", seulement des robots et vos propres visites"
  },
  headline: {
    week: (asked, missed, unread) =>
      `${questions(asked)}, ${missed === 0 ? "aucune" : `dont ${count(missed)}`} ` +
      `sans bonne réponse${unread === 0 ? "" : `, ${unreadable(unread)}`}`,
    quiet: "Une semaine calme\u00a0: aucune question",
    notOver: " (semaine en cours\u00a0: chiffres provisoires)"
  },
  preheader: {
    unread: "Les questions n’ont pas pu être lues à temps.",
    doubtful: "Aucune question enregistrée, bien que des événements soient arrivés.",
    quiet: "Aucune question enregistrée\u00a0; le rapport s’est déroulé normalement.",
    noAnswer: "Aucune réponse reçue",
    noneRead: "Aucune réponse lisible",
    answered: (share) => `${share} avec réponse`,
    within: (time) => `, 95 sur 100 en moins de ${time}`,
    mostMissed: (missed, question) =>
      `Le plus souvent sans bonne réponse, ${times(missed)}\u00a0: «\u00a0${question}\u00a0». `
  },
  remarks: {
    test: "Ceci est un essai\u00a0: le rapport hebdomadaire part toujours à ses destinataires.",
    again: (when) => `Nouvel envoi avec les chiffres du ${when}.`,
    readUntil: (when) =>
      `Compte les questions jusqu’au ${when}\u00a0; le reste n’a pas pu être lu à temps.`
  },
  footer: {
    weekly: (site) => `Vous recevez le rapport hebdomadaire de ${site}.`,
    stop: (from) => ` Pour ne plus le recevoir, écrivez à ${from}.`,
    byHand: (site) =>
      `Ce message a été envoyé à la main pour ${site}. Il ne vous inscrit à aucune liste.`
  },

  quiet: {
    noVisitor: "Aucun visiteur n’a posé de question cette semaine.",
    noneRecorded: "Aucune question ni réponse n’a été enregistrée cette semaine.",
    noneRead: "Aucune question ni réponse n’a pu être lue.",
    before: (asked) => ` La semaine précédente en comptait ${count(asked)}.`,
    expected:
      "Si vous attendiez des visiteurs, posez une question à votre chatbot et vérifiez que le " +
      "prochain rapport la compte.",
    healthy:
      "Le traitement semble sain\u00a0: la table a été lue, la file des messages en échec " +
      "est vide et " +
      "ce message est parti.",
    noneFailed:
      "Le traitement semble sain\u00a0: la table a été lue, aucun message n’a échoué depuis le " +
      "rapport précédent et ce message est parti.",
    deadLettersUnknown: "On ignore si des messages sont allés dans la file des messages en échec.",
    doubtful: (fact, place) =>
      `Cependant, ${fact}. La semaine n’a peut-être pas été calme\u00a0: vérifiez ${place}.`,
    tableUnread: "la table n’a pas pu être lue à temps",
    itemsUnread: (n) =>
      plural(
        n,
        "élément enregistré n’a pas pu être lu",
        "éléments enregistrés n’ont pas pu être lus"
      ),
    lost: (n) => `le Worker n’a pas pu envoyer au moins ${events(n)}`,
    noneStored: (n) => `la file a accepté ${events(n)}, mais aucun n’est enregistré`,
    notStored: (n) =>
      plural(n, "message n’a pas pu être enregistré", "messages n’ont pas pu être enregistrés"),
    reporterLog: "le journal du reporter",
    workerLog: "le journal du Worker",
    processorLog: "le journal du processor",
    deadLetterQueue: "la file des messages en échec"
  },

  gist: {
    changed: "Principal changement\u00a0",
    trouble: "Incident\u00a0",
    unreadable: (n) =>
      `${plural(n, "élément enregistré illisible", "éléments enregistrés illisibles")}\u00a0; ` +
      "voir la qualité des données",
    deadLetters: (n) =>
      `${plural(n, "message non enregistré", "messages non enregistrés")}\u00a0; ` +
      "voir la qualité des données",
    lost: (n) =>
      `au moins ${plural(n, "événement jamais arrivé", "événements jamais arrivés")} ` +
      "dans la file\u00a0; voir la qualité des données",
    change: (name, before, now, change) => `${name}, de ${before} à ${now} (${change})`,
    still: (share) => `rien de ${share} ou plus`
  },
  measures: {
    questions: "questions",
    sessions: "sessions",
    answered: "part avec réponse",
    missed: "questions manquées",
    failed: "réponses en échec",
    p95: "délai de réponse",
    cost: "coût"
  },
  change: {
    better: ", mieux",
    worse: ", moins bien",
    fromZero: "nouveau",
    none: "stable",
    points: (n) => plural(n, "point"),
    up: (less) => `hausse de moins de ${less}`,
    down: (less) => `baisse de moins de ${less}`,
    over: (most) => `plus de ${most}`
  },
  cost: {
    unknown: "inconnu",
    atLeast: (dollars) => `au moins ${dollars}`,
    before: (dollars) => `${dollars} la semaine précédente`,
    untold: (n) => `sans ${plural(n, "réponse")} dont les jetons ne sont pas connus`,
    unpriced: (n) => `${answers(n)} sans prix connu`
  },
  tiles: {
    questions: "Questions",
    sessions: "Sessions",
    answered: "Avec réponse",
    missed: "Manquées",
    failed: "Échecs",
    time: "Délai",
    means: (answered, read, unread, without) =>
      `Avec réponse, en tout ou en partie\u00a0: ${answers(answered)} sur ${count(read)}` +
      `${unread === 0 ? "" : ", celles qui sont lisibles,"}` +
      `${without === 0 ? "" : ` et ${questions(without)} sans aucune réponse`}.` +
      `${unread === 0 ? "" : ` En outre, ${unreadable(unread)}.`}`
  },
  compared: {
    before: "Les évolutions se comparent à la semaine précédente.",
    notOver: "Pas d’évolutions, car la semaine n’est pas terminée.",
    unread: "Pas d’évolutions, car une partie de la semaine n’a pas pu être lue.",
    beforeEmpty: "Pas d’évolutions, car rien n’a été enregistré la semaine précédente.",
    beforeExpired: "Pas d’évolutions, car les questions de la semaine précédente ont expiré.",
    beforeUnread: "Pas d’évolutions, car la semaine précédente n’a pas pu être lue à temps."
  }
}
