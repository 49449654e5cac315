/** The words of the tables of figures. */
import type { Figures } from "../english/figures.ts"
import { answers, count, plural, questions } from "./locale.ts"

const talks = (n: number): string => plural(n, "conversación", "conversaciones")
const votes = (n: number): string => plural(n, "voto")

export const figures: Figures = {
  conversations: {
    title: "Conversaciones",
    caption: "Las preguntas de una sesión son una conversación.",
    length: "Longitud",
    lengths: (all, mean, median, single) =>
      `${talks(all)} con ${mean} preguntas de media; la mitad tiene ` +
      `${median === 1 ? "una" : `${count(median)} o menos`}, ` +
      `y ${count(single)} ${single === 1 ? "tiene" : "tienen"} una sola`,
    askedAgain: "Repetida",
    again: (again, missed) =>
      `tras ${count(again)} de ${answers(missed)} que no ayudaron o tuvieron un voto ` +
      `negativo: la ` +
      "misma pregunta en menos de diez minutos, quizá con otras palabras",
    ended: "Fin sin respuesta",
    endedOn: (missed, all) => `${count(missed)} de ${talks(all)}`,
    othersUnknown: "; no se sabe cómo terminaron las demás"
  },
  trend: {
    title: (weeks) => (weeks === 2 ? "Dos semanas" : `Las últimas ${weeks} semanas`),
    caption: "La última fila es esta semana; se omiten las semanas sin informe completo.",
    captionSoFar:
      "La última fila es la semana en curso; se omiten las semanas sin informe completo.",
    columns: { week: "Semana del", questions: "Preguntas", missed: "Pend." },
    late: (asked, answered) =>
      "Llegaron después del informe de la semana anterior: " +
      `${[
        ...(asked === 0 ? [] : [questions(asked)]),
        ...(answered === 0 ? [] : [answers(answered)])
      ].join(" y ")}.`
  },
  heat: {
    title: "Preguntas por día y hora",
    span: (from, to) => `${from} a ${to}`,
    caption: (day, span, asked, zone) =>
      `Máximo: ${day}, ${span}, ${questions(asked)}. ` +
      `Cada columna son cuatro horas, en la hora de ${zone}.`
  },
  visitors: {
    title: "Visitantes",
    caption: "Partes del total de preguntas.",
    countries: "Países",
    languages: "Idiomas",
    devices: "Dispositivos",
    referrers: "Procedencia",
    others: "y otros",
    notRecognised: "no reconocido",
    inOther: (asked, answered, n) =>
      `Preguntado en ${asked}, respondido en ${answered}: ${questions(n)}.`,
    deviceNames: { desktop: "Ordenador", mobile: "Móvil", tablet: "Tableta", tv: "Televisor" }
  },
  votes: {
    title: "Valoraciones",
    caption: "La parte de todos los visitantes está en ese intervalo 95 de cada 100 veces.",
    down: "Votos negativos",
    share: (down, all, low, high) => `${count(down)} de ${votes(all)}: entre ${low} y ${high}`,
    downThoughAnswered: "Negativo con respuesta",
    upThoughMissed: "Positivo sin respuesta"
  },
  answers: {
    title: "Respuestas",
    caption: "De la pregunta a la respuesta.",
    ready: "Listas",
    times: (half, most, all) =>
      `la mitad en menos de ${half}, 95 de cada 100 en menos de ${most}, ` +
      `99 de cada 100 en menos de ${all}`,
    scores: "Coincidencia",
    scoreNames: ["nula", "débil", "media", "buena", "fuerte"],
    model: "Modelo",
    cost: "Coste"
  },
  models: {
    title: "Modelos",
    caption: "Preguntas según el modelo que respondió, o que no pudo.",
    columns: { model: "Modelo", questions: "Preguntas" },
    untold: "Modelo no indicado",
    further: "Otros modelos",
    missed: (n) => `${count(n)} sin buena respuesta`,
    within: (time) => `95 de cada 100 en menos de ${time}`,
    costUnknown: "coste desconocido"
  }
}
