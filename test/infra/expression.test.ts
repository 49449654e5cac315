/** Terraform's expressions are evaluated where possible; the others stay as they are written. */
import { assert, describe, it } from "@effect/vitest"
import { descend, evaluate, parseExpressions } from "../../infra/definitions/Expression.ts"

const known = {
  var: { name: "cv", units: { write: 5 }, mode: "FREE", on: true },
  queue: { events: { name: "cv.fifo", tags: ["a", "b"] } }
}

const lookup = (path: ReadonlyArray<string>): unknown => descend(known, path, lookup)

const evaluated = async (value: unknown) => evaluate(await parseExpressions(value), lookup)

const expressions: ReadonlyArray<readonly [source: string, value: unknown]> = [
  ["var.name", "cv"],
  ["var.units.write", 5],
  ["queue.events.tags", ["a", "b"]],
  ["2 * var.units.write + 1", 11],
  ["(1 + 1) * var.units.write", 10],
  ['var.mode == "FREE" ? var.units.write : null', 5],
  ['var.mode != "FREE" ? var.units.write : 0', 0],
  ["var.on ? 1 : 2", 1],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's expression
  ["var.on ? [var.name, queue.events.arn] : []", ["cv", "${queue.events.arn}"]]
]

const unknown = [
  "queue.events.arn",
  "6 * queue.events.delay",
  "queue.events.arn == 1 ? 1 : 2",
  'jsonencode({ a = var.name, b = ["{}"] })'
]

describe("an expression", () => {
  for (const [source, value] of expressions) {
    it(`${source} is ${JSON.stringify(value)}`, async () => {
      assert.deepStrictEqual(await evaluated(`\${${source}}`), value)
    })
  }

  for (const source of unknown) {
    it(`${source} stays as it is`, async () => {
      assert.strictEqual(await evaluated(`\${${source}}`), `\${${source}}`)
    })
  }

  it("in a text is replaced where it is known", async () => {
    assert.strictEqual(await evaluated("plain"), "plain")
    assert.strictEqual(await evaluated(`\${var.name}-\${queue.events.name}`), "cv-cv.fifo")
    assert.strictEqual(
      await evaluated(`\${var.name}:\${queue.events.arn}`),
      `cv:\${queue.events.arn}`
    )
  })

  it("is found wherever it stands, and one that is null takes its argument along", async () => {
    const body = {
      a: [`\${var.name}`],
      b: { c: `\${var.on ? null : 1}`, d: `\${var.on ? false : 1}` },
      e: 3
    }
    assert.deepStrictEqual(await evaluated(body), { a: ["cv"], b: { d: false }, e: 3 })
  })

  it("with a syntax error fails with the parser's words", async () => {
    await parseExpressions(`\${var.}`).then(
      () => assert.fail("it was taken"),
      (error) => assert.match(String(error), /expressions\.tf/)
    )
  })
})
