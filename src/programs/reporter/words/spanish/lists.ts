/** The words of the lists of questions. */
import type { Lists } from "../english/lists.ts"
import { plural, times } from "./locale.ts"

export const lists: Lists = {
  list: {
    first: (n) => ` Se muestran las ${n} primeras.`,
    alsoAnswered: " Algunas tuvieron respuesta en otras ocasiones.",
    ignored: (n) => ` Se omite ${plural(n, "laguna ignorada", "lagunas ignoradas")}.`
  },
  ratings: {
    title: "Mal valoradas",
    answeredFirst: "Primero las que por sus palabras parecen respondidas.",
    noneAnswered: "Ninguna parece respondida por sus palabras.",
    noText: "(sin su texto)",
    visitor: (reason) => `visitante: ${reason}`,
    answer: "Respuesta:",
    comment: "Comentario:",
    verdicts: {
      full: "parece respondida",
      partial: "parece respondida en parte",
      none: "parece sin responder",
      unknown: "respuesta ilegible",
      failed: "respuesta con error",
      noAnswer: "no llegó respuesta"
    },
    reasons: {
      wrong: "incorrecta",
      incomplete: "incompleta",
      outdated: "desactualizada",
      off_topic: "fuera de tema",
      unclear: "poco clara",
      other: "otro motivo"
    }
  },
  missed: {
    title: "Preguntas sin buena respuesta",
    caption: "Primero las más frecuentes.",
    none: "Ninguna esta semana.",
    unlisted:
      "Ninguna que mostrar: solo quedan saludos, agradecimientos o respuestas sin su pregunta.",
    unlistedWithoutText:
      "Ninguna que mostrar: solo quedan saludos, agradecimientos, respuestas sin su pregunta o " +
      "preguntas sin texto.",
    columns: { missed: "pend.", again: "repet.", before: "antes", sessions: "sesiones" },
    of: (missed, asked) => `${missed} de ${asked} sin buena respuesta`,
    again: (again) => `repetida tras ${again} de ellas`,
    sessions: (n) => `en ${plural(n, "sesión", "sesiones")}`,
    before: (n) => (n === 0 ? "ninguna la semana anterior" : `${times(n)} la semana anterior`),
    since: (monday) => `cada semana desde el ${monday}`,
    fromZero: "nueva",
    lastAnswer: "Última respuesta:",
    lastRepeated: "Última respuesta: la citada más arriba.",
    lastFailed: "La última respuesta dio un error.",
    lastSilent: "La última vez no llegó respuesta."
  },
  closed: {
    title: "Ya con respuesta",
    caption: "Sin buena respuesta la semana anterior, pero no esta semana.",
    missed: (n) => `${times(n)} sin buena respuesta la semana anterior`
  },
  top: {
    title: "Preguntas más frecuentes",
    caption: "Las preguntas parecidas cuentan como una.",
    none: "No llegó ninguna pregunta.",
    withoutText: "Las preguntas se contaron sin su texto.",
    before: (n) => `${times(n)} la semana anterior`,
    wordings: (n) => plural(n, "redacción", "redacciones"),
    columns: {
      full: "sí",
      partial: "en parte",
      none: "no",
      unknown: "ilegible",
      failed: "error",
      noAnswer: "nada"
    },
    outcomes: {
      full: (n) => `${n} con respuesta`,
      partial: (n) => `${n} en parte`,
      none: (n) => `${n} sin responder`,
      unknown: (n) => `${n} ilegible`,
      failed: (n) => `${n} con error`,
      noAnswer: (n) => `${n} sin nada`
    }
  },
  hidden: {
    title: "Preguntas",
    caption: "Las preguntas parecidas cuentan como una; los ajustes ocultan su texto.",
    columns: { outcome: "Resultado", questions: "Preguntas" },
    missed: "Sin buena respuesta",
    closed: "Pendientes antes, ya con respuesta",
    gaps: (fate) => `Lagunas: ${fate}`,
    orMore: (n) => `${n} o más`,
    line: (outcome, amount) => `Preguntas, las parecidas contadas una vez - ${outcome}: ${amount}`
  },
  gaps: {
    title: "Lagunas que usted ha cubierto",
    caption: "Una laguna queda cerrada cuando la pregunta vuelve y recibe una buena respuesta.",
    columns: { became: "estado", gap: "laguna" },
    cells: { back: "ha vuelto", closed: "cerrada", quiet: "sin preguntar" },
    fates: {
      back: "ha vuelto",
      closed: "cerrada desde la semana anterior",
      quiet: "cubierta, pero sin preguntar desde entonces"
    },
    missed: (n) => `${times(n)} sin buena respuesta`,
    asked: (n) => `${times(n)} desde entonces, siempre con buena respuesta`
  }
}
