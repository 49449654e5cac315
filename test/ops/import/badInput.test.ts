import { existsSync, readFileSync, writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { importCommand } from "../../../ops/import/importCommand.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { operateWith } from "../operateWith.ts"

const imported = operateWith(importCommand)

const dayMs = 86_400_000
const iso = (days: number) => new Date(Date.now() + days * dayMs).toISOString()
const head = "question,answer,timestamp"
const row = `Why?,So.,${iso(-3)}`
const json = JSON.stringify({ question: "Why?", answer: "So.", timestamp: iso(-3) })

/** A file in a folder of its own, whose name says nothing true. */
const fileOf = (content: string | Uint8Array) =>
  Effect.map(temporaryFolder, (folder) => {
    const file = `${folder}/history.csv`
    writeFileSync(file, content)
    return file
  })

const bad: ReadonlyArray<readonly [string, string | Uint8Array, said: string, taken?: number]> = [
  ["nothing", "", "is empty"],
  ["blank lines", "\n\n \n", "is empty"],
  ["a workbook", Buffer.from("504b030414000600", "hex"), "is a zip archive or a workbook"],
  ["a compressed file", Buffer.from("1f8b080000", "hex"), "is compressed"],
  ["an end in a quote", `${head}\n${row}\n"Wh`, "line 3: a quote is never closed", 1],
  ["a list that is cut", `[${json},\n${json},\n{"ques`, "line 3: the file is cut", 2],
  ["a list that lost its end", `[${json},\n${json}`, "the file is cut", 2],
  ["a list with a bracket too many", `[${json}}]`, "a bracket closes what is not open", 1],
  ["a line of JSON that is cut", `${json}\n${json}\n{"ques`, "line 3: it is not JSON", 2],
  ["a page", "<!doctype html>\n<p>Hello</p>\n", "has no column for question"],
  ["a million columns", `${"column,".repeat(1_000_000)}\n`, "line 1: more than 10000 cells"],
  ["a line without an end", `${head}\n${"x".repeat(5_000_000)}`, "line 2: it is longer than 4 MB"],
  ["many columns", `${"a,".repeat(5000)}${head}\n`, "has 5003 columns, more than the 1000"],
  [
    "two encodings",
    Buffer.concat([Buffer.from(`${head}\nÄÖÜ?,${row}`), Buffer.from([0xe4, 0x0a])]),
    "mixes UTF-8 with another encoding"
  ],
  [
    "a row of the future",
    `${head}\n${row}\nWhen?,Soon.,${iso(2)}`,
    "line 3: lies in the future",
    1
  ],
  ["no time at all", `question,answer\nWhy?,So.`, "has no column for timestamp"]
]

layer(NodeServices.layer, { excludeTestServices: true })("a history with a fault", (it) => {
  for (const [name, content, said, taken] of bad) {
    it.effect(`ends with one clear error: ${name}`, () =>
      Effect.gen(function* () {
        const file = yield* fileOf(content)
        const { done, error, out } = yield* imported(file, "--dry-run")
        assert.isFalse(done)
        assert.include(error, said)
        if (taken !== undefined) assert.match(out, new RegExp(`\n${taken} rows? would be put on`))
      })
    )
  }

  it.effect("names the columns that it has, and the --map to give", () =>
    Effect.gen(function* () {
      const file = yield* fileOf(`Eins,Zwei,Drei\nWhy?,So.,${iso(-3)}\n`)
      const { error } = yield* imported(file, "--dry-run")
      assert.include(
        error,
        "has no column for question, answer, timestamp. It has Eins, Zwei, Drei. " +
          "Name them with --map question=COLUMN,answer=COLUMN,timestamp=COLUMN"
      )
      const wrong = yield* imported(file, "--dry-run", "--map", "question=Vier")
      assert.include(wrong.error, "has no column Vier. It has Eins, Zwei, Drei")
      const unknown = yield* imported(file, "--dry-run", "--map", "query=Eins")
      assert.include(unknown.error, "one of question, answer, timestamp")
    })
  )

  it.effect("goes on after a quote that is never closed", () =>
    Effect.gen(function* () {
      const file = yield* fileOf(`${head}\n${row}\n"Who,So.,${iso(-3)}\n${row}\n${row}`)
      const cut = yield* imported(file, "--dry-run")
      assert.include(cut.error, "line 3: a quote is never closed; --from-line 4 goes on after it")
      assert.include(cut.out, "1 row would be put on")
      const { done, out } = yield* imported(file, "--dry-run", "--from-line", "4")
      assert.isTrue(done)
      assert.include(out, "2 rows would be put on")
    })
  )

  it.effect("does not open a folder", () =>
    Effect.gen(function* () {
      const { error } = yield* imported(yield* temporaryFolder, "--dry-run")
      assert.include(error, "is no plain file")
    })
  )

  it.effect("shows the weeks of an old history as reports, and stores nothing", () =>
    Effect.gen(function* () {
      const weeks = [0, 7, 8].map((n) => `Do you ship ${n}?,I don't know.,${iso(n - 400)}`)
      const file = yield* fileOf([head, ...weeks].join("\n"))
      const printed = yield* imported(file, "--keep-dates", "none")
      assert.isTrue(printed.done, printed.error)
      assert.include(printed.out, "Do you ship 0?")
      assert.include(printed.out, "Nothing was stored.")
      const out = yield* temporaryFolder
      const { out: text } = yield* imported(file, "--keep-dates", "none", "--out", out, "--json")
      const told = JSON.parse(text)
      const questions = told.weeks.map((week: { readonly questions: number }) => week.questions)
      assert.strictEqual(
        questions.reduce((sum: number, n: number) => sum + n),
        3
      )
      const [{ files, week }] = told.weeks
      assert.isTrue(existsSync(files.html))
      assert.include(readFileSync(files.txt, "utf8"), "Do you ship 0?")
      const one = yield* imported(file, "--keep-dates", "none", "--week", week, "--json")
      assert.lengthOf(JSON.parse(one.out).weeks, 1)
      const refused = yield* imported(file, "--week", week)
      assert.include(refused.error, "--week and --out are for --keep-dates none")
    })
  )
})
