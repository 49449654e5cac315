import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Variables from "../../src/runtime/Variables.ts"

const secret = "secret-4711"

const variables = {
  TABLE: { read: Variables.required, expected: "a table", example: "t" },
  QUEUE: { read: Variables.url, expected: "a URL", example: "https://q.example" },
  KEY: { read: Variables.secret, expected: "the key", example: "k" },
  MODE: {
    read: Variables.oneOf(["on", "off"], "on"),
    expected: "on or off",
    example: "off"
  },
  COUNT: {
    read: Variables.wholeNumber({ fallback: 10, minimum: 1, maximum: 20 }),
    expected: "1 to 20",
    example: "5"
  },
  NAME: { read: Variables.optional(Variables.required), expected: "a name", example: "n" },
  RULES: {
    read: (text: string) => Result.fail(`line ${text.length} is no rule`),
    expected: "rules",
    example: "a"
  }
}
const { RULES, ...plain } = variables

const complete = { TABLE: "t", QUEUE: "https://q.example/1", KEY: secret, COUNT: "20" }

const errorOf = (texts: Readonly<Record<string, string | undefined>>) =>
  Result.getOrThrow(Result.flip(Variables.readVariables(plain, texts)))

describe("The variables of a Worker", () => {
  it("are read under their names, without white space around them", () => {
    const texts = { ...complete, TABLE: " t\n", MODE: "off", NAME: "n" }
    const values = Result.getOrThrow(Variables.readVariables(plain, texts))
    assert.strictEqual(Redacted.value(values.KEY), secret)
    assert.strictEqual(values.QUEUE.href, "https://q.example/1")
    assert.deepInclude(values, { TABLE: "t", MODE: "off", COUNT: 20, NAME: "n" })
  })

  it("that are missing or empty have their default, or none", () => {
    for (const absent of [undefined, "", "  "]) {
      const texts = { ...complete, COUNT: absent, MODE: absent, NAME: absent }
      const values = Result.getOrThrow(Variables.readVariables(plain, texts))
      assert.deepInclude(values, { COUNT: 10, MODE: "on", NAME: undefined })
    }
  })

  it("that are wrong are named all at once, with an example and never with their value", () => {
    const error = errorOf({ QUEUE: secret, MODE: secret, COUNT: "21", KEY: "" })
    assert.strictEqual(
      error.message,
      [
        "These variables are missing or invalid:",
        "  TABLE: expected a table, for example t",
        "  QUEUE: expected a URL, for example https://q.example",
        "  KEY: expected the key, for example k",
        "  MODE: expected on or off, for example off",
        "  COUNT: expected 1 to 20, for example 5"
      ].join("\n")
    )
    for (const text of [error.message, String(error), error.stack, JSON.stringify(error)]) {
      assert.notInclude(text, secret)
    }
  })

  it("may explain their fault", () => {
    const read = Variables.readVariables({ RULES }, { RULES: secret })
    const { message } = Result.getOrThrow(Result.flip(read))
    assert.include(
      message,
      `RULES: expected rules, for example a; line ${secret.length} is no rule`
    )
  })

  it("are whole numbers only within their range", () => {
    for (const COUNT of ["0", "21", "1.5", "-1", "ten", "1e400", "NaN", "0x"]) {
      assert.deepStrictEqual(
        errorOf({ ...complete, COUNT }).settings.map(({ name }) => name),
        ["COUNT"]
      )
    }
  })
})
