/** The words of the mail above its lists, and those of its layout. */
import type { Head } from "../english/head.ts"
import { answers, count, events, plural, questions, times } from "./locale.ts"

const unreadable = (n: number): string => plural(n, "resposta ilegível", "respostas ilegíveis")

export const head: Head = {
  lower: (title) => title.toLowerCase(),
  noText: "(sem texto legível)",
  labels: {
    about: "Sobre este relatório",
    all: "Total",
    also: "Também:",
    asked: "Vezes",
    question: "Pergunta",
    openQuote: "“",
    closeQuote: "”"
  },
  week: (id) => `semana ${id}`,
  questions,

  subject: {
    week: (asked, missed) => `${questions(asked)}, ${count(missed)} sem boa resposta`,
    quiet: "Semana tranquila",
    again: "De novo: ",
    test: "[teste] "
  },
  doubts: {
    unread: ", não lida a tempo",
    deadLetters: (n) => `, ${plural(n, "mensagem com falha", "mensagens com falha")}`,
    missing: ", faltam eventos",
    onlyBots: ", só bots",
    onlyOwn: ", só as suas próprias visitas",
    onlyBotsAndOwn: ", só bots e as suas próprias visitas"
  },
  headline: {
    week: (asked, missed, unread) =>
      `${questions(asked)}, ${missed === 0 ? "nenhuma" : count(missed)} sem boa resposta` +
      `${unread === 0 ? "" : `, ${unreadable(unread)}`}`,
    quiet: "Uma semana tranquila: nenhuma pergunta",
    notOver: " (semana em andamento: números até agora)"
  },
  preheader: {
    unread: "As perguntas não puderam ser lidas a tempo.",
    doubtful: "Nenhuma pergunta foi registrada, embora tenham chegado eventos.",
    quiet: "Nenhuma pergunta foi registrada; o relatório foi feito como sempre.",
    noAnswer: "Nenhuma resposta chegou",
    noneRead: "Nenhuma resposta pôde ser lida",
    answered: (share) => `${share} com resposta`,
    within: (time) => `, 95 de cada 100 em até ${time}`,
    mostMissed: (missed, question) =>
      `Mais vezes sem boa resposta, ${times(missed)}: “${question}”. `
  },
  remarks: {
    test: "Este é um teste: o relatório semanal continua indo para seus destinatários.",
    again: (when) => `Enviado de novo com os números de ${when}.`,
    readUntil: (when) => `Conta as perguntas até ${when}; o restante não pôde ser lido a tempo.`
  },
  footer: {
    weekly: (site) => `Você recebe o relatório semanal de ${site}.`,
    stop: (from) => ` Para não o receber mais, escreva para ${from}.`,
    byHand: (site) =>
      `Este e-mail foi enviado manualmente para ${site}. Ele não inclui você em nenhuma lista.`
  },

  quiet: {
    noVisitor: "Nesta semana nenhum visitante perguntou.",
    noneRecorded: "Nesta semana não foram registradas perguntas nem respostas.",
    noneRead: "Não foi possível ler perguntas nem respostas.",
    before: (asked) => ` A semana anterior teve ${questions(asked)}.`,
    expected:
      "Se você esperava visitantes, faça uma pergunta ao seu chatbot e veja se o próximo " +
      "relatório " +
      "a conta.",
    healthy:
      "O processamento parece saudável: a tabela foi lida, a fila de mensagens com falha está " +
      "vazia e este e-mail foi enviado.",
    noneFailed:
      "O processamento parece saudável: a tabela foi lida, nenhuma mensagem falhou desde o " +
      "relatório anterior e este e-mail foi enviado.",
    deadLettersUnknown: "Não se sabe se alguma mensagem foi para a fila de mensagens com falha.",
    doubtful: (fact, place) =>
      `No entanto, ${fact}. Talvez a semana não tenha sido tranquila: verifique ${place}.`,
    tableUnread: "a tabela não pôde ser lida a tempo",
    itemsUnread: (n) =>
      plural(n, "item gravado não pôde ser lido", "itens gravados não puderam ser lidos"),
    lost: (n) => `o Worker não conseguiu enviar pelo menos ${events(n)}`,
    noneStored: (n) => `a fila aceitou ${events(n)}, mas nenhum está gravado`,
    notStored: (n) =>
      plural(n, "mensagem não pôde ser gravada", "mensagens não puderam ser gravadas"),
    reporterLog: "o log do reporter",
    workerLog: "o log do Worker",
    processorLog: "o log do processor",
    deadLetterQueue: "a fila de mensagens com falha"
  },

  gist: {
    changed: "Maior mudança",
    trouble: "Problema",
    unreadable: (n) =>
      `${plural(n, "item gravado ilegível", "itens gravados ilegíveis")}; ` +
      "veja a qualidade dos dados",
    deadLetters: (n) =>
      `${plural(n, "mensagem não gravada", "mensagens não gravadas")}; ` +
      "veja a qualidade dos dados",
    lost: (n) => `pelo menos ${events(n)} não chegaram à fila; veja a qualidade dos dados`,
    change: (name, before, now, change) => `${name}, de ${before} para ${now} (${change})`,
    still: (share) => `nada em ${share} ou mais`
  },
  measures: {
    questions: "perguntas",
    sessions: "sessões",
    answered: "parcela com resposta",
    missed: "perguntas sem boa resposta",
    failed: "respostas com erro",
    p95: "tempo de resposta",
    cost: "custo"
  },
  change: {
    better: ", melhor",
    worse: ", pior",
    fromZero: "novo",
    none: "sem mudança",
    points: (n) => plural(n, "ponto"),
    up: (less) => `alta de menos de ${less}`,
    down: (less) => `queda de menos de ${less}`,
    over: (most) => `mais de ${most}`
  },
  cost: {
    unknown: "desconhecido",
    atLeast: (dollars) => `pelo menos ${dollars}`,
    before: (dollars) => `${dollars} na semana anterior`,
    untold: (n) => `sem ${answers(n)} que não informaram tokens`,
    unpriced: (n) => `${answers(n)} sem preço conhecido`
  },
  tiles: {
    questions: "Perguntas",
    sessions: "Sessões",
    answered: "Com resposta",
    missed: "Pendentes",
    failed: "Erros",
    time: "Tempo",
    means: (answered, read, unread, without) =>
      `Com resposta, por completo ou em parte: ${count(answered)} de ${answers(read)}` +
      `${unread === 0 ? "" : " legíveis"}` +
      `${without === 0 ? "" : ` e ${questions(without)} sem nenhuma resposta`}.` +
      `${unread === 0 ? "" : ` Além disso, ${unreadable(unread)}.`}`
  },
  compared: {
    before: "As mudanças se comparam com a semana anterior.",
    notOver: "As mudanças não aparecem porque a semana não terminou.",
    unread: "As mudanças não aparecem porque uma parte da semana não pôde ser lida.",
    beforeEmpty: "As mudanças não aparecem porque nada foi registrado na semana anterior.",
    beforeExpired: "As mudanças não aparecem porque as perguntas da semana anterior expiraram.",
    beforeUnread: "As mudanças não aparecem porque a semana anterior não pôde ser lida a tempo."
  }
}
