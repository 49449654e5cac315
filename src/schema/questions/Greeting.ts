/** Greetings, thanks and farewells, which ask nothing that a chatbot could learn. */

/** Whole phrases by language, without the marks that visitors leave out. */
const spaced = {
  en: `hi, hii, hello, hey, heya, heyy, hiya, howdy, yo, hi there, hello there, hey there,
    hi all, hi again, hello again, hello everyone, greetings, good morning, good afternoon,
    good evening, good day, good night, morning, thanks, thank you, thankyou, thank u, thx, thnx,
    tnx, ty, tysm, thanks a lot, thanks so much, thanks a million, thank you so much,
    thank you very much, thanks very much, many thanks, much appreciated, cheers,
    thanks for your help, thanks for the help, thank you for your help, thank you for your time,
    no thanks, no thank you, ok, okay, okey, kk, alright, all right, got it, great, cool, nice,
    perfect, awesome, bye, bye bye, goodbye, good bye, see you, see ya, have a nice day,
    have a good day, nice to meet you, welcome`,
  de: `hallo, hallöchen, moin, moin moin, servus, grüezi, grüß gott, grüß dich, guten tag,
    guten morgen, guten abend, gute nacht, tag, danke, danke schön, dankeschön, danke sehr,
    danke dir, danke ihnen, vielen dank, vielen lieben dank, besten dank, herzlichen dank,
    tausend dank, danke für die hilfe, danke für ihre hilfe, alles klar, in ordnung, super,
    prima, perfekt, tschüss, tschüß, auf wiedersehen, bis bald, schönen tag noch`,
  fr: `bonjour, bonsoir, bjr, salut, slt, coucou, allo, rebonjour, bonne journée, bonne soirée,
    merci, merci beaucoup, merci bien, merci à vous, merci à toi, mille mercis,
    merci pour votre aide, daccord, parfait, au revoir, à bientôt`,
  es: `hola, buenas, buenos días, buen día, buenas tardes, buenas noches, qué tal, gracias,
    muchas gracias, muchísimas gracias, mil gracias, gracias por tu ayuda, gracias por su ayuda,
    vale, de acuerdo, perfecto, adiós, hasta luego, chao`,
  pt: `olá, oi, oie, e aí, bom dia, boa tarde, boa noite, obrigado, obrigada, muito obrigado,
    muito obrigada, valeu, tá bom, beleza, perfeito, tchau, até logo`,
  it: `ciao, salve, buongiorno, buon giorno, buonasera, buona sera, buonanotte, buona giornata,
    grazie, grazie mille, mille grazie, grazie tante, molte grazie, va bene, perfetto,
    arrivederci`,
  nl: `hoi, dag, goedendag, goedemorgen, goedemiddag, goedenavond, goeiemorgen, dank je, dankje,
    dankjewel, dank je wel, dank u, dank u wel, bedankt, hartelijk dank, hartelijk bedankt,
    heel erg bedankt, oké, prima, doei, tot ziens`,
  sv: `hej, hejsan, tja, tjena, hallå, god dag, goddag, god morgon, godmorgon, god kväll, tack,
    tack så mycket, stort tack, tusen tack, tack för hjälpen, okej, hej då`,
  da: `hejsa, hej hej, god morgen, godmorgen, god aften, godaften, tak, mange tak, tusind tak,
    tak for hjælpen, fint, farvel`,
  no: `hei, heisann, god kveld, takk, tusen takk, mange takk, takk for hjelpen, greit, ha det`,
  fi: `moi, moikka, moro, terve, hyvää päivää, päivää, hyvää huomenta, huomenta, hyvää iltaa,
    kiitos, kiitti, kiitos paljon, kiitoksia, paljon kiitoksia, selvä, heippa, näkemiin`,
  pl: `cześć, hejka, siema, witam, witaj, dzień dobry, dobry wieczór, dzięki, dziękuję,
    dziękuję bardzo, bardzo dziękuję, wielkie dzięki, dobra, dobrze, do widzenia, na razie`,
  cs: `ahoj, čau, dobrý den, dobré ráno, dobrý večer, nazdar, zdravím, děkuji, děkuju, díky,
    moc děkuji, děkuji moc, díky moc, dobře, jasně, na shledanou`,
  tr: `merhaba, merhabalar, selam, selamlar, selamün aleyküm, günaydın, iyi günler, iyi akşamlar,
    iyi geceler, teşekkürler, teşekkür ederim, çok teşekkürler, çok teşekkür ederim, sağ ol,
    sağol, sağ olun, sağolun, tamam, hoşça kal, görüşürüz`,
  ru: `привет, приветик, здравствуйте, здравствуй, добрый день, доброго дня, доброе утро,
    добрый вечер, спасибо, спасибо большое, большое спасибо, спасибо за помощь, благодарю, ок,
    окей, хорошо, понятно, ясно, пока, до свидания`,
  uk: `привіт, вітаю, добрий день, доброго дня, доброго ранку, добрий вечір, добрий ранок, дякую,
    дуже дякую, щиро дякую, дякую за допомогу, гаразд, добре, бувай, до побачення`,
  ar: `مرحبا, أهلا, أهلا وسهلا, السلام عليكم, السلام عليكم ورحمة الله,
    السلام عليكم ورحمة الله وبركاته, سلام, صباح الخير, مساء الخير, شكرا, شكرا جزيلا, شكرا لك,
    شكرا لكم, هاي, حسنا, تمام, أوكي, مع السلامة`,
  hi: `नमस्ते, नमस्कार, हैलो, हेलो, हाय, सुप्रभात, धन्यवाद, शुक्रिया, बहुत धन्यवाद,
    बहुत बहुत धन्यवाद, ठीक है, अच्छा, ओके, namaste, namaskar, dhanyavad, dhanyavaad, shukriya,
    theek hai`,
  ko: `안녕, 안녕하세요, 안녕하십니까, 반갑습니다, 반가워요, 고마워, 고마워요, 고맙습니다, 감사합니다, 감사해요, 감사, 네 감사합니다, 정말 감사합니다,
    알겠습니다, 오케이, 안녕히 계세요, 수고하세요`
}

/** Phrases of languages that put no space between words. */
const unspaced = {
  ja: `こんにちは, こんにちわ, こんばんは, おはよう, おはようございます, はじめまして, やあ, ハロー, もしもし, ありがとう, ありがとうございます,
    ありがとうございました, どうも, どうもありがとう, どうもありがとうございます, 感謝します, 了解, 了解です, わかりました, 分かりました, オッケー, さようなら,
    よろしくお願いします`,
  zh: `你好, 您好, 你好呀, 你好啊, 嗨, 哈喽, 哈囉, 大家好, 早, 早上好, 早安, 下午好, 晚上好, 晚安, 在吗, 在嗎, 谢谢, 谢谢你, 谢谢您, 多谢, 感谢,
    非常感谢, 謝謝, 謝謝你, 謝謝您, 多謝, 感謝, 非常感謝, 好的, 好的好的, 再见, 再見, 拜拜`
}

/** A longer text says more than a greeting. */
const lengthMax = 80

/** Emoji with all that they are made of: flags, skin tones, joiners and variation selectors. */
const emoji =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u200d|\ufe0f|\u20e3/gu

/** Accents of Latin and Cyrillic letters and vowel signs of Arabic, which are often left out. */
const accents = /[\u0300-\u036f\u064b-\u065f]/g

/** Drops emoji, punctuation, case and accents; `hellooo` is `hello`. */
const plain = (text: string): string =>
  text
    .replace(emoji, " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(accents, "")
    .normalize("NFC")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replace(/['’ʼ`]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .trim()

const anyOf = (phrases: Readonly<Record<string, string>>): string =>
  [...new Set(Object.values(phrases).join(",").split(",").map(plain))].join("|")

/** One phrase or several, such as `ok, thank you`. */
const greetings = new RegExp(`^(?:(?:${anyOf(spaced)})(?: |$)|(?:${anyOf(unspaced)}) ?)+$`)

/**
 * True for a text that only greets or thanks, or consists of emoji. A text with one more word is a
 * question.
 */
export const isGreeting = (text: string): boolean => {
  if (text.length > lengthMax) return false
  const words = plain(text)
  return words === "" ? new RegExp(emoji).test(text) : greetings.test(words)
}
