/** What the watch tells: a subject, and sentences on what was found, what it means, what to do. */
import type { Alerts } from "../english/alerts.ts"
import { answers, count, plural, questions, times } from "./locale.ts"

const look = "npm run ops -- tail mostra as perguntas à medida que chegam."

const visitors = (n: number): string => plural(n, "visitante")
const votesOf = (n: number): string => plural(n, "voto")

export const alerts: Alerts = {
  once:
    "Isto é avisado uma vez, e de novo se parar por um tempo e voltar; " +
    "docs/decisions/0036-watch.md diz quando.",
  failing: (failed, asked, since) => ({
    subject: `${count(failed)} de ${answers(asked)} com erro desde ${since}`,
    lines: [
      `Desde ${since}, ${count(failed)} de ${questions(asked)} receberam um erro ou nenhuma ` +
        "resposta.",
      "O chatbot está fora do ar, seu modelo se recusa, ou suas respostas não chegam.",
      `Faça uma pergunta ao seu chatbot. ${look}`
    ]
  }),
  silence: (usual, since) => ({
    subject: `Nenhuma pergunta chegou desde ${since}`,
    lines: [
      `A última pergunta é de ${since}. Em uma semana tranquila chegam nesse tempo cerca de ` +
        `${visitors(usual)}.`,
      "Talvez ninguém tenha perguntado. Se alguém perguntou, os eventos não chegam: o Worker foi " +
        "substituído por outro sem a análise, sua chave de acesso foi apagada, ou o chatbot está " +
        "fora do ar.",
      "Faça uma pergunta ao seu chatbot. Se npm run ops -- status não a mostrar em dois minutos, " +
        "npm run doctor diz o que falta."
    ]
  }),
  misses: (missed, asked, usual, since) => ({
    subject: `${count(missed)} de ${questions(asked)} sem boa resposta desde ${since}`,
    lines: [
      `Desde ${since}, ${count(missed)} de ${questions(asked)} não tiveram boa resposta; ` +
        `o habitual é ${usual}.`,
      "Talvez falte uma parte da base de conhecimento, ou os visitantes perguntem algo novo.",
      look
    ]
  }),
  gap: (askers, asked, since) => ({
    subject: `${visitors(askers)} perguntaram o que o chatbot não sabe desde ${since}`,
    lines: [
      `Desde ${since}, ${visitors(askers)} fizeram a mesma pergunta sem obter uma boa resposta. ` +
        `Ela foi feita ${times(asked)}, e nenhum relatório a mostrou ainda.`,
      "O próximo relatório semanal a mostra entre as perguntas sem boa resposta."
    ]
  }),
  votes: (down, votes, usual, since) => ({
    subject: `${count(down)} de ${votesOf(votes)} negativos desde ${since}`,
    lines: [
      `Desde ${since}, ${count(down)} de ${votesOf(votes)} são negativos; o habitual é ${usual}.`,
      look
    ]
  }),
  cost: (sum, budget, since) => ({
    subject: `As respostas desde ${since} custam ${sum}, mais que o orçamento de ${budget} por dia`,
    lines: [`As respostas desde ${since} custam ${sum}. O orçamento é de ${budget} por dia.`]
  }),
  unpriced: (n, models) =>
    `Não se conhece o custo de ${plural(n, "outra resposta", "outras respostas")}, que não está ` +
    `nesta soma.${models === "" ? "" : ` Sem preço conhecido: ${models}.`}`
}
