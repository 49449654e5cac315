/** The words of the end of the mail: data health, free tier, and how it was counted. */
import type { End } from "../english/end.ts"
import { count, plural, questions } from "./locale.ts"

export const end: End = {
  health: {
    title: "Datenqualität",
    caption: "Gezählt in Ereignissen: Fragen, Antworten und Bewertungen.",
    columns: { state: "Zustand", number: "Anzahl" },
    unknown: "unbekannt",
    notRead: "War nicht lesbar, als dieser Bericht entstand.",
    accepted: "Angenommen",
    fateUnknown: "Was aus ihnen wurde, ist nicht bekannt.",
    all: "Alle Ereignisse sind nachgewiesen.",
    open: (n) => `${count(n)} nicht nachgewiesen: noch unterwegs oder falsch gezählt.`,
    seeProcessorLog: " Siehe Protokoll des Processors.",
    stored: "Gespeichert",
    duplicates: "Doppelte ignoriert",
    stoppedByQueue: (n) => `Weitere ${count(n)} hielt die Queue auf. `,
    conflicts: (n) => `${count(n)} wichen vom ersten ab, das behalten wurde.`,
    lost: "Am Edge verloren",
    lostNone: "keine",
    lostNoneNote: "Soweit der Worker weiß.",
    lostAtLeast: (n) => `mindestens ${count(n)}`,
    lostNote: "Die Queue war nicht rechtzeitig erreichbar; wann, steht im Protokoll des Workers.",
    noAnswer: "Ganz ohne Antwort",
    noAnswerNote: "Ihre Antworten sind verspätet oder verloren.",
    noQuestion: "Warten auf eine Frage",
    noQuestionNote: "Ihre Fragen sind verspätet oder verloren.",
    deadLetters: "Nicht verarbeitet",
    deadLettersNote: "Aus beliebigen Wochen; sie liegen in der Dead-Letter-Queue.",
    deadLettersAdded: (n) =>
      `${count(n)} davon seit dem vorigen Bericht; alle liegen in der Dead-Letter-Queue.`,
    capped: "Zu niedrige Summen",
    cappedNote: "Eine Zahl dieser Woche ist größer, als sich addieren lässt.",
    sums: { lost: "verlorene Ereignisse", tokens: "Tokens" },
    unlistedNames: "Fragen in keiner Herkunftsliste",
    unlistedNamesNote:
      "Es kamen zu viele verschiedene Namen; jeder gelistete hat alle seine Fragen.",
    grouping: "Ähnliche Fragen",
    groupedBy: {
      words: "nach Wörtern allein",
      static: "nach der eingebauten Tabelle",
      workersAi: "durch Workers AI"
    },
    away: {
      words: "Wörter ließen sich nicht vergleichen",
      static: "Die eingebaute Tabelle war nicht lesbar",
      workersAi: "Workers AI antwortete nicht"
    },
    groupingNote: (away, by) => `${away}, daher wurden ähnliche Fragen ${by} gruppiert.`,
    unreadable: "Nicht lesbar",
    unreadableNote:
      "Beschädigt oder von anderer Version; in keiner anderen Zahl. Das Protokoll des Reporters " +
      "nennt sie.",
    answersUnread: "Nicht lesbare Antworten",
    answersUnreadNote: "Weder beantwortet noch offen; das Protokoll des Workers nennt ihre Felder.",
    waiting: "Warten auf eine Antwort",
    waitingNote: "Weniger als zehn Minuten vor der Zählung gestellt; noch nicht offen.",
    votesAlone: "Bewertungen ohne ihre Frage",
    votesAloneNote: "In keinem Anteil gezählt: Ihre Fragen sind verspätet, verloren oder gelöscht.",
    unlisted: "Nicht gelistete Fragen",
    unlistedNote: "Gezählt, aber in keiner Fragenliste: Die Woche hat zu viele verschiedene.",
    ungrouped: "Nicht verglichene Fragen",
    ungroupedNote: "Jede einzeln gelistet, auch wo andere dasselbe fragen: Die Woche hat zu viele."
  },
  freeTier: {
    covered: "Das kostenlose Kontingent von AWS deckt einen solchen Monat.",
    title: "Kostenloses Kontingent von AWS",
    caption: "Ein Monat wie diese Woche schöpft es fast aus oder überschreitet es.",
    requests: "Anfragen",
    toQueue: (n) => `höchstens ${count(n)} an die Queue`,
    calls: "Aufrufe",
    ofProcessor: (n) => `${count(n)} des Processors`,
    writes: "Schreiben",
    units: (n) => plural(n, "Einheit", "Einheiten"),
    space: "Speicher",
    inTable: (size) => `${size} in der Tabelle`,
    unknown: "unbekannt",
    of: (used, whole) => `${used} von ${whole}`,
    monthly: (n) => `${count(n)} im Monat`,
    weekly: (n) => `${count(n)} in der Woche`
  },
  about: {
    all: (n) =>
      n === 1
        ? "Das eine Ereignis ist nachgewiesen."
        : `Alle ${count(n)} Ereignisse sind nachgewiesen.`,
    allBut: (open, n) =>
      `Alle bis auf ${count(open)} von ${count(n)} Ereignissen sind nachgewiesen; ` +
      "SQS zählt nur ungefähr.",
    leftOut: (bots, own) =>
      `Nicht gezählt: ${[
        ...(bots === 0 ? [] : [`${questions(bots)} von Bots`]),
        ...(own === 0 ? [] : [plural(own, "eigene Frage", "eigene Fragen")])
      ].join(", ")}.`,
    noTokens: "Es wurden keine Tokens eines Modells verbraucht.",
    tokens: (read, written, each) =>
      `Modelle lasen ${read} und schrieben ${written}: ${count(each)} je Antwort.`,
    read: (n, cached, kept) =>
      `${plural(n, "Token", "Tokens")}` +
      `${cached === 0 ? "" : ` (${count(cached)} aus einem Cache)`}` +
      `${kept === 0 ? "" : `, behielten ${count(kept)} in einem Cache`}`,
    written: (n, reasoning) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} zum Nachdenken)`}`,
    withoutText: (n) => `${questions(n)} ohne Text, in keiner Liste.`,
    counted: (when, late, by) => `Gezählt am ${when}${late}${by}.`,
    early: ", bevor die Woche vorbei war",
    late: (days) => `, ${plural(days, "Tag", "Tage")} nach Ende der Woche`,
    by: (version) => `, mit Version ${version}`
  }
}
