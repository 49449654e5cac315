import { assert, describe, it } from "@effect/vitest"
import { judgeAnswer, saysUnknown } from "../../../src/schema/chat/judgeAnswer.ts"

const refusals = [
  "I don't know.",
  "I’m sorry, but I don’t know the answer to that.",
  "I do not have any information about her salary.",
  "Unfortunately I don't have access to that.",
  "I'm not sure about that.",
  "I am unable to answer this question.",
  "I couldn't find anything about skydiving in the CV.",
  "There is no information on that in the documents.",
  "Her salary is not mentioned in the provided notes.",
  "Das weiß ich nicht? Ich weiß es nicht.",
  "Dazu habe ich leider keine Angaben.",
  "Je ne sais pas.",
  "Je n'ai aucune information à ce sujet.",
  "No lo sé.",
  "No tengo información sobre eso.",
  "Desculpe, não sei.",
  "Non lo so."
]

const answers = [
  "She works at Northwind as a lead engineer.",
  "Yes. She has known PostgreSQL for nine years.",
  "She knows no Java, and knows Kotlin well.",
  "You can find it under /docs.",
  "Er weiß alles über Datenbanken.",
  "No séquito: ella viaja sola.",
  "Sie hat keine Kinder."
]

const courtesy =
  "Thank you for your question, and for the interest that you take in her work. Let me look through " +
  "the whole of the CV for you, and through the projects that it lists. "
const paragraph =
  "She has built data pipelines for banks and for railways, in Kotlin and in Python. She leads a " +
  "team of nine engineers, writes about databases, and speaks at two conferences a year. Before " +
  "that she taught mathematics at a school, and worked as a translator for three years. "

describe("The beginning of an answer", () => {
  it("includes what follows a polite sentence or two", () =>
    assert.isTrue(saysUnknown(`${courtesy}Unfortunately I don't know.`)))

  it("excludes what follows the first paragraph, because a text with gaps is an answer", () =>
    assert.isFalse(saysUnknown(`${paragraph}I don't know more than that.`)))
})

describe("An answer", () => {
  for (const text of refusals) {
    it(`is none when it begins with an admission of ignorance: ${text}`, () =>
      assert.isTrue(saysUnknown(text)))
  }

  for (const text of answers) {
    it(`is one otherwise: ${text.slice(0, 50)}`, () => assert.isFalse(saysUnknown(text)))
  }

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
  })

  it("has no model and no tokens unless they are told", () => {
    const told = { model: "m", tokens: { input: 0, output: 0 } }
    assert.deepStrictEqual(judgeAnswer("Yes.", {}), { text: "Yes.", matchType: "full" })
    assert.deepInclude(judgeAnswer("Yes.", told), told)
  })
})
