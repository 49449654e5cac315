import { assert, describe, it } from "@effect/vitest"
import { byWording, otherWordings } from "../../../src/schema/questions/Wording.ts"

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
})
