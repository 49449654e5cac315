import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import PostalMime from "postal-mime"
import { openInBrowser } from "../../../ops/report/Preview.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { startOps } from "../dlq/Operator.ts"
import { operateReport } from "./operateReport.ts"

/** The output of a preview, and the files that it wrote. */
const preview = Effect.fnUntraced(function* (...words: ReadonlyArray<string>) {
  const out = `${yield* temporaryFolder}/preview`
  mkdirSync(out)
  writeFileSync(`${out}/report.html`, "an earlier one", { mode: 0o644 })
  const said = yield* operateReport("preview", "--from", "sample", "--out", out, ...words)
  assert.isTrue(said.done, said.error)
  const read = (type: string) => readFileSync(`${out}/report.${type}`, "utf8")
  return { ...said, folder: out, html: read("html"), txt: read("txt"), eml: read("eml") }
})

/** The preview without any words, written once. */
class Preview extends Context.Service<Preview, Effect.Success<ReturnType<typeof preview>>>()(
  "test/Preview"
) {
  static readonly layer = Layer.effect(Preview, preview())
}

/** Mail has CRLF, and one at the end of each part. */
const asFile = (part = ""): string => part.replaceAll("\r\n", "\n").trimEnd()

layer(Preview.layer, { excludeTestServices: true })("preview --from sample", (it) => {
  it.effect(
    "writes three files whose parts agree, over an earlier one, for their owner alone",
    () =>
      Effect.gen(function* () {
        const { eml, folder, html, out, txt } = yield* Preview
        const email = yield* Effect.promise(() => PostalMime.parse(eml))
        assert.strictEqual(asFile(email.html), asFile(html))
        assert.strictEqual(asFile(email.text), asFile(txt))
        assert.match(email.subject ?? "", /^\d+ questions, \d+ without a good answer/)
        const files = ["html", "txt", "eml"].map((type) => `${folder}/report.${type}`)
        for (const file of files) assert.strictEqual(statSync(file).mode & 0o777, 0o600)
        const [said, ...listed] = out.split("\n")
        assert.match(
          said!,
          /^\d+ questions in 2026-W46, counted now \(sample\)\. Nothing was sent\.$/
        )
        assert.deepStrictEqual(
          listed,
          files.map((file) => `  ${file}`)
        )
      })
  )

  it.effect(
    "gives the same html and text every time",
    () =>
      Effect.gen(function* () {
        const [first, second] = [yield* Preview, yield* preview()]
        assert.strictEqual(first.html, second.html)
        assert.strictEqual(first.txt, second.txt)
      }),
    60_000
  )

  it.effect(
    "has earlier weeks to compare with, unanswered questions, a cost and dead letters",
    () =>
      Effect.gen(function* () {
        const { txt } = yield* Preview
        assert.match(txt, /THE LAST 8 WEEKS/)
        assert.match(txt, /Questions +\d+ .*%/)
        assert.match(txt, /QUESTIONS WITHOUT A GOOD ANSWER/)
        assert.match(txt, /Cost +\$0\.\d\d/)
        assert.match(txt, /Dead letters +5/)
      })
  )

  it.effect("shows the week, zone and site that it is asked for", () =>
    Effect.gen(function* () {
      const { folder, out, txt } = yield* preview(
        ...["--week", "2026-W13", "--zone", "Pacific/Auckland", "--site", "me.test", "--json"]
      )
      const { files, generatedAt, questions, week, ...rest } = JSON.parse(out)
      assert.strictEqual(week, "2026-W13")
      assert.isAbove(questions, 500)
      assert.strictEqual(files.html, `${folder}/report.html`)
      assert.strictEqual(generatedAt, Date.UTC(2026, 2, 29, 18))
      assert.include(rest, { source: "sample", frozen: false, opened: false })
      assert.include(rest.subject, "me.test")
      assert.include(txt, "2026-W13")
      assert.include(txt, "Pacific/Auckland")
    })
  )

  it.effect("quotes no question when questions are hidden", () =>
    Effect.gen(function* () {
      const [shown, hidden] = [yield* Preview, yield* preview("--questions", "hidden")]
      const question = "can i have her phone number"
      assert.include(shown.txt, question)
      for (const part of [hidden.html, hidden.txt]) assert.notInclude(part, question)
    })
  )
})

describe("the browser", () => {
  /** A program that leaves a mark with what it was asked to open. */
  const program = Effect.fnUntraced(function* (exitCode: number) {
    const folder = yield* temporaryFolder
    const file = `${folder}/browser`
    writeFileSync(file, `#!/bin/sh\necho "$1" > ${folder}/opened\nexit ${exitCode}\n`)
    chmodSync(file, 0o700)
    return { file, mark: `${folder}/opened` }
  })

  it.live("is the first program that is there and works", () =>
    Effect.gen(function* () {
      const [broken, working, spare] = [yield* program(3), yield* program(0), yield* program(0)]
      const programs = ["/none/browser", broken.file, working.file, spare.file]
      assert.isTrue(yield* openInBrowser("report.html", programs))
      assert.strictEqual(readFileSync(working.mark, "utf8"), "report.html\n")
      assert.isFalse(existsSync(spare.mark))
    })
  )

  it.live("may be missing", () =>
    Effect.gen(function* () {
      assert.isFalse(yield* openInBrowser("report.html", ["/none/browser"]))
    })
  )
})

describe.concurrent("npm run ops", () => {
  it.live(
    "previews the sample with no settings and nothing running",
    () =>
      Effect.gen(function* () {
        const folder = yield* temporaryFolder
        const words = ["report", "preview", "--from", "sample", "--json", "--out", folder]
        const { code, error, out } = yield* startOps(...words).ended
        assert.deepStrictEqual([code, error], [0, ""])
        assert.isAbove(JSON.parse(out).questions, 500)
      }),
    60_000
  )

  it.live(
    "ends with one line and 1 where nothing listens",
    () =>
      Effect.gen(function* () {
        const { ended } = startOps("report", "preview", "--local", "--port", "1")
        assert.deepStrictEqual(yield* ended, {
          out: "",
          error:
            "\nERROR\n  DynamoDB does not answer at http://127.0.0.1:4 (ECONNREFUSED)" +
            ": run npm start, or give its --port\n",
          code: 1
        })
      }),
    60_000
  )

  it.live(
    "ends with 2 when the command is wrong",
    () =>
      Effect.gen(function* () {
        const sample = yield* startOps("report", "preview", "--from", "sample", "--local").ended
        assert.deepStrictEqual(sample, {
          out: "",
          error: "\nERROR\n  --from sample excludes --local and every flag of another place\n",
          code: 2
        })
        const week = yield* startOps("report", "preview", "--week", "2026-W54").ended
        assert.strictEqual(week.code, 2)
      }),
    60_000
  )
})
