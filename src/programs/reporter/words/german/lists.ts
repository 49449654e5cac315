/** The words of the lists of questions. */
import type { Lists } from "../english/lists.ts"
import { plural, times } from "./locale.ts"

export const lists: Lists = {
  list: {
    first: (n) => ` Hier stehen die ersten ${n}.`,
    alsoAnswered: " Manche wurden ein andermal beantwortet.",
    ignored: (n) => ` ${plural(n, "ignorierte Lücke ist", "ignorierte Lücken sind")} ausgelassen.`
  },
  ratings: {
    title: "Schlecht bewertet",
    answeredFirst: "Zuerst die, die dem Wortlaut nach beantwortet sind.",
    noneAnswered: "Keine davon ist dem Wortlaut nach beantwortet.",
    noText: "(ohne Text)",
    visitor: (reason) => `Besucher: ${reason}`,
    answer: "Antwort:",
    comment: "Kommentar:",
    verdicts: {
      full: "wirkt beantwortet",
      partial: "wirkt teilweise beantwortet",
      none: "wirkt unbeantwortet",
      unknown: "Antwort nicht lesbar",
      failed: "Antwort fehlgeschlagen",
      noAnswer: "keine Antwort"
    },
    reasons: {
      wrong: "falsch",
      incomplete: "unvollständig",
      outdated: "veraltet",
      off_topic: "am Thema vorbei",
      unclear: "unklar",
      other: "ein anderer Grund"
    }
  },
  missed: {
    title: "Fragen ohne gute Antwort",
    caption: "Die häufigsten zuerst.",
    none: "Keine in dieser Woche.",
    unlisted: "Keine aufzulisten: Offen blieben nur Grüße, Dank oder Antworten ohne ihre Frage.",
    unlistedWithoutText:
      "Keine aufzulisten: Offen blieben nur Grüße, Dank, Antworten ohne ihre Frage oder Fragen " +
      "ohne Text.",
    columns: { missed: "Offen", again: "Erneut", before: "Vorher", sessions: "Sitzungen" },
    of: (missed, asked) => `${missed} von ${asked} offen`,
    again: (again) => `nach ${again} davon erneut gefragt`,
    sessions: (n) => `in ${plural(n, "Sitzung", "Sitzungen")}`,
    before: (n) => (n === 0 ? "in der Vorwoche nicht offen" : `in der Vorwoche ${times(n)} offen`),
    since: (monday) => `jede Woche gefragt seit ${monday}`,
    fromZero: "neu",
    lastAnswer: "Letzte Antwort:",
    lastRepeated: "Letzte Antwort: wie zuletzt oben zitiert.",
    lastFailed: "Die letzte Antwort ist fehlgeschlagen.",
    lastSilent: "Zuletzt kam keine Antwort."
  },
  closed: {
    title: "Jetzt beantwortet",
    caption: "In der Vorwoche offen, in dieser Woche nie.",
    missed: (n) => `in der Vorwoche ${times(n)} offen`
  },
  top: {
    title: "Häufigste Fragen",
    caption: "Ähnliche Fragen zählen als eine.",
    none: "Es kam keine Frage.",
    withoutText: "Die Fragen wurden ohne ihren Text gezählt.",
    before: (n) => `in der Vorwoche ${times(n)} gestellt`,
    wordings: (n) => plural(n, "Formulierung", "Formulierungen"),
    columns: {
      full: "Ganz",
      partial: "Teils",
      none: "Nicht",
      unknown: "Unlesbar",
      failed: "Fehler",
      noAnswer: "Stumm"
    },
    outcomes: {
      full: (n) => `${n} ganz beantwortet`,
      partial: (n) => `${n} teilweise`,
      none: (n) => `${n} nicht beantwortet`,
      unknown: (n) => `${n} nicht lesbar`,
      failed: (n) => `${n} fehlgeschlagen`,
      noAnswer: (n) => `${n} ganz ohne Antwort`
    }
  },
  hidden: {
    title: "Fragen",
    caption: "Ähnliche Fragen zählen als eine; ihr Text ist laut Einstellung verborgen.",
    columns: { outcome: "Ergebnis", questions: "Fragen" },
    missed: "Ohne gute Antwort",
    closed: "In der Vorwoche offen, jetzt beantwortet",
    gaps: (fate) => `Lücken: ${fate}`,
    orMore: (n) => `${n} oder mehr`,
    line: (outcome, amount) => `Fragen, ähnliche einmal gezählt - ${outcome}: ${amount}`
  },
  gaps: {
    title: "Lücken, die Sie beantwortet haben",
    caption:
      "Eine Lücke ist geschlossen, sobald die Frage wieder gestellt wurde und nicht offen blieb.",
    columns: { became: "Stand", gap: "Lücke" },
    cells: { back: "zurück", closed: "geschlossen", quiet: "nicht gestellt" },
    fates: {
      back: "wieder da",
      closed: "seit der Vorwoche geschlossen",
      quiet: "beantwortet, aber seither nicht gestellt"
    },
    missed: (n) => `${times(n)} offen`,
    asked: (n) => `${times(n)} gestellt, seither nicht offen`
  }
}
