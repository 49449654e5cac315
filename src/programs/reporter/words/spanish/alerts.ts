/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import type { Alerts } from "../english/alerts.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

const look = "npm run ops -- tail muestra las preguntas según llegan."

const visitors = (n: number): string => plural(n, "visitante")
const votesOf = (n: number): string => plural(n, "voto")

export const alerts: Alerts = {
  once:
    "Esto se avisa una vez, y de nuevo si cesa un tiempo y vuelve; " +
    "docs/decisions/0036-watch.md dice cuándo.",
  failing: (failed, asked, since) => ({
    subject: `${count(failed)} de ${answers(asked)} con error desde el ${since}`,
    lines: [
      `Desde el ${since}, ${count(failed)} de ${questions(asked)} recibieron un error o ninguna ` +
        "respuesta.",
      "El chatbot no funciona, su modelo se niega, o sus respuestas no llegan.",
      `Haga una pregunta a su chatbot. ${look}`
    ]
  }),
  silence: (usual, since) => ({
    subject: `No ha llegado ninguna pregunta desde el ${since}`,
    lines: [
      `La última pregunta es del ${since}. En una semana tranquila llegan en ese tiempo unos ` +
        `${visitors(usual)}.`,
      "Quizá nadie preguntó. Si alguien lo hizo, los eventos no llegan: se cambió el Worker por " +
        "otro sin la analítica, se borró su clave de acceso, o el chatbot no funciona.",
      "Haga una pregunta a su chatbot. Si npm run ops -- status no la muestra en dos minutos, " +
        "npm run doctor dice qué falta."
    ]
  }),
  misses: (missed, asked, usual, since) => ({
    subject: `${count(missed)} de ${questions(asked)} sin buena respuesta desde el ${since}`,
    lines: [
      `Desde el ${since}, ${count(missed)} de ${questions(asked)} no tuvieron buena respuesta; ` +
        `lo habitual es el ${usual}.`,
      "Quizá falta una parte de la base de conocimiento, o los visitantes preguntan algo nuevo.",
      look
    ]
  }),
  gap: (askers, asked, since) => ({
    subject: `${visitors(askers)} han preguntado lo que el chatbot no sabe desde el ${since}`,
    lines: [
      `Desde el ${since}, ${visitors(askers)} hicieron la misma pregunta sin obtener una buena ` +
        `respuesta. Se hizo ${times(asked)}, y ningún informe la ha mostrado aún.`,
      "El próximo informe semanal la muestra entre las preguntas sin buena respuesta."
    ]
  }),
  votes: (down, votes, usual, since) => ({
    subject: `${count(down)} de ${votesOf(votes)} negativos desde el ${since}`,
    lines: [
      `Desde el ${since}, ${count(down)} de ${votesOf(votes)} son negativos; lo habitual es el ` +
        `${usual}.`,
      look
    ]
  }),
  cost: (sum, budget, since) => ({
    subject:
      `Las respuestas desde el ${since} cuestan ${sum}, ` +
      `más que el presupuesto de ${budget} al día`,
    lines: [
      `Las respuestas desde el ${since} cuestan ${sum}. El presupuesto es de ${budget} al día.`
    ]
  }),
  unpriced: (n, models) =>
    `No se conoce el coste de ${plural(n, "respuesta más", "respuestas más")}, que no está ` +
    `en esta ` +
    `suma.${models === "" ? "" : ` Sin precio conocido: ${models}.`}`
}
