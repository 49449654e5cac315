/** The words of the mail above its lists, and those of its layout. */
import type { Head } from "../english/head.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

export const head: Head = {
  lower: (title) => title,
  noText: "(kein lesbarer Text)",
  labels: {
    about: "Über diesen Bericht",
    all: "Alle",
    also: "Auch:",
    asked: "Gestellt",
    question: "Frage",
    openQuote: "„",
    closeQuote: "“"
  },
  week: (id) => `Woche ${id}`,
  questions,

  subject: {
    week: (asked, missed) => `${questions(asked)}, ${count(missed)} ohne gute Antwort`,
    quiet: "Ruhige Woche",
    again: "Erneut: ",
    test: "[Test] "
  },
  doubts: {
    unread: ", nicht rechtzeitig gelesen",
    deadLetters: (n) => `, ${plural(n, "Nachricht", "Nachrichten")} nicht verarbeitet`,
    missing: ", Ereignisse fehlen",
    onlyBots: ", nur Bots fragten",
    onlyOwn: ", nur Sie selbst fragten",
    onlyBotsAndOwn: ", nur Bots und Sie selbst fragten"
  },
  headline: {
    week: (asked, missed, unread) =>
      `${questions(asked)}, ${missed === 0 ? "keine" : `davon ${count(missed)}`} ` +
      `ohne gute Antwort${unread === 0 ? "" : `, ${answers(unread)} nicht lesbar`}`,
    quiet: "Eine ruhige Woche: keine Fragen",
    notOver: " (noch nicht vorbei: der Stand bisher)"
  },
  preheader: {
    unread: "Die Fragen konnten nicht rechtzeitig gelesen werden.",
    doubtful: "Keine Frage wurde erfasst, obwohl Ereignisse eintrafen.",
    quiet: "Keine Frage wurde erfasst; der Bericht lief wie gewohnt.",
    noAnswer: "Keine Antwort traf ein",
    noneRead: "Keine Antwort war lesbar",
    answered: (share) => `${share} beantwortet`,
    within: (time) => `, 95 von 100 innerhalb von ${time}`,
    mostMissed: (missed, question) => `Am häufigsten offen, ${times(missed)}: „${question}“. `
  },
  remarks: {
    test: "Dies ist ein Test: Der Wochenbericht geht weiterhin an seine Empfänger.",
    again: (when) => `Erneut gesendet mit den Zahlen vom ${when}.`,
    readUntil: (when) =>
      `Zählt die Fragen bis ${when}; der Rest konnte nicht rechtzeitig gelesen werden.`
  },
  footer: {
    weekly: (site) => `Sie erhalten den Wochenbericht von ${site}.`,
    stop: (from) => ` Um ihn abzubestellen, schreiben Sie an ${from}.`,
    byHand: (site) =>
      `Diese Mail wurde von Hand für ${site} gesendet. Sie kommen dadurch auf keine Liste.`
  },

  quiet: {
    noVisitor: "In dieser Woche hat kein Besucher gefragt.",
    noneRecorded: "In dieser Woche wurden keine Fragen oder Antworten erfasst.",
    noneRead: "Es konnten keine Fragen oder Antworten gelesen werden.",
    before: (asked) => ` Die Vorwoche hatte ${questions(asked)}.`,
    expected:
      "Wenn Sie Besucher erwartet haben, stellen Sie Ihrem Chatbot eine Frage und prüfen Sie, ob " +
      "der nächste Bericht sie zählt.",
    healthy:
      "Die Verarbeitung läuft: Die Tabelle wurde gelesen, die Dead-Letter-Queue ist leer, und " +
      "diese Mail wurde gesendet.",
    noneFailed:
      "Die Verarbeitung läuft: Die Tabelle wurde gelesen, seit dem vorigen Bericht ist " +
      "keine Nachricht gescheitert, und diese Mail wurde gesendet.",
    deadLettersUnknown:
      "Ob stattdessen Nachrichten in der Dead-Letter-Queue liegen, ist nicht bekannt.",
    doubtful: (fact, place) =>
      `Allerdings: ${fact}. Vielleicht war die Woche nicht ruhig; prüfen Sie ${place}.`,
    tableUnread: "Die Tabelle konnte nicht rechtzeitig gelesen werden",
    itemsUnread: (n) =>
      plural(
        n,
        "gespeicherter Eintrag konnte nicht gelesen werden",
        "gespeicherte Einträge konnten nicht gelesen werden"
      ),
    lost: (n) => `Mindestens ${plural(n, "Ereignis", "Ereignisse")} konnte der Worker nicht senden`,
    noneStored: (n) =>
      `Die Queue hat ${plural(n, "Ereignis", "Ereignisse")} angenommen, ` +
      "aber keines ist gespeichert",
    notStored: (n) =>
      plural(
        n,
        "Nachricht konnte nicht gespeichert werden",
        "Nachrichten konnten nicht gespeichert werden"
      ),
    reporterLog: "das Protokoll des Reporters",
    workerLog: "das Protokoll des Workers",
    processorLog: "das Protokoll des Processors",
    deadLetterQueue: "die Dead-Letter-Queue"
  },

  gist: {
    changed: "Größte Änderung",
    trouble: "Störung",
    unreadable: (n) =>
      `${plural(n, "gespeicherter Eintrag", "gespeicherte Einträge")} nicht lesbar; ` +
      "siehe Datenqualität",
    deadLetters: (n) =>
      `${plural(n, "Nachricht", "Nachrichten")} nicht gespeichert; siehe Datenqualität`,
    lost: (n) =>
      `mindestens ${plural(n, "Ereignis", "Ereignisse")} nie in der Queue angekommen; ` +
      "siehe Datenqualität",
    change: (name, before, now, change) => `${name}, von ${before} auf ${now} (${change})`,
    still: (share) => `nichts um ${share} oder mehr`
  },
  measures: {
    questions: "Fragen",
    sessions: "Sitzungen",
    answered: "Anteil beantwortet",
    missed: "offene Fragen",
    failed: "fehlgeschlagene Antworten",
    p95: "Antwortzeit",
    cost: "Kosten"
  },
  change: {
    better: ", besser",
    worse: ", schlechter",
    fromZero: "neu",
    none: "unverändert",
    points: (n) => plural(n, "Punkt", "Punkte"),
    up: (less) => `um weniger als ${less} gestiegen`,
    down: (less) => `um weniger als ${less} gesunken`,
    over: (most) => `über ${most}`
  },
  cost: {
    unknown: "unbekannt",
    atLeast: (dollars) => `mindestens ${dollars}`,
    before: (dollars) => `${dollars} in der Vorwoche`,
    untold: (n) => `ohne ${answers(n)}, zu denen keine Tokens gemeldet wurden`,
    unpriced: (n) => `${answers(n)} ohne bekannten Preis`
  },
  tiles: {
    questions: "Fragen",
    sessions: "Sitzungen",
    answered: "Beantwortet",
    missed: "Offen",
    failed: "Fehler",
    time: "Antwortzeit",
    means: (answered, read, unread, without) =>
      `Beantwortet heißt ganz oder teilweise: ${count(answered)} von ${answers(read)}` +
      `${unread === 0 ? "" : ", soweit lesbar,"}` +
      `${without === 0 ? "" : ` und ${questions(without)} ganz ohne Antwort`}.` +
      `${unread === 0 ? "" : ` Dazu ${answers(unread)}, nicht lesbar.`}`
  },
  compared: {
    before: "Änderungen gegenüber der Vorwoche.",
    notOver: "Änderungen fehlen, weil die Woche noch nicht vorbei ist.",
    unread: "Änderungen fehlen, weil ein Teil der Woche nicht gelesen werden konnte.",
    beforeEmpty: "Änderungen fehlen, weil in der Vorwoche nichts erfasst wurde.",
    beforeExpired: "Änderungen fehlen, weil die Fragen der Vorwoche abgelaufen sind.",
    beforeUnread: "Änderungen fehlen, weil die Vorwoche nicht rechtzeitig gelesen werden konnte."
  }
}
