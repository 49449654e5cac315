import { assert, describe, it } from "@effect/vitest"
import { gist } from "../../../../src/programs/reporter/render/Gist.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { bothParts, mailOf } from "./mails.ts"
import { oneQuestion, quietWeek, typicalWeek } from "./reports.ts"

describe("the gist of a week", () => {
  it("names the largest change", () => {
    assert.deepStrictEqual(gist(typicalWeek, english), [
      { label: "Changed most", words: "missed questions, from 12 to 7 (-42%, better)" }
    ])
  })

  it("comes before the figures in both parts", () => {
    for (const part of bothParts(mailOf(typicalWeek))) {
      assert.isBelow(part.indexOf("Changed most"), part.indexOf("Sessions"))
    }
  })

  it("names the troubles, each with its place in the mail", () => {
    const troubled = { ...oneQuestion, deadLetters: 2, lost: 1, unreadable: 3 }
    assert.deepStrictEqual(
      gist(troubled, english).map(({ label, words }) => `${label}: ${words}`),
      [
        "Trouble: 3 stored items could not be read; see data health",
        "Trouble: 2 messages could not be stored; see data health",
        "Trouble: at least 1 event never reached the queue; see data health"
      ]
    )
  })

  it("is empty without a base, and in a quiet week", () => {
    assert.deepStrictEqual(gist(oneQuestion, english), [])
    assert.notMatch(mailOf({ ...quietWeek, previous: typicalWeek.previous! }).text, /Changed most/)
  })
})
