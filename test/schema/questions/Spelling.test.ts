import { assert, describe, it } from "@effect/vitest"
import { spellings } from "../../../src/schema/questions/Spelling.ts"

const meant = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(spellings(new Map(Object.entries(counts))))

describe("A rare word", () => {
  it("is a slip for the more frequent word beside it, made by one visitor or by two", () => {
    assert.deepStrictEqual(meant({ kubernetes: 9, kuberentes: 1 }), { kuberentes: "kubernetes" })
    assert.deepStrictEqual(meant({ kubernetes: 9, kuberentes: 2 }), { kuberentes: "kubernetes" })
  })

  it("in more questions is meant as it stands", () => {
    assert.deepStrictEqual(meant({ certification: 9, certifications: 5 }), {})
  })

  it("that is short, or differs in its first letter, is left alone", () => {
    assert.deepStrictEqual(meant({ trial: 9, trail: 1, kubernetes: 9, gubernetes: 1 }), {})
  })
})
