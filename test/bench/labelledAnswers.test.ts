import { assert, describe, it } from "@effect/vitest"
import { answerRows } from "../../bench/answers/answerRows.ts"
import { labelledAnswers } from "../../bench/answers/LabelledAnswers.ts"

describe("A file of labelled answers", () => {
  it("is CSV with its columns anywhere, further columns, and labels in several spellings", () => {
    const csv =
      '\uFEFFlanguage,refused,topic,text\r\nde,TRUE,x,"Das, ""leider"",\nweiß ich nicht"\r\nen,0,y,Yes\n'
    assert.deepStrictEqual(labelledAnswers(csv), [
      { text: 'Das, "leider",\nweiß ich nicht', refused: true, language: "de" },
      { text: "Yes", refused: false, language: "en" }
    ])
  })

  it.each([
    ["", "must name the column text"],
    ["answer,refused\na,true\n", "must name the column text"],
    ["text,label\na,true\n", "must name the column refused"],
    ["text,refused\na,true\nb,perhaps\n", 'Line 3: refused is "perhaps", not true or false.'],
    ["text,refused\na\n", 'Line 2: refused is ""'],
    ["text,refused\n", "no row below"],
    ['text,refused\n"a,true\n', "a quote is never closed"]
  ])("says what is wrong with %j", (csv, reason) => {
    const found = labelledAnswers(csv)
    assert.isString(found)
    assert.include(found, reason)
  })
})

describe("The rows of judged answers", () => {
  const judged = (refused: boolean, verdict: boolean, language: string) => ({
    text: "I don't know.",
    refused,
    language,
    judged: verdict
  })

  it("are shares of the refusals and of the answers, by English and other languages", () => {
    const rows = answerRows([
      judged(true, true, "en"),
      judged(true, false, "de"),
      judged(false, false, "en"),
      judged(false, true, "de")
    ])
    assert.deepStrictEqual(
      rows.map(({ measure, ours, reference }) => [measure, ours, reference]),
      [
        ["refusals found", 0.5, 1],
        ["answers taken for refusals", 0.5, 1],
        ["refusals found, English", 1, 1],
        ["answers taken for refusals, English", 0, 1],
        ["refusals found, other languages", 0, 1],
        ["answers taken for refusals, other languages", 1, 1]
      ]
    )
  })

  it("leave out a share of nothing", () =>
    assert.deepStrictEqual(
      answerRows([judged(true, true, "en")]).map(({ measure }) => measure),
      ["refusals found"]
    ))
})
