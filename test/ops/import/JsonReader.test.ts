import { assert, describe, it } from "@effect/vitest"
import { JsonReader } from "../../../ops/import/JsonReader.ts"
import { Ranks } from "../../../ops/import/Ranks.ts"

const read = (...pieces: ReadonlyArray<string>) => {
  const reader = new JsonReader()
  const rows = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()]
  return {
    malformed: reader.malformed,
    rows: rows.map(({ line, text }) => [line, JSON.parse(text)])
  }
}

const [first, second] = [{ a: 'x"]}\\', b: [1, { c: "\\\\" }] }, { a: "é[{" }]
const [one, two] = [JSON.stringify(first), JSON.stringify(second)]

describe("a document of JSON", () => {
  const documents: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
    ["a list", `[${one},${two}]`, [1, 1]],
    ["a list over lines", `[\n${one},\n\n${two}\n]\n`, [2, 4]],
    [
      "a list in an object",
      `{"meta": {"page": [1]}, "data": [${one},\n ${two}], "more": [{}]}`,
      [1, 2]
    ],
    ["objects one after the other", `${one}\n${two}`, [1, 2]]
  ]
  for (const [name, text, lines] of documents) {
    it(`is divided into rows, wherever it is cut: ${name}`, () => {
      const expected = [
        [lines[0], first],
        [lines[1], second]
      ]
      for (let cut = 0; cut <= text.length; cut++) {
        const { malformed, rows } = read(text.slice(0, cut), text.slice(cut))
        assert.isUndefined(malformed)
        assert.deepStrictEqual(rows, expected)
      }
    })
  }

  it("that is one object is one row", () => {
    assert.deepStrictEqual(read('{"messages": [{"role": "user"}]}').rows, [
      [1, { messages: [{ role: "user" }] }]
    ])
  })

  it("that is cut says so after its whole rows", () => {
    const { malformed, rows } = read(`[${one},\n${two.slice(0, -2)}`)
    assert.lengthOf(rows, 1)
    assert.strictEqual(malformed, "line 2: the file is cut, and what followed is gone")
  })
})

describe("ranks", () => {
  it("count equal contents, and no others", () => {
    const ranks = new Ranks()
    const contents = Array.from({ length: 30_000 }, (_, n) => String(n % 20_000))
    const found = contents.map((content) => ranks.next(content))
    assert.isTrue(found.every((rank, n) => rank === (n < 20_000 ? 0 : 1)))
    assert.strictEqual(ranks.next("7"), 2)
  })
})
