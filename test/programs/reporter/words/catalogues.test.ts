/** The catalogues beside each other; the compiler sees that none lacks a line. */
import { assert, describe, it } from "@effect/vitest"
import { ReportLanguage } from "../../../../src/programs/reporter/ReportLanguage.ts"
import { english, type Words } from "../../../../src/programs/reporter/words/English.ts"
import { wordsIn } from "../../../../src/programs/reporter/words/wordsIn.ts"

type Line = readonly [path: string, words: string]

/** Every line, with `amount` for all that a line is about. */
const linesOf = (part: unknown, path: string, amount: number): ReadonlyArray<Line> => {
  if (typeof part === "string") return [[path, part]]
  if (typeof part === "function") return linesOf(part(...Array(6).fill(amount)), path, amount)
  return Object.entries(part ?? {}).flatMap(([name, inside]) =>
    linesOf(inside, `${path}.${name}`, amount)
  )
}

const linesIn = ({ dates: _, lower: __, numbers: ___, tag: ____, ...words }: Words, amount = 2) =>
  linesOf(words, "", amount)

/** Names, and words that both languages have. */
const alike: Readonly<Record<ReportLanguage, ReadonlyArray<string>>> = {
  en: [],
  de: ["[test]", "tokens", "desktop", "tablet", "tv"],
  fr: ["question", "questions", "2 questions", "2 points", "sessions", "conversations", "mobile"],
  es: ["2 tokens", "tokens"],
  it: ["tablet", "tv"],
  pt: ["2 tokens", "tokens", "tablet", "tv"]
}

const pattern = new Map(linesIn(english))
const others = ReportLanguage.literals.filter((language) => language !== "en")

describe.each(others)("the catalogue of %s", (language) => {
  const words = wordsIn(language)

  it("repeats no line of the English one, except those that are alike", () => {
    const same = linesIn(words).filter(
      ([path, line]) =>
        /\p{L}{2}/u.test(line.replace("2", "")) &&
        line === pattern.get(path) &&
        !alike[language].includes(line.trim().toLowerCase())
    )
    assert.deepStrictEqual(same, [])
  })

  it.each([0, 1, 2, 5, 1_000_000])("has words for %d in each line", (amount) => {
    for (const [path, line] of linesIn(words, amount)) {
      assert.notMatch(line, /undefined|NaN|\[object| {2}|^$/, path)
    }
  })

  it("joins its lines as the English one does", () => {
    const joins = /^[ ,;]/
    for (const [path, line] of linesIn(words)) {
      const wanted = pattern.get(path) ?? ""
      assert.strictEqual(line.endsWith(" "), wanted.endsWith(" "), path)
      assert.strictEqual(joins.test(line.replace("\u00a0;", ";")), joins.test(wanted), path)
    }
  })

  it("has names of facts that leave room for the facts on a telephone", () => {
    const { answers, conversations, freeTier, visitors, votes } = words
    for (const name of [
      ...[conversations.length, conversations.askedAgain, conversations.ended],
      ...[visitors.countries, visitors.languages, visitors.devices, visitors.referrers],
      ...[votes.down, votes.downThoughAnswered, votes.upThoughMissed],
      ...[answers.ready, answers.scores, answers.model, answers.cost],
      ...[freeTier.requests, freeTier.calls, freeTier.writes, freeTier.space]
    ]) {
      assert.isAtMost(name.length, 25, name)
    }
  })
})

describe("a count", () => {
  it.each<[ReportLanguage, ReadonlyArray<string>]>([
    ["en", ["0 questions", "1 question", "2 questions", "1,000,000 questions"]],
    ["de", ["0 Fragen", "1 Frage", "2 Fragen", "1.000.000 Fragen"]],
    ["fr", ["0 question", "1 question", "2 questions", "1\u202f000\u202f000 de questions"]],
    ["es", ["0 preguntas", "1 pregunta", "2 preguntas", "1.000.000 de preguntas"]],
    ["it", ["0 domande", "1 domanda", "2 domande", "1.000.000 di domande"]],
    ["pt", ["0 pergunta", "1 pergunta", "2 perguntas", "1.000.000 de perguntas"]]
  ])("takes the forms of %s", (language, forms) => {
    assert.deepStrictEqual([0, 1, 2, 1_000_000].map(wordsIn(language).questions), forms)
  })
})
