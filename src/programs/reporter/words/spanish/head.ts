/** The words of the mail above its lists, and those of its layout. */
import type { Head } from "../english/head.ts"
import { answers, count, events, plural, questions, times } from "./locale.ts"

const unreadable = (n: number): string => plural(n, "respuesta ilegible", "respuestas ilegibles")

export const head: Head = {
  lower: (title) => title.toLowerCase(),
  noText: "(sin texto legible)",
  labels: {
    about: "Sobre este informe",
    all: "Total",
    also: "También:",
    asked: "Veces",
    question: "Pregunta",
    openQuote: "«",
    closeQuote: "»"
  },
  week: (id) => `semana ${id}`,
  questions,

  subject: {
    week: (asked, missed) => `${questions(asked)}, ${count(missed)} sin buena respuesta`,
    quiet: "Semana tranquila",
    again: "De nuevo: ",
    test: "[prueba] "
  },
  doubts: {
    unread: ", no leída a tiempo",
    deadLetters: (n) => `, ${plural(n, "mensaje fallido", "mensajes fallidos")}`,
    missing: ", faltan eventos",
    onlyBots: ", solo bots",
    onlyOwn: ", solo sus propias visitas",
    onlyBotsAndOwn: ", solo bots y sus propias visitas"
  },
  headline: {
    week: (asked, missed, unread) =>
      `${questions(asked)}, ${missed === 0 ? "ninguna" : count(missed)} sin buena respuesta` +
      `${unread === 0 ? "" : `, ${unreadable(unread)}`}`,
    quiet: "Una semana tranquila: ninguna pregunta",
    notOver: " (semana en curso: cifras hasta ahora)"
  },
  preheader: {
    unread: "No se pudieron leer las preguntas a tiempo.",
    doubtful: "No se registró ninguna pregunta, aunque llegaron eventos.",
    quiet: "No se registró ninguna pregunta; el informe se hizo como siempre.",
    noAnswer: "No llegó ninguna respuesta",
    noneRead: "No se pudo leer ninguna respuesta",
    answered: (share) => `${share} con respuesta`,
    within: (time) => `, 95 de cada 100 en menos de ${time}`,
    mostMissed: (missed, question) =>
      `La que más veces quedó sin buena respuesta, ${times(missed)}: «${question}». `
  },
  remarks: {
    test: "Esto es una prueba: el informe semanal sigue llegando a sus destinatarios.",
    again: (when) => `Enviado de nuevo con las cifras del ${when}.`,
    readUntil: (when) => `Cuenta las preguntas hasta el ${when}; el resto no se pudo leer a tiempo.`
  },
  footer: {
    weekly: (site) => `Usted recibe el informe semanal de ${site}.`,
    stop: (from) => ` Para dejar de recibirlo, escriba a ${from}.`,
    byHand: (site) => `Este correo se envió a mano para ${site}. No le añade a ninguna lista.`
  },

  quiet: {
    noVisitor: "Esta semana no preguntó ningún visitante.",
    noneRecorded: "Esta semana no se registraron preguntas ni respuestas.",
    noneRead: "No se pudieron leer preguntas ni respuestas.",
    before: (asked) => ` La semana anterior tuvo ${questions(asked)}.`,
    expected:
      "Si esperaba visitantes, haga una pregunta a su chatbot y compruebe que el próximo informe " +
      "la cuenta.",
    healthy:
      "El proceso parece funcionar bien: se leyó la tabla, la cola de mensajes fallidos está " +
      "vacía y este correo se envió.",
    noneFailed:
      "El proceso parece funcionar bien: se leyó la tabla, ningún mensaje falló desde el " +
      "informe anterior y este correo se envió.",
    deadLettersUnknown: "No se sabe si algún mensaje fue a la cola de mensajes fallidos.",
    doubtful: (fact, place) =>
      `Sin embargo, ${fact}. Quizá la semana no fue tranquila: revise ${place}.`,
    tableUnread: "no se pudo leer la tabla a tiempo",
    itemsUnread: (n) => `no se pudo leer ${plural(n, "elemento guardado", "elementos guardados")}`,
    lost: (n) => `el Worker no pudo enviar al menos ${events(n)}`,
    noneStored: (n) => `la cola aceptó ${events(n)}, pero no hay ninguno guardado`,
    notStored: (n) => `no se pudo guardar ${plural(n, "mensaje")}`,
    reporterLog: "el registro del reporter",
    workerLog: "el registro del Worker",
    processorLog: "el registro del processor",
    deadLetterQueue: "la cola de mensajes fallidos"
  },

  gist: {
    changed: "Mayor cambio",
    trouble: "Problema",
    unreadable: (n) =>
      `${plural(n, "elemento guardado ilegible", "elementos guardados ilegibles")}; ` +
      "vea la calidad de los datos",
    deadLetters: (n) =>
      `${plural(n, "mensaje sin guardar", "mensajes sin guardar")}; vea la calidad de los datos`,
    lost: (n) => `al menos ${events(n)} sin llegar a la cola; vea la calidad de los datos`,
    change: (name, before, now, change) => `${name}, de ${before} a ${now} (${change})`,
    still: (share) => `nada en un ${share} o más`
  },
  measures: {
    questions: "preguntas",
    sessions: "sesiones",
    answered: "parte con respuesta",
    missed: "preguntas sin buena respuesta",
    failed: "respuestas con error",
    p95: "tiempo de respuesta",
    cost: "coste"
  },
  change: {
    better: ", mejor",
    worse: ", peor",
    fromZero: "nuevo",
    none: "sin cambios",
    points: (n) => plural(n, "punto"),
    up: (less) => `sube menos de ${less}`,
    down: (less) => `baja menos de ${less}`,
    over: (most) => `más de ${most}`
  },
  cost: {
    unknown: "desconocido",
    atLeast: (dollars) => `al menos ${dollars}`,
    before: (dollars) => `${dollars} la semana anterior`,
    untold: (n) => `sin ${answers(n)} que no indicaron sus tokens`,
    unpriced: (n) => `${answers(n)} sin precio conocido`
  },
  tiles: {
    questions: "Preguntas",
    sessions: "Sesiones",
    answered: "Con respuesta",
    missed: "Pendientes",
    failed: "Errores",
    time: "Tiempo",
    means: (answered, read, unread, without) =>
      `Con respuesta, del todo o en parte: ${count(answered)} de ${answers(read)}` +
      `${unread === 0 ? "" : " legibles"}` +
      `${without === 0 ? "" : ` y ${questions(without)} sin ninguna respuesta`}.` +
      `${unread === 0 ? "" : ` Además, ${unreadable(unread)}.`}`
  },
  compared: {
    before: "Los cambios se comparan con la semana anterior.",
    notOver: "No se muestran cambios porque la semana no ha terminado.",
    unread: "No se muestran cambios porque una parte de la semana no se pudo leer.",
    beforeEmpty: "No se muestran cambios porque la semana anterior no se registró nada.",
    beforeExpired:
      "No se muestran cambios porque las preguntas de la semana anterior han caducado.",
    beforeUnread: "No se muestran cambios porque la semana anterior no se pudo leer a tiempo."
  }
}
