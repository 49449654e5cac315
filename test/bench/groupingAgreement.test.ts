import { assert, describe, it } from "@effect/vitest"
import { agreement } from "../../bench/grouping/Agreement.ts"
import { labelledQuestions } from "../../bench/grouping/LabelledQuestions.ts"
import { pairShares, questionSets } from "../../bench/grouping/QuestionSets.ts"
import { exactMatch, tfIdfSingleLink } from "../../bench/grouping/referenceGroupings.ts"

describe("the agreement of groups with labels", () => {
  const labels = ["a", "a", "a", "b", "b", "b"]

  it("is counted over pairs, as by hand", () => {
    const groups = [
      [0, 1],
      [2, 3],
      [4, 5]
    ]
    // 2 of 3 grouped pairs and of 6 labelled ones, of 15; chance gives 1.2
    const { adjustedRand, f1, precision, recall } = agreement(labels, groups)
    assert.closeTo(precision, 2 / 3, 1e-12)
    assert.closeTo(recall, 2 / 6, 1e-12)
    assert.closeTo(f1, 4 / 9, 1e-12)
    assert.closeTo(adjustedRand, (2 - 1.2) / (4.5 - 1.2), 1e-12)
  })

  it("is whole for the labels themselves, and nothing for one group of all", () => {
    const same = agreement(labels, [
      [0, 1, 2],
      [3, 4, 5]
    ])
    assert.deepInclude(same, { precision: 1, recall: 1, adjustedRand: 1, groups: 2 })
    const all = agreement(labels, [[0, 1, 2, 3, 4, 5]])
    assert.deepInclude(all, { precision: 0.4, recall: 1, adjustedRand: 0 })
  })
})

describe("the references", () => {
  const texts = ["Where do you live?", "where do YOU live", "Do you live there?", "Any pets?"]
  const sets = (groups: ReadonlyArray<ReadonlyArray<number>>) =>
    groups.map((group) => [...group].sort()).sort()

  it("are equal words, and words that weigh alike", () => {
    assert.deepStrictEqual(sets(exactMatch(texts)), [[0, 1], [2], [3]])
    assert.deepStrictEqual(sets(tfIdfSingleLink(texts, 0.5)), [[0, 1, 2], [3]])
    assert.deepStrictEqual(sets(tfIdfSingleLink(texts, 0.99)), [[0, 1], [2], [3]])
  })
})

describe("a file of labelled questions", () => {
  it("is CSV with its two columns anywhere, quotes and line ends of any kind", () => {
    const csv =
      '\uFEFFcategory,text\r\nhome,"Where, ""exactly"",\ndo you live?"\r\npets,Any pets?\n'
    assert.deepStrictEqual(labelledQuestions(csv), [
      { text: 'Where, "exactly",\ndo you live?', category: "home" },
      { text: "Any pets?", category: "pets" }
    ])
  })

  it.each([
    ["", "must name the columns text and category"],
    ["text,label\na,b\n", "must name the columns text and category"],
    ["text,category\na,b\nc\n", "line 3: not as many fields"],
    ['text,category\n"a\nb",c\nsay "hi" twice,b\n', "line 4: a quote in the middle of a field"],
    ['text,category\n"say" hi,b\n', "line 2: a quote in the middle of a field"],
    ["text,category\na,b\n", "two questions at least"]
  ])("says what is wrong with %j", (csv, reason) => {
    const found = labelledQuestions(csv)
    assert.isString(found)
    assert.include(found, reason)
  })
})

describe("a file of question sets", () => {
  const sets = { apart: [["When is it?", "Why is it?", "it"]], together: [["a", "b", "c"]] }

  it("is JSON with sets that must be apart, and sets that must be together", () => {
    assert.deepStrictEqual(questionSets(JSON.stringify(sets)), sets)
    for (const json of ["", "[]", '{"apart":[["a",1]],"together":[]}']) {
      assert.isString(questionSets(json))
    }
  })

  it("is measured by the share of its pairs that are as they must be", () => {
    const groups = [["When is it?", "it"], ["Why is it?"], ["a", "b"], ["c"]]
    assert.deepStrictEqual(pairShares(sets, groups), { apart: 1, together: 1 / 3 })
    assert.strictEqual(pairShares(sets, [["When is it?", "Why is it?"]]).apart, 0)
  })
})
