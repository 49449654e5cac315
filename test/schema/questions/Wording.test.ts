import { assert, describe, it } from "@effect/vitest"
import { byWording, otherWordings } from "../../../src/schema/questions/Wording.ts"
import { shuffled } from "../report/SummaryExamples.ts"

const named = (...asked: ReadonlyArray<readonly [string, number]>) =>
  byWording(asked.map(([question, count]) => ({ question, count })))[0]?.question

describe("The wording that stands for a group", () => {
  it("is a whole question before a keyword, however often that was asked", () => {
    assert.strictEqual(
      named(["experience", 9], ["What experience does she have?", 1]),
      "What experience does she have?"
    )
    assert.strictEqual(named(["Preis", 9], ["Was kostet das?", 1]), "Was kostet das?")
  })

  it("is the commonest of several whole questions, or of several keywords", () => {
    assert.strictEqual(named(["Is she at home?", 1], ["Is she home now?", 2]), "Is she home now?")
    assert.strictEqual(named(["salary", 1], ["pay", 2]), "pay")
  })

  it("is never in capitals because somebody shouted, unless all did", () => {
    assert.strictEqual(named(["WHERE DOES SHE LIVE?", 5], ["home", 1]), "home")
    assert.strictEqual(named(["EXPERIENCE", 5], ["Experience", 1]), "Experience")
    assert.strictEqual(named(["EXPERIENCE", 5], ["JOBS", 6]), "JOBS")
    assert.strictEqual(named(["AWS", 5], ["aws", 1]), "AWS")
  })

  it("is never one in capitals with a slip, and may be one with abbreviations", () => {
    assert.strictEqual(named(["DO YOU OFFeR TRAINiNG?", 5], ["training", 1]), "training")
    assert.strictEqual(named(["TELL ME WHERE she LIVES", 5], ["home", 1]), "home")
    assert.strictEqual(named(["ГДЕ ОНА ЖИВЁТ?", 5], ["дом", 1]), "дом")
    const skills = "Does she know AWS, GCP, SQL, HTML and CSS?"
    assert.strictEqual(named([skills, 2], ["aws or gcp", 3]), skills)
    assert.strictEqual(named(["SQL or HTML?", 2], ["sql or html?", 1]), "SQL or HTML?")
  })

  it("is whole in scripts without spaces and without capitals too", () => {
    assert.strictEqual(named(["薪水", 9], ["她的薪水是多少？", 1]), "她的薪水是多少？")
    assert.strictEqual(named(["راتب", 9], ["كم يبلغ راتبها؟", 1]), "كم يبلغ راتبها؟")
  })

  it("is the same in every order of the wordings", () => {
    const wordings = ["SALARY?", "salary", "Salary!", "What is her salary?", "what's her salary"]
    const asked = wordings.map((question) => ({ question, count: 2 }))
    const expected = byWording(asked)
    for (const seed of [1, 2, 3]) assert.deepStrictEqual(byWording(shuffled(asked, seed)), expected)
    assert.deepStrictEqual(byWording([]), [])
  })

  it("was asked in this week", () => {
    assert.strictEqual(named(["Where does she live?", 0], ["home", 1]), "home")
  })
})

describe("The other wordings", () => {
  it("are three at most, and differ in more than case and signs", () => {
    const asked = ["Home", "home!", "flat", "house", "nest", "den"].map((question) => ({
      question,
      count: 1
    }))
    assert.deepStrictEqual(otherWordings("home", asked), ["flat", "house", "nest"])
    assert.deepStrictEqual(otherWordings("home", [{ question: "flat", count: 0 }]), [])
  })

  it("are none that differs in its Unicode form or in hidden characters alone", () => {
    const same = ["Cafe\u0301?", "CAFÉ", "Ca\u00adfé", "\ufeffcafé "]
    const asked = same.map((question) => ({ question, count: 1 }))
    assert.deepStrictEqual(otherWordings("Café", asked), [])
  })
})
