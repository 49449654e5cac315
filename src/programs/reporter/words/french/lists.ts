/** The words of the lists of questions. */
import type { Lists } from "../english/lists.ts"
import { plural, times } from "./locale.ts"

export const lists: Lists = {
  list: {
    first: (n) => ` Les ${n} premières sont affichées.`,
    alsoAnswered: " Certaines ont eu une réponse à d’autres moments.",
    ignored: (n) => ` ${plural(n, "lacune ignorée est omise", "lacunes ignorées sont omises")}.`
  },
  ratings: {
    title: "Mal notées",
    answeredFirst: "D’abord celles dont les mots semblent une réponse.",
    noneAnswered: "Aucune dont les mots semblent une réponse.",
    noText: "(sans son texte)",
    visitor: (reason) => `visiteur\u00a0: ${reason}`,
    answer: "Réponse\u00a0:",
    comment: "Commentaire\u00a0:",
    verdicts: {
      full: "semble une réponse",
      partial: "semble une réponse partielle",
      none: "ne semble pas une réponse",
      unknown: "réponse illisible",
      failed: "réponse en échec",
      noAnswer: "aucune réponse"
    },
    reasons: {
      wrong: "fausse",
      incomplete: "incomplète",
      outdated: "périmée",
      off_topic: "hors sujet",
      unclear: "peu claire",
      other: "une autre raison"
    }
  },
  missed: {
    title: "Questions sans bonne réponse",
    caption: "Les plus fréquentes d’abord.",
    none: "Aucune cette semaine.",
    unlisted:
      "Aucune à afficher\u00a0: il ne reste que des saluts, des remerciements ou des " +
      "réponses sans " +
      "leur question.",
    unlistedWithoutText:
      "Aucune à afficher\u00a0: il ne reste que des saluts, des remerciements, des réponses " +
      "sans leur " +
      "question ou des questions sans texte.",
    columns: { missed: "manquée", again: "reposée", before: "avant", sessions: "sessions" },
    of: (missed, asked) => `${missed} sur ${asked} sans bonne réponse`,
    again: (again) => `reposée après ${again}`,
    sessions: (n) => `en ${plural(n, "session")}`,
    before: (n) => (n === 0 ? "aucune la semaine précédente" : `${times(n)} la semaine précédente`),
    since: (monday) => `posée chaque semaine depuis le ${monday}`,
    fromZero: "nouvelle",
    lastAnswer: "Dernière réponse\u00a0:",
    lastRepeated: "Dernière réponse\u00a0: comme citée plus haut.",
    lastFailed: "La dernière réponse a échoué.",
    lastSilent: "Aucune réponse la dernière fois."
  },
  closed: {
    title: "Désormais avec réponse",
    caption: "Sans bonne réponse la semaine précédente, jamais cette semaine.",
    missed: (n) => `${times(n)} sans bonne réponse la semaine précédente`
  },
  top: {
    title: "Questions les plus posées",
    caption: "Les questions semblables comptent pour une.",
    none: "Aucune question n’est arrivée.",
    withoutText: "Les questions ont été comptées sans leur texte.",
    before: (n) => `posée ${times(n)} la semaine précédente`,
    wordings: (n) => plural(n, "formulation"),
    columns: {
      full: "oui",
      partial: "en partie",
      none: "non",
      unknown: "illisible",
      failed: "échec",
      noAnswer: "rien"
    },
    outcomes: {
      full: (n) => `${n} avec réponse`,
      partial: (n) => `${n} en partie`,
      none: (n) => `${n} sans réponse`,
      unknown: (n) => `${n} illisible`,
      failed: (n) => `${n} en échec`,
      noAnswer: (n) => `${n} sans rien`
    }
  },
  hidden: {
    title: "Questions",
    caption: "Les questions semblables comptent pour une\u00a0; les réglages masquent leur texte.",
    columns: { outcome: "Résultat", questions: "Questions" },
    missed: "Sans bonne réponse",
    closed: "Manquées avant, désormais avec réponse",
    gaps: (fate) => `Lacunes\u00a0: ${fate}`,
    orMore: (n) => `${n} ou plus`,
    line: (outcome, amount) =>
      `Questions, les semblables comptées une fois - ${outcome}\u00a0: ${amount}`
  },
  gaps: {
    title: "Lacunes que vous avez comblées",
    caption: "Une lacune est comblée quand la question revient et obtient une bonne réponse.",
    columns: { became: "état", gap: "lacune" },
    cells: { back: "de retour", closed: "comblée", quiet: "non posée" },
    fates: {
      back: "de retour",
      closed: "comblée depuis la semaine précédente",
      quiet: "comblée, mais pas reposée depuis"
    },
    missed: (n) => `${times(n)} sans bonne réponse`,
    asked: (n) => `posée ${times(n)}, toujours avec une bonne réponse`
  }
}
