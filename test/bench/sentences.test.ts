import { assert, describe, it } from "@effect/vitest"
import { commentsOf, densest, sentencesOf } from "../../bench/processor/sentences.ts"

const plain = "A sentence of documentation tells the reader what a part of the program is good for."

describe("sentences", () => {
  it("come from the text of documentation, and not from its code, links and lists of names", () => {
    const markdown = [
      "# Title",
      `${plain} Too short. See [the guide](https://example.test) for how **all** of it fits ` +
        "together, and why it does so well.",
      "```ts",
      "const code = 'A sentence that stands in a block of code, and so is none of the prose here.'",
      "```",
      "Call begin() before anything else is called, or the program will not know where to begin."
    ].join("\n\n")
    assert.deepStrictEqual(sentencesOf(markdown), [
      plain,
      "See the guide for how all of it fits together, and why it does so well."
    ])
  })

  it("come from the comments of source code, without their stars", () => {
    assert.deepStrictEqual(sentencesOf(commentsOf(`/**\n * ${plain}\n */\nconst x = 1`)), [plain])
  })

  it("that begin or end as another one does are left out, and rare words come first", () => {
    const common = "The store keeps the store of the store."
    const chosen = densest([
      common,
      "The store keeps the store for all of us.",
      "Zealous quokkas juggle vivid xylophones."
    ])
    assert.deepStrictEqual(chosen, [
      "Zealous quokkas juggle vivid xylophones.",
      "The store keeps the store for all of us."
    ])
  })
})
