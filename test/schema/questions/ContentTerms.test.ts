import { assert, describe, it } from "@effect/vitest"
import { contentTerms } from "../../../src/schema/questions/ContentTerms.ts"

const meet = (wordings: ReadonlyArray<string>) => {
  const [first, ...others] = wordings.map(contentTerms)
  assert.isNotEmpty(first)
  for (const other of others) assert.deepStrictEqual(other, first)
}

describe("contentTerms", () => {
  it("joins the inflections of one word", () => {
    meet(["manage", "manages", "managed", "managing", "management"])
    meet(["certificate", "certificates"])
    meet(["relocate", "relocation", "relocating"])
    meet(["library", "libraries"])
    meet(["mentor", "mentoring", "mentorship"])
  })

  it("ignores case, accents, apostrophes, compatibility forms and politeness", () => {
    meet(["résumé", "RESUME", "Could you please give me the resume’s?", "ｒｅｓｕｍｅ", "resume"])
  })

  it("keeps what tells two technologies apart", () => {
    assert.deepStrictEqual(contentTerms("C, C# and C++ on S3"), ["c", "c#", "c++", "s3"])
  })

  it("reads e-mail as one word, and other compounds as two", () => {
    meet(["e-mail", "email"])
    meet(["event-driven", "event driven"])
  })

  it("finds no subject in courtesies, signs and lone digits", () => {
    for (const text of ["", "Hi, could you... no, thanks!", "2+2?", "🤖🤖", "\0\uD800"]) {
      assert.deepStrictEqual(contentTerms(text), [], text)
    }
  })

  it("keeps the words of other scripts", () => {
    assert.deepStrictEqual(contentTerms("كم عمرها؟"), ["كم", "عمرها"])
  })
})
