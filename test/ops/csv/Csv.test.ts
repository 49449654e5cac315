import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { csvLine, withoutGuard } from "../../../ops/csv/Csv.ts"
import { CsvReader, type CsvRecord } from "../../../ops/csv/CsvReader.ts"

const readAll = (...pieces: ReadonlyArray<string>): ReadonlyArray<CsvRecord> => {
  const reader = new CsvReader()
  const records = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()]
  assert.isUndefined(reader.malformed)
  return records
}

const cellsOf = (...pieces: ReadonlyArray<string>) => readAll(...pieces).map(({ cells }) => cells)

/** Texts made of just those characters that mean something to CSV or to a spreadsheet. */
const hostile = Schema.Array(
  Schema.Literals(["=", "+", "-", "@", "\t", "\r", "\n", "'", '"', ",", ";", "＝", "a", "é", " "])
)
const anyRecords = Arbitrary.schema(
  Schema.NonEmptyArray(Schema.NonEmptyArray(Schema.Union([hostile, Schema.Array(Schema.String)])))
).pipe(Arbitrary.map((records) => records.map((cells) => cells.map((parts) => parts.join("")))))

const formula = /^"*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/

describe("CSV", () => {
  it.prop(
    "gives every text back, whatever it is and wherever the file is cut",
    [anyRecords],
    ([records]) => {
      const written = records.map((cells) => csvLine(["row", ...cells])).join("")
      const cut = Math.floor(written.length / 2)
      const expected = records.map((cells) => ["row", ...cells.map((cell) => cell.toWellFormed())])
      for (const pieces of [[written], [written.slice(0, cut), written.slice(cut)]]) {
        assert.deepStrictEqual(
          cellsOf(...pieces).map((cells) => cells.map(withoutGuard)),
          expected
        )
      }
    }
  )

  it.prop("starts no cell with a formula, with any separator", [anyRecords], ([records]) => {
    for (const cells of records) {
      for (const [read] of cellsOf(csvLine([cells[0]]))) assert.notMatch(read ?? "", formula)
      const line = csvLine(["row", ...cells]).slice(0, -2)
      for (const cell of line.split(/[;\t\r\n]/)) assert.notMatch(cell, formula)
    }
  })

  const guarded = [
    ["=1+1", "'=1+1"],
    ["+44 20", "'+44 20"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", `"'\t'=1"`],
    ["\rx", `"'\rx"`],
    ['="x"', `"'=""x"""`],
    ["a,b;=1", `"a,b;'=1"`],
    ["a\n=1", `"a\n'=1"`],
    ['a;"=1', `"a;'""=1"`],
    ["'=1", "''=1"],
    ["＝1", "'＝1"],
    ["'tis", "'tis"],
    ["1-1", "1-1"]
  ] as const
  for (const [text, cell] of guarded) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(cell)}`, () => {
      assert.strictEqual(csvLine([text]), `${cell}\r\n`)
    })
  }

  it("keeps numbers as numbers, and leaves an absent value empty", () => {
    assert.strictEqual(csvLine([-1, undefined, "", 0.5]), "-1,,,0.5\r\n")
  })

  it("reads any line break, and numbers the line where a record starts", () => {
    assert.deepStrictEqual(readAll('a,b\r\n"c\nd",e\n\nf,\rg'), [
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["c\nd", "e"] },
      { line: 5, cells: ["f", ""] },
      { line: 6, cells: ["g"] }
    ])
  })

  const malformed: ReadonlyArray<readonly [string, number]> = [
    ['a\n"b\nc', 2],
    ['a\nb\n"c"d', 3],
    [`a\n"${"x".repeat(5 * 1024 * 1024)}`, 2]
  ]
  for (const [text, line] of malformed) {
    it(`refuses ${JSON.stringify(text.slice(0, 12))} with the line`, () => {
      const reader = new CsvReader()
      const before = [...reader.read(text), ...reader.end()]
      assert.include(reader.malformed, `line ${line}: `)
      assert.lengthOf(before, line - 1)
    })
  }
})
