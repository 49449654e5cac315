import { assert, describe, it } from "@effect/vitest"
import { corpusFiles } from "../../../bench/answers/LabelledAnswers.ts"
import { inputsHash } from "../../../bench/answers/training/train.ts"
import { trainedFrom } from "../../../src/schema/chat/judge/trainedJudge.ts"
import { judgeAnswer, saysUnknown } from "../../../src/schema/chat/judgeAnswer.ts"

const refusals = [
  "The CV doesn't mention her salary.",
  "You would need to ask her directly.",
  "Thanks for asking; at the moment I have nothing on shipping.",
  "わかりません",
  "I don't know.",
  "I’m sorry, but I don’t know the answer to that.",
  "I do not have any information about her salary.",
  "Unfortunately I don't have access to that.",
  "I'm not sure about that.",
  "I am unable to answer this question.",
  "I couldn't find anything about skydiving in the CV.",
  "There is no information on that in the documents.",
  "Her salary is not mentioned in the provided notes.",
  "Das weiß ich leider nicht.",
  "Dazu habe ich leider keine Angaben.",
  "Je ne sais pas.",
  "Je n'ai aucune information à ce sujet.",
  "No lo sé.",
  "No tengo información sobre eso.",
  "Desculpe, não sei.",
  "Non lo so."
]

const answers = [
  "東京",
  "Zürich 🏔️ 你好",
  "Sure!",
  "I don't know PHP, but I use Go every week.",
  "No, we don't deliver to Norway.",
  "There is no charge for the first month.",
  "Ich habe leider keine Kinder.",
  "I don't have any pets.",
  "She works at Northwind as a lead engineer.",
  "Yes. She has known PostgreSQL for nine years.",
  "You can find it under /docs.",
  "Er weiß alles über Datenbanken.",
  "Sie hat keine Kinder.",
  'The error "I don\'t know this host" means that the address is misspelt.'
]

const hintsAlone = [
  "I don't know when the shop opens. You could call them on 0800 555 000.",
  "The CV doesn't mention her salary. It says that she has worked there since 2016.",
  "I don't know when the shop opens. Please call the office.",
  "I have no information about parking. Please see the official website.",
  "The CV doesn't mention her salary. It only says that she leads a team.",
  "I don't have details on the warranty. The manual says that the battery lasts nine hours.",
  "Das weiß ich leider nicht. Fragen Sie bitte im Büro, 0800 555 000."
]

const answersAfterAll = [
  "I'm not sure about the exact day, but it was in May 2016.",
  "The CV doesn't say it outright, but the dates add up to nine years.",
  "Actually, it wasn't Berlin, it was Hamburg.",
  '"I have no information" was all that the minister said. The vote took place on 4 May.'
]

describe("A text", () => {
  it.each(refusals)("that cannot answer is a refusal: %s", (text) =>
    assert.isTrue(saysUnknown(text)))

  it.each(answers)("that negates something else is an answer: %s", (text) =>
    assert.isFalse(saysUnknown(text)))

  it.each(hintsAlone)("that gives only a hint or an address is a refusal: %s", (text) =>
    assert.isTrue(saysUnknown(text)))

  it.each(answersAfterAll)("that corrects, quotes, or then tells it is an answer: %s", (text) =>
    assert.isFalse(saysUnknown(text)))

  it("is judged alike each time", () => {
    for (const text of [...refusals, ...answers]) {
      assert.strictEqual(saysUnknown(text), saysUnknown(text))
    }
  })

  it("is judged by its beginning, however much follows", () => {
    const refusal = "I don't have any information about that. "
    assert.isTrue(saysUnknown(refusal.repeat(200_000)))
    assert.isFalse(saysUnknown(`${"She works in Leeds. ".repeat(400_000)}${refusal}`))
  })

  it.each([
    "'",
    "«",
    "「",
    "n't",
    "a",
    "あ",
    "لا",
    "\ud83d",
    "ﷺ",
    "0.",
    "\u0301",
    "\n",
    "```"
  ])("of 8 MB of one piece is judged: %j", (piece) =>
    assert.isBoolean(saysUnknown(piece.repeat(Math.ceil((8 * 1024 * 1024) / piece.length)))))

  it("whose beginning alone differs has the same verdict as the beginning", () => {
    const beginning = "Not a word about pets in the contract. ".repeat(30)
    assert.strictEqual(saysUnknown(beginning), saysUnknown(beginning + "x".repeat(9_000_000)))
  })
})

describe("The judge", () => {
  const byLanguage = Map.groupBy([...corpusFiles().values()].flat(), ({ language }) => language)

  it.each([...byLanguage.keys()])("tells refusals from answers in %s", (language) => {
    const own = byLanguage.get(language) ?? []
    const right = own.filter(({ refused, text }) => saysUnknown(text) === refused)
    assert.isTrue(right.some(({ refused }) => refused))
    assert.isTrue(right.some(({ refused }) => !refused))
    assert.isAbove(right.length / own.length, 0.75)
  })

  it("was trained on the texts and words of today", () =>
    assert.strictEqual(trainedFrom, inputsHash()))
})

describe("An answer", () => {
  it("is judged by its words if its chatbot does not rate it", () => {
    for (const [text, matchType] of [
      ["PostgreSQL.", "full"],
      ["I don't know.", "none"],
      [" \n", "none"]
    ] as const) {
      assert.strictEqual(judgeAnswer(text, {}).matchType, matchType)
    }
  })

  it("has no score unless its chatbot tells one", () => {
    assert.notProperty(judgeAnswer("PostgreSQL.", {}), "matchScore")
    assert.strictEqual(judgeAnswer("PostgreSQL.", { matchScore: 0 }).matchScore, 0)
  })

  it("stays unknown when it could not be read", () => {
    assert.strictEqual(judgeAnswer("", { matchType: "unknown" }).matchType, "unknown")
  })

  it("keeps the rating of its chatbot", () => {
    const known = { matchType: "partial", matchScore: 0.4, model: "m" } as const
    assert.deepInclude(judgeAnswer("I don't know, but perhaps PostgreSQL.", known), known)
    assert.strictEqual(judgeAnswer("I don't know.", { matchType: "full" }).matchType, "full")
  })
})
