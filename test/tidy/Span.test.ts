import { assert, describe, it } from "@effect/vitest"
import { blank } from "./Span.ts"

const code = (text: string) => blank(text, ["comment", "string", "regex"])

const cases: ReadonlyArray<readonly [sentence: string, text: string, code: string]> = [
  ["hides a line comment", "a // b\nc", "a     \nc"],
  ["hides a block comment and keeps its lines", "a /* b\nb */ c", "a     \n     c"],
  ["hides a string and keeps its quotes", 'f("a\\"b", \'c\')', "f(\"    \", ' ')"],
  ["sees no comment in a string", 'f("http://b") + c', 'f("        ") + c'],
  ["sees no string in a comment", "// don't \"\nc", "          \nc"],
  ["keeps the code inside a template", `\`a\${b}c\``, `\` \${b} \``],
  [
    "keeps an object inside a template",
    `\`a\${f({ b: \`c\` })}d\` + e`,
    `\` \${f({ b: \` \` })} \` + e`
  ],
  ["takes a dollar in a template as text", "`$a` + b", "`  ` + b"],
  ["hides a regular expression with a slash in a class", 'f(/[/"]x/g) + "a"', 'f(        ) + " "'],
  ["hides a regular expression after an arrow", "() => /`{/", "() =>     "],
  ["takes a slash after a value as a division", "a / b / c", "a / b / c"],
  [
    "takes a slash on a line of its own as a division",
    `a\n${" ".repeat(20)}/ b / c`,
    `a\n${" ".repeat(20)}/ b / c`
  ],
  ["takes a slash after a bracket as a division", "f(a) / b[0] / c", "f(a) / b[0] / c"]
]

describe("blank", () => {
  for (const [sentence, text, expected] of cases) {
    it(sentence, () => assert.strictEqual(code(text), expected))
  }

  it("hides only the kinds that are asked for", () => {
    assert.strictEqual(blank('"a" // b', ["comment"]), '"a"     ')
  })
})
