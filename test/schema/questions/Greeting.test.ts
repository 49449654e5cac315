import { assert, describe, it } from "@effect/vitest"
import { isGreeting } from "../../../src/schema/questions/Greeting.ts"

/** Two or three of each language, as visitors write them. */
const greetings = [
  ...[
    "hi",
    "Hello!",
    "thanks!",
    "ok",
    "OK, thank you so much :)",
    "hey there",
    "Helloooo",
    "thx 🙏"
  ],
  ...["Hallo", "Grüß Gott!", "vielen Dank", "Guten Tag,", "bonjour", "D’accord, merci", "allô ?"],
  ...["hola", "Buenos dias", "¡Muchas gracias!", "olá", "oi, bom dia", "muito obrigada"],
  ...["ciao", "grazie mille", "goedemorgen", "dank je wel", "hej", "tack så mycket", "tusind tak"],
  ...["hei", "takk for hjelpen", "moi", "kiitos", "Cześć", "dziekuje", "dobrý den", "diky moc"],
  ...["merhaba", "teşekkür ederim", "GÜNAYDIN", "привет", "спасибо большое", "добрий день"],
  ...["дякую", "مرحبًا", "شكراً جزيلاً", "नमस्ते", "बहुत बहुत धन्यवाद", "안녕하세요", "감사합니다!"],
  ...["こんにちは", "ありがとうございます。", "你好", "好的，谢谢", "好的谢谢", "謝謝"],
  ...["👍", "🙏🏽🙏🏽", "🇩🇪", "❤️", "👩‍🚀 👋"]
]

/** Texts that begin like a greeting or look like one, and ask. */
const questions = [
  ...[
    "hi, what do you cost?",
    "Hello do you ship to Norway",
    "thanks, and the price?",
    "ok but why"
  ],
  ...["hi fi systems?", "thank you note templates", "Is there a hello world example?", "okta"],
  ...[
    "Hallo, was kostet das?",
    "Danke, aber wie lange?",
    "hola cuánto cuesta",
    "merci de répondre"
  ],
  ...[
    "你好，多少钱？",
    "谢谢，几点关门",
    "こんにちは、料金は？",
    "привет сколько стоит",
    "안녕하세요 가격은요?"
  ],
  ...["?", "???", "...", "", " ", "1", "1️⃣", "👍 price?", "help", "test", "yes", "no", "nein"],
  ...["ciao bella pizza menu", "hey, ".repeat(40), "tack fabric?", "takes", "hin"]
]

describe("A text", () => {
  for (const text of greetings) {
    it(`asks nothing: ${text}`, () => assert.isTrue(isGreeting(text)))
  }

  for (const text of questions) {
    it(`is a question: ${JSON.stringify(text.slice(0, 30))}`, () =>
      assert.isFalse(isGreeting(text)))
  }

  it("is judged alike again and again", () => {
    for (let n = 0; n < 3; n++) assert.isTrue(isGreeting("👍"))
  })
})
