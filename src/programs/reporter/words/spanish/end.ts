/** The words of the end of the mail: data health, free tier, and how it was counted. */
import type { End } from "../english/end.ts"
import { count, events, plural, questions } from "./locale.ts"

export const end: End = {
  health: {
    title: "Calidad de los datos",
    caption: "Contado en eventos: preguntas, respuestas y votos.",
    columns: { state: "Estado", number: "Número" },
    unknown: "desconocido",
    notRead: "No se pudo leer cuando se hizo este informe.",
    accepted: "Aceptados",
    fateUnknown: "No se sabe qué fue de ellos.",
    all: "Todos los eventos están localizados.",
    open: (n) => `${count(n)} sin localizar: aún en camino, o mal contados.`,
    seeProcessorLog: " Vea el registro del processor.",
    stored: "Guardados",
    duplicates: "Duplicados ignorados",
    stoppedByQueue: (n) => `La cola detuvo ${count(n)} más. `,
    conflicts: (n) => `${count(n)} no eran iguales al primero, que se conservó.`,
    lost: "Perdidos en el borde",
    lostNone: "ninguno",
    lostNoneNote: "Que el Worker sepa.",
    lostAtLeast: (n) => `al menos ${count(n)}`,
    lostNote: "No se pudo llegar a la cola a tiempo; el registro del Worker dice cuándo.",
    noAnswer: "Sin ninguna respuesta",
    noAnswerNote: "Sus respuestas llegan tarde o se perdieron.",
    noQuestion: "A la espera de una pregunta",
    noQuestionNote: "Sus preguntas llegan tarde o se perdieron.",
    deadLetters: "Mensajes fallidos",
    deadLettersNote: "De cualquier semana; esperan en la cola de mensajes fallidos.",
    deadLettersAdded: (n) =>
      `${count(n)} desde el informe anterior; todos esperan en la cola de mensajes fallidos.`,
    capped: "Sumas demasiado bajas",
    cappedNote: "Un número de esta semana es mayor de lo que se puede sumar.",
    sums: { lost: "eventos perdidos", tokens: "tokens" },
    unlistedNames: "Preguntas sin procedencia",
    unlistedNamesNote:
      "Llegaron demasiados nombres distintos; cada uno de la lista tiene todas sus preguntas.",
    grouping: "Preguntas parecidas",
    groupedBy: {
      words: "solo por las palabras",
      static: "por la tabla incluida",
      workersAi: "por Workers AI"
    },
    away: {
      words: "No se pudieron comparar las palabras",
      static: "No se pudo leer la tabla incluida",
      workersAi: "Workers AI no respondió"
    },
    groupingNote: (away, by) => `${away}; por eso las preguntas parecidas se agruparon ${by}.`,
    unreadable: "Ilegibles",
    unreadableNote:
      "Dañados o de otra versión; en ningún otro número. El registro del reporter los nombra.",
    answersUnread: "Respuestas ilegibles",
    answersUnreadNote: "Ni con respuesta ni pendientes; el registro del Worker nombra sus campos.",
    waiting: "A la espera de respuesta",
    waitingNote: "Hechas menos de diez minutos antes del recuento; aún no pendientes.",
    votesAlone: "Votos sin su pregunta",
    votesAloneNote: "En ninguna parte: sus preguntas llegan tarde, se perdieron o se borraron.",
    unlisted: "Preguntas no mostradas",
    unlistedNote: "Contadas, pero en ninguna lista: la semana tiene demasiadas distintas.",
    ungrouped: "Preguntas no comparadas",
    ungroupedNote: "Mostradas una a una, aunque otras sean iguales: la semana tiene demasiadas."
  },
  freeTier: {
    covered: "La capa gratuita de AWS cubre un mes como este.",
    title: "Capa gratuita de AWS",
    caption: "Un mes como esta semana se acerca a su límite, o lo supera.",
    requests: "Solicitudes",
    toQueue: (n) => `como mucho ${count(n)} a la cola`,
    calls: "Llamadas",
    ofProcessor: (n) => `${count(n)} del processor`,
    writes: "Escrituras",
    units: (n) => plural(n, "unidad", "unidades"),
    space: "Espacio",
    inTable: (size) => `${size} en la tabla`,
    unknown: "desconocido",
    of: (used, whole) => `${used} de ${whole}`,
    monthly: (n) => `${count(n)} al mes`,
    weekly: (n) => `${count(n)} a la semana`
  },
  about: {
    all: (n) => (n === 1 ? "El evento está localizado." : `Los ${events(n)} están localizados.`),
    allBut: (open, n) =>
      `${events(n)}, todos localizados menos ${count(open)}; SQS cuenta de forma aproximada.`,
    leftOut: (bots, own) =>
      `No se cuentan: ${[
        ...(bots === 0 ? [] : [`${questions(bots)} de bots`]),
        ...(own === 0 ? [] : [plural(own, "pregunta propia", "preguntas propias")])
      ].join(", ")}.`,
    noTokens: "No se usó ningún token de modelos.",
    tokens: (read, written, each) =>
      `Los modelos leyeron ${read} y escribieron ${written}: ${count(each)} por respuesta.`,
    read: (n, cached, kept) =>
      `${plural(n, "token")}${cached === 0 ? "" : ` (${count(cached)} de una caché)`}` +
      `${kept === 0 ? "" : `, guardaron ${count(kept)} en una caché`}`,
    written: (n, reasoning) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} de razonamiento)`}`,
    withoutText: (n) => `${questions(n)} sin texto, en ninguna lista.`,
    counted: (when, late, by) => `Contado el ${when}${late}${by}.`,
    early: ", antes de que terminara la semana",
    late: (days) => `, ${plural(days, "día")} después del fin de la semana`,
    by: (version) => ` por la versión ${version}`
  }
}
