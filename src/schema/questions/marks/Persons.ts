/** Who speaks of whom: the visitor of herself ("I", "my"), or of the reader ("you", "your"). */
import type { MarkTable, PatternTable } from "./MarkTable.ts"

export const owners: MarkTable = {
  mine: {
    cs: "můj moje má mého mému mou náš naše",
    da: "min mit mine vores",
    de: "mein meine meinen meinem meiner meines unser unsere unseren unserem unserer",
    en: "my mine our ours myself",
    es: "mi mis mío mía nuestro nuestra nuestros",
    fi: "minun meidän omani",
    fr: "mon ma mes notre nos",
    hi: "मेरा मेरी मेरे हमारा हमारी हमारे",
    it: "mio mia miei mie nostro nostra nostri",
    ko: "제 내 우리 저희",
    nl: "mijn m'n onze ons",
    no: "min mitt mine vår vårt våre",
    pl: "mój moja moje mojego mojej moim moją nasz nasza nasze",
    pt: "meu minha meus minhas nosso nossa nossos",
    ru: "мой моя моё мое мои моего моей моему наш наша наше наши",
    sv: "min mitt mina vår vårt våra",
    tr: "benim bizim",
    uk: "мій моя моє мої мого моєї наш наша наше наші"
  },
  yours: {
    cs: "tvůj tvoje tvá váš vaše vašeho vaší",
    da: "din dit dine jeres deres",
    de: "dein deine deinen deinem deiner deines euer eure euren eurem eurer",
    en: "your yours ur yourself",
    es: "tu tus tuyo tuya vuestro vuestra",
    fi: "sinun teidän",
    fr: "ton ta tes votre vos",
    hi: "तेरा तेरी तेरे तुम्हारा तुम्हारी तुम्हारे आपका आपकी आपके",
    it: "tuo tua tuoi tue vostro vostra vostri vostre",
    ko: "당신의 너의 네 귀사의 귀하의",
    nl: "jouw je uw jullie",
    no: "din ditt dine deres",
    pl: "twój twoja twoje twojego twojej twoim wasz wasza wasze",
    pt: "teu tua teus tuas seu sua seus suas vosso vossa",
    ru: "твой твоя твоё твое твои твоего ваш ваша ваше ваши вашего вашей",
    sv: "din ditt dina er ert era",
    tr: "senin sizin",
    uk: "твій твоя твоє твої ваш ваша ваше ваші вашого вашої"
  }
}

export const ownerPatterns: PatternTable = {
  mine: /(?:我|我们|我們|咱们)的|我(?=名|公司|们公司)|[私僕俺]の|私たちの/u,
  yours: /[你您](?:们|們)?的|[你您](?=名|公司)|貴社|御社|あなたの|君の/u
}

/** Who acts. The verb alone tells it where a language leaves the pronoun out. */
export const actors: MarkTable = {
  i: {
    ar: "يمكنني أستطيع بإمكاني أنا يمكننا نستطيع أريد أقدر ممكن_أن",
    cs: "můžu mohu můžeme smím mám máme chci já my musím",
    da: "jeg vi",
    de: "ich wir",
    en: `can_i do_i could_i should_i may_i am_i will_i did_i must_i have_i would_i was_i
      shall_i might_i can_we do_we could_we should_we may_we are_we will_we did_we must_we
      have_we i_can i_do i_could i_should`,
    es: "puedo podemos tengo tenemos quiero debo yo necesito podría_yo",
    fi: "voinko voimmeko saanko voin minä saammeko pitääkö_minun onko_minulla",
    fr: "je j puis",
    hi: "मैं हम मुझे",
    it: "posso possiamo ho devo io voglio abbiamo dobbiamo",
    nl: "ik wij we",
    no: "jeg vi",
    pl: "mogę możemy mam mamy chcę muszę ja",
    pt: "posso podemos tenho temos quero preciso eu devo",
    ru: "я мы могу можем мне",
    sv: "jag vi",
    tr: `miyim mıyım muyum müyüm miyiz mıyız muyuz müyüz *miyim *mıyım *muyum *müyüm *miyiz
      *mıyız *muyuz *müyüz ben biz *irim *ırım *abilirim *ebilirim`,
    uk: "я ми можу можемо мені"
  },
  you: {
    ar: "يمكنك يمكنكم تستطيع تستطيعون بإمكانك أنت أنتم لديكم لديك",
    cs: "můžeš můžete máš máte umíš umíte chceš chcete ty vy",
    da: "du i_kan kan_i I",
    de: "du kannst könnt habt seid willst bietet hast bist",
    en: `can_you do_you could_you should_you are_you will_you did_you must_you have_you
      would_you were_you might_you may_you you_can you_do you_could you_should do_u can_u
      are_u`,
    es: "puedes podéis tienes tenéis quieres eres sois tú vosotros ustedes haces hacéis",
    fi: "voitko voitteko sinä te onko_teillä onko_sinulla",
    fr: "tu peux_tu *ez",
    hi: "आप तुम तू",
    it: "puoi potete hai avete vuoi sei siete tu voi fate offrite",
    nl: "jij jullie kunt u",
    no: "du dere",
    pl: "możesz możecie masz macie chcesz jesteś ty wy",
    pt: "podes tens você vocês tu queres és",
    ru: "ты вы можешь можете",
    sv: "du ni",
    tr: `misin mısın musun müsün misiniz mısınız musunuz müsünüz *misin *mısın *musun *müsün
      *misiniz *mısınız *musunuz *müsünüz sen siz`,
    uk: "ти ви можеш можете"
  }
}

/** The first that is met acts. */
export const actorPatterns: PatternTable = {
  i: /我(?!的|们的|們的)|私[はがも]|僕[はが]|(?<!\p{L})(?:제가|내가|저는|나는|저희가|우리가|저희는)/u,
  you: /[你您](?!的|们的|們的|好)|あなた[はがも]|君[はが]|貴社は|御社は|(?<!\p{L})(?:당신[은이]|너는|네가|귀사[는가])/u
}

/** A request to answer does not tell who acts, if something else is asked for. */
export const courtesy = new RegExp(
  [
    String.raw`\b(?:(?:can|could|would|will|do|are|might) (?:you|u)|`,
    "(?:can|could|may) (?:i|we)(?= ask| know))",
    "(?: (?:please|pls|kindly|maybe|possibly|mind|able|to|quickly|like|want|just|perhaps|have))*",
    " (?:tell|show|explain|give|help|let|telling|inform|advise|describe|say|share|provide|know",
    String.raw`|idea|clue|ask|list|walk|teach|find|remind)\b(?! (?:me|us|him|her|you|out)?\P{L}*$)`,
    String.raw`(?: (?:me|us|him|her|out)\b)?`
  ].join(""),
  "gu"
)
