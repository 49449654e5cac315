/** The words of the lists of questions. */
import type { Lists } from "../english/lists.ts"
import { plural, times } from "./locale.ts"

export const lists: Lists = {
  list: {
    first: (n) => ` Aparecem as ${n} primeiras.`,
    alsoAnswered: " Algumas tiveram resposta em outros momentos.",
    ignored: (n) =>
      ` ${plural(n, "lacuna ignorada fica de fora", "lacunas ignoradas ficam de fora")}.`
  },
  ratings: {
    title: "Mal avaliadas",
    answeredFirst: "Primeiro as que pelas palavras parecem respondidas.",
    noneAnswered: "Nenhuma parece respondida pelas suas palavras.",
    noText: "(sem o seu texto)",
    visitor: (reason) => `visitante: ${reason}`,
    answer: "Resposta:",
    comment: "Comentário:",
    verdicts: {
      full: "parece respondida",
      partial: "parece respondida em parte",
      none: "parece não respondida",
      unknown: "resposta ilegível",
      failed: "resposta com erro",
      noAnswer: "nenhuma resposta chegou"
    },
    reasons: {
      wrong: "errada",
      incomplete: "incompleta",
      outdated: "desatualizada",
      off_topic: "fora do assunto",
      unclear: "pouco clara",
      other: "outro motivo"
    }
  },
  missed: {
    title: "Perguntas sem boa resposta",
    caption: "Primeiro as mais frequentes.",
    none: "Nenhuma nesta semana.",
    unlisted:
      "Nenhuma para listar: restam apenas saudações, agradecimentos ou respostas sem a sua " +
      "pergunta.",
    unlistedWithoutText:
      "Nenhuma para listar: restam apenas saudações, agradecimentos, respostas sem a sua " +
      "pergunta " +
      "ou perguntas sem texto.",
    columns: { missed: "pend.", again: "repet.", before: "antes", sessions: "sessões" },
    of: (missed, asked) => `${missed} de ${asked} sem boa resposta`,
    again: (again) => `repetida após ${again} delas`,
    sessions: (n) => `em ${plural(n, "sessão", "sessões")}`,
    before: (n) => (n === 0 ? "nenhuma na semana anterior" : `${times(n)} na semana anterior`),
    since: (monday) => `toda semana desde ${monday}`,
    fromZero: "nova",
    lastAnswer: "Última resposta:",
    lastRepeated: "Última resposta: a citada mais acima.",
    lastFailed: "A última resposta falhou.",
    lastSilent: "Na última vez não chegou resposta."
  },
  closed: {
    title: "Agora com resposta",
    caption: "Sem boa resposta na semana anterior, mas não nesta semana.",
    missed: (n) => `${times(n)} sem boa resposta na semana anterior`
  },
  top: {
    title: "Perguntas mais frequentes",
    caption: "Perguntas parecidas contam como uma.",
    none: "Nenhuma pergunta chegou.",
    withoutText: "As perguntas foram contadas sem o seu texto.",
    before: (n) => `${times(n)} na semana anterior`,
    wordings: (n) => plural(n, "formulação", "formulações"),
    columns: {
      full: "sim",
      partial: "em parte",
      none: "não",
      unknown: "ilegível",
      failed: "erro",
      noAnswer: "nada"
    },
    outcomes: {
      full: (n) => `${n} com resposta`,
      partial: (n) => `${n} em parte`,
      none: (n) => `${n} sem resposta`,
      unknown: (n) => `${n} ilegível`,
      failed: (n) => `${n} com erro`,
      noAnswer: (n) => `${n} sem nada`
    }
  },
  hidden: {
    title: "Perguntas",
    caption: "Perguntas parecidas contam como uma; as configurações ocultam o texto delas.",
    columns: { outcome: "Resultado", questions: "Perguntas" },
    missed: "Sem boa resposta",
    closed: "Pendentes antes, agora com resposta",
    gaps: (fate) => `Lacunas: ${fate}`,
    orMore: (n) => `${n} ou mais`,
    line: (outcome, amount) => `Perguntas, as parecidas contadas uma vez - ${outcome}: ${amount}`
  },
  gaps: {
    title: "Lacunas que você respondeu",
    caption: "Uma lacuna está fechada quando a pergunta volta e recebe uma boa resposta.",
    columns: { became: "estado", gap: "lacuna" },
    cells: { back: "voltou", closed: "fechada", quiet: "não perguntada" },
    fates: {
      back: "voltou",
      closed: "fechada desde a semana anterior",
      quiet: "respondida, mas não perguntada desde então"
    },
    missed: (n) => `${times(n)} sem boa resposta`,
    asked: (n) => `${times(n)} desde então, sempre com boa resposta`
  }
}
