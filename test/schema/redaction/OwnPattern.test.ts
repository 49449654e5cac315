import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { expressionSteps } from "../../../src/schema/redaction/expressionSteps.ts"
import { lineLengthMax, parseOwnPatterns } from "../../../src/schema/redaction/OwnPattern.ts"
import { OwnPatterns } from "../../../src/schema/redaction/OwnPatterns.ts"
import { makeRedactor } from "../../../src/schema/redaction/Redaction.ts"

const redactorOf = (...lines: ReadonlyArray<string>) =>
  makeRedactor(Result.getOrThrow(parseOwnPatterns(lines.join("\n"))))

const faultOf = (text: string) => {
  const error = Result.getOrThrow(Result.flip(parseOwnPatterns(text)))
  assert.strictEqual(error._tag, "OwnPatternInvalid")
  assert.match(error.message, new RegExp(`^line ${error.line} [a-z]`))
  for (const part of text.match(/\/.+\/|KD|customer/g) ?? []) assert.notInclude(error.message, part)
  return [error.line, error.reason] as const
}

describe("Own patterns", () => {
  it("are written one per line as a label and an expression, which may ignore case", () => {
    const redact = redactorOf("id /KD-\\d{4,10}/i", "", "  private /Project (?:Falcon|Kestrel)/  ")
    assert.strictEqual(
      redact("kd-12345 works on Project Kestrel, not on project kestrel"),
      "[id] works on [private], not on project kestrel"
    )
  })

  it("come before the built-in ones, and never see a label", () => {
    const redact = redactorOf("private /\\+46 \\d{2}/", "id /private|e-mail/")
    assert.strictEqual(
      redact("+46 70 and anna@example.org, my e-mail"),
      "[private] and [e-mail], my [id]"
    )
  })

  it("see a text as it is written, line by line", () => {
    const redact = redactorOf("private /^b.c$/", "private /one.two/")
    assert.strictEqual(redact("a\nb👋c\none\ntwo"), "a\n[private]\none\ntwo")
  })

  it("see through hidden characters, which stay outside of what they find", () => {
    const redact = redactorOf("private /plan \\d/")
    assert.strictEqual(redact("\u200bpl\u00adan\u2060 7\u200b"), "\u200b[private]\u200b")
    assert.strictEqual(redact("\u200bplan\u00ad B"), "\u200bplan\u00ad B")
  })

  it("withhold the rest of a line that is too long for them", () => {
    const redact = redactorOf("private /secret plan/")
    const long = `a secret plan ${"x".repeat(lineLengthMax)}`
    const redacted = redact(`${long}\nand anna@example.org`)
    const kept = long.slice(0, lineLengthMax).replace("secret plan", "[private]")
    assert.strictEqual(redacted, `${kept}[withheld]\nand [e-mail]`)
    assert.strictEqual(redact(redacted), redacted)
    assert.strictEqual(makeRedactor([])(long), long)
  })

  it("are refused by the line, with a reason without a quotation", () => {
    assert.deepStrictEqual(faultOf("id KD-1"), [1, "malformed"])
    assert.deepStrictEqual(faultOf("id /KD/\nid /KD/g"), [2, "malformed"])
    assert.deepStrictEqual(faultOf("/KD/"), [1, "malformed"])
    assert.deepStrictEqual(faultOf("customer /KD/"), [1, "unknown label"])
    assert.deepStrictEqual(faultOf("\nid /KD(/"), [2, "invalid expression"])
    assert.deepStrictEqual(faultOf("id /KD\\d*|/"), [1, "matches nothing"])
  })

  it("are refused when they could take long, and only then", () => {
    const slow = ["(a+)+b", "(a|a)*b", "(a?){30}a{30}", "\\d+\\d+x", "(?:\\w+\\s?)*$", ".*.*x"]
    for (const expression of slow) {
      assert.deepStrictEqual(faultOf(`id /x${expression}/`), [1, "too slow"], expression)
    }
    const usual = ["\\bID\\d+\\b", "Kunde \\w+ \\w+", "[A-Z]{3}\\d+", "\\w{1,20}@corp\\.example"]
    const quick = [
      ...usual,
      "KD-\\d+",
      "[A-Z]{2,4}-\\d{1,20}",
      "(?:\\d{3}-){2}\\d{4}",
      "(?<=n° ?)\\w{6}"
    ]
    for (const expression of quick) {
      assert.isTrue(Result.isSuccess(parseOwnPatterns(`id /${expression}/`)), expression)
    }
  })

  it("are a setting that can be read and written", () => {
    const setting = "id /KD-\\d{4,10}/i\nprivate /Falcon/"
    const patterns = Schema.decodeUnknownSync(OwnPatterns)(setting)
    assert.deepStrictEqual(patterns, [
      { label: "id", expression: "KD-\\d{4,10}", flags: "i" },
      { label: "private", expression: "Falcon", flags: "" }
    ])
    assert.strictEqual(Schema.encodeSync(OwnPatterns)(patterns), setting)
    const refused = Schema.decodeUnknownResult(OwnPatterns)("id /(/")
    assert.include(
      String(Result.getOrThrow(Result.flip(refused))),
      "line 1 holds no valid regular expression"
    )
  })
})

describe("The steps of an expression", () => {
  const stepsOf = (expression: string) => expressionSteps({ expression, flags: "" }, 100)

  it("are those of all places of a line", () => {
    const steps: ReadonlyArray<readonly [string, number]> = [
      ["[ab]", 100],
      ["[a-z]\\d(?:x)", 300],
      ["\\w?x", 300],
      ["\\w{2,5}x", 1400],
      ["(?:a|b|c)d", 600],
      ["\\w+x", 10_000],
      ["(?<name>a|b)(?=c?)(?<!d)", 800]
    ]
    for (const [expression, expected] of steps) {
      assert.strictEqual(stepsOf(expression), expected, expression)
    }
  })

  it("are fewer after letters that every match begins with", () => {
    assert.strictEqual(stepsOf("KD-x"), 100)
    assert.isBelow(stepsOf("KD\\d+x"), stepsOf("KD\\w+x"))
    assert.isBelow(stepsOf("KD\\w+x"), stepsOf("KKK\\w+x"))
    assert.strictEqual(stepsOf("KKK\\w+x"), stepsOf("[K][K][K]\\w+x"))
  })

  it("explode with a repetition in a repetition", () => {
    for (const expression of ["((a|b)+)+", "(a+)+b", "(?:\\w+\\s?)*$", "(a|a)*b"]) {
      assert.isAbove(stepsOf(expression), 1e9, expression)
    }
  })
})
