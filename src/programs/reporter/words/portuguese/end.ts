/** The words of the end of the mail: data health, free tier, and how it was counted. */
import type { End } from "../english/end.ts"
import { count, events, plural, questions } from "./locale.ts"

export const end: End = {
  health: {
    title: "Qualidade dos dados",
    caption: "Contado em eventos: perguntas, respostas e votos.",
    columns: { state: "Estado", number: "Número" },
    unknown: "desconhecido",
    notRead: "Não pôde ser lido quando este relatório foi feito.",
    accepted: "Aceitos",
    fateUnknown: "Não se sabe o que foi feito deles.",
    all: "Todos os eventos estão localizados.",
    open: (n) => `${count(n)} não localizados: ainda a caminho, ou mal contados.`,
    seeProcessorLog: " Veja o log do processor.",
    stored: "Gravados",
    duplicates: "Duplicados ignorados",
    stoppedByQueue: (n) => `A fila barrou mais ${count(n)}. `,
    conflicts: (n) => `${count(n)} diferiam do primeiro, que foi mantido.`,
    lost: "Perdidos na borda",
    lostNone: "nenhum",
    lostNoneNote: "Até onde o Worker sabe.",
    lostAtLeast: (n) => `pelo menos ${count(n)}`,
    lostNote: "A fila não pôde ser alcançada a tempo; o log do Worker diz quando.",
    noAnswer: "Sem nenhuma resposta",
    noAnswerNote: "Suas respostas estão atrasadas ou perdidas.",
    noQuestion: "À espera de uma pergunta",
    noQuestionNote: "Suas perguntas estão atrasadas ou perdidas.",
    deadLetters: "Mensagens com falha",
    deadLettersNote: "De qualquer semana; elas esperam na fila de mensagens com falha.",
    deadLettersAdded: (n) =>
      `${count(n)} desde o relatório anterior; todas esperam na fila de mensagens com falha.`,
    capped: "Somas baixas demais",
    cappedNote: "Um número desta semana é maior do que se pode somar.",
    sums: { lost: "eventos perdidos", tokens: "tokens" },
    unlistedNames: "Perguntas sem origem listada",
    unlistedNamesNote:
      "Chegaram nomes diferentes demais; cada nome listado tem todas as suas perguntas.",
    grouping: "Perguntas parecidas",
    groupedBy: {
      words: "só pelas palavras",
      static: "pela tabela embutida",
      workersAi: "pelo Workers AI"
    },
    away: {
      words: "As palavras não puderam ser comparadas",
      static: "A tabela embutida não pôde ser lida",
      workersAi: "O Workers AI não respondeu"
    },
    groupingNote: (away, by) => `${away}; por isso as perguntas parecidas foram agrupadas ${by}.`,
    unreadable: "Ilegíveis",
    unreadableNote:
      "Danificados ou de outra versão; em nenhum outro número. O log do reporter os nomeia.",
    answersUnread: "Respostas ilegíveis",
    answersUnreadNote: "Nem com resposta nem pendentes; o log do Worker nomeia seus campos.",
    waiting: "À espera de resposta",
    waitingNote: "Feitas menos de dez minutos antes da contagem; ainda não pendentes.",
    votesAlone: "Votos sem a sua pergunta",
    votesAloneNote: "Em nenhuma parcela: suas perguntas estão atrasadas, perdidas ou apagadas.",
    unlisted: "Perguntas não listadas",
    unlistedNote: "Contadas, mas em nenhuma lista: a semana tem perguntas diferentes demais.",
    ungrouped: "Perguntas não comparadas",
    ungroupedNote: "Listadas uma a uma, mesmo que outras sejam iguais: a semana tem demais."
  },
  freeTier: {
    covered: "O nível gratuito da AWS cobre um mês como este.",
    title: "Nível gratuito da AWS",
    caption: "Um mês como esta semana chega perto do limite, ou o ultrapassa.",
    requests: "Solicitações",
    toQueue: (n) => `no máximo ${count(n)} para a fila`,
    calls: "Chamadas",
    ofProcessor: (n) => `${count(n)} do processor`,
    writes: "Gravações",
    units: (n) => plural(n, "unidade"),
    space: "Espaço",
    inTable: (size) => `${size} na tabela`,
    unknown: "desconhecido",
    of: (used, whole) => `${used} de ${whole}`,
    monthly: (n) => `${count(n)} por mês`,
    weekly: (n) => `${count(n)} por semana`
  },
  about: {
    all: (n) => (n === 1 ? "O evento está localizado." : `Todos localizados: ${events(n)}.`),
    allBut: (open, n) =>
      `${events(n)}, todos localizados menos ${count(open)}; o SQS conta de forma aproximada.`,
    leftOut: (bots, own) =>
      `Não contadas: ${[
        ...(bots === 0 ? [] : [`${questions(bots)} de bots`]),
        ...(own === 0 ? [] : [plural(own, "pergunta sua", "perguntas suas")])
      ].join(", ")}.`,
    noTokens: "Nenhum token de modelos foi usado.",
    tokens: (read, written, each) =>
      `Os modelos leram ${read} e escreveram ${written}: ${count(each)} por resposta.`,
    read: (n, cached, kept) =>
      `${plural(n, "token")}${cached === 0 ? "" : ` (${count(cached)} de um cache)`}` +
      `${kept === 0 ? "" : `, guardaram ${count(kept)} em um cache`}`,
    written: (n, reasoning) =>
      `${count(n)}${reasoning === 0 ? "" : ` (${count(reasoning)} de raciocínio)`}`,
    withoutText: (n) => `${questions(n)} sem texto, em nenhuma lista.`,
    counted: (when, late, by) => `Contagem de ${when}${late}${by}.`,
    early: ", antes do fim da semana",
    late: (days) => `, ${plural(days, "dia")} depois do fim da semana`,
    by: (version) => ` pela versão ${version}`
  }
}
