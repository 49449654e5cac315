/** The words of the tables of figures. */
import type { Figures } from "../english/figures.ts"
import { answers, count, plural, questions } from "./locale.ts"

const talks = (n: number): string => plural(n, "conversa")
const votes = (n: number): string => plural(n, "voto")

export const figures: Figures = {
  conversations: {
    title: "Conversas",
    caption: "As perguntas de uma sessão são uma conversa.",
    length: "Tamanho",
    lengths: (all, mean, median, single) =>
      `${talks(all)} com ${mean} perguntas em média; a metade tem ` +
      `${median === 1 ? "uma" : `${count(median)} ou menos`}, ` +
      `e ${count(single)} ${single < 2 ? "tem" : "têm"} uma só`,
    askedAgain: "Repetida",
    again: (again, missed) =>
      `após ${count(again)} de ${answers(missed)} que não ajudaram ou receberam um voto ` +
      `negativo: ` +
      "a mesma pergunta em até dez minutos, talvez com outras palavras",
    ended: "Fim sem resposta",
    endedOn: (missed, all) => `${count(missed)} de ${talks(all)}`,
    othersUnknown: "; não se sabe como as outras terminaram"
  },
  trend: {
    title: (weeks) => (weeks === 2 ? "Duas semanas" : `As últimas ${weeks} semanas`),
    caption: "A última linha é esta semana; semanas sem relatório completo ficam de fora.",
    captionSoFar:
      "A última linha é a semana em andamento; semanas sem relatório completo ficam de fora.",
    columns: { week: "Semana de", questions: "Perguntas", missed: "Pend." },
    late: (asked, answered) =>
      "Chegaram depois do relatório da semana anterior: " +
      `${[
        ...(asked === 0 ? [] : [questions(asked)]),
        ...(answered === 0 ? [] : [answers(answered)])
      ].join(" e ")}.`
  },
  heat: {
    title: "Perguntas por dia e hora",
    span: (from, to) => `${from} a ${to}`,
    caption: (day, span, asked, zone) =>
      `Máximo: ${day}, ${span}, ${questions(asked)}. ` +
      `Cada coluna são quatro horas, no horário de ${zone}.`
  },
  visitors: {
    title: "Visitantes",
    caption: "Parcelas do total de perguntas.",
    countries: "Países",
    languages: "Idiomas",
    devices: "Dispositivos",
    referrers: "Origem",
    others: "e outros",
    notRecognised: "não reconhecido",
    inOther: (asked, answered, n) =>
      `Pergunta em ${asked}, resposta em ${answered}: ${questions(n)}.`,
    deviceNames: { desktop: "Computador", mobile: "Celular", tablet: "Tablet", tv: "TV" }
  },
  votes: {
    title: "Votos",
    caption: "A parcela de todos os visitantes fica no intervalo 95 vezes em 100.",
    down: "Votos negativos",
    share: (down, all, low, high) => `${count(down)} de ${votes(all)}: entre ${low} e ${high}`,
    downThoughAnswered: "Negativo com resposta",
    upThoughMissed: "Positivo sem resposta"
  },
  answers: {
    title: "Respostas",
    caption: "Da pergunta à resposta.",
    ready: "Prontas",
    times: (half, most, all) =>
      `metade em até ${half}, 95 de cada 100 em até ${most}, 99 de cada 100 em até ${all}`,
    scores: "Correspondência",
    scoreNames: ["nula", "fraca", "média", "boa", "forte"],
    model: "Modelo",
    cost: "Custo"
  },
  models: {
    title: "Modelos",
    caption: "Perguntas por modelo que respondeu, ou que não conseguiu.",
    columns: { model: "Modelo", questions: "Perguntas" },
    untold: "Modelo não informado",
    further: "Outros modelos",
    missed: (n) => `${count(n)} sem boa resposta`,
    within: (time) => `95 de cada 100 em até ${time}`,
    costUnknown: "custo desconhecido"
  }
}
