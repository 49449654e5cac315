import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { parse, render } from "../../../../src/programs/reporter/render/Mustache.ts"

interface Case {
  readonly name: string
  readonly desc: string
  readonly data: unknown
  readonly template: string
  readonly partials?: Readonly<Record<string, string>>
  readonly expected: string
}

const casesOf = (module: string): ReadonlyArray<Case> =>
  JSON.parse(readFileSync(new URL(`./mustache-spec/${module}.json`, import.meta.url), "utf8"))

const modules = {
  comments: 12,
  delimiters: 14,
  interpolation: 42,
  inverted: 22,
  partials: 12,
  sections: 34
}

describe.each(Object.entries(modules))("Mustache specification 1.4: %s", (module, count) => {
  const cases = casesOf(module)

  it("has all its cases here", () => {
    assert.strictEqual(cases.length, count)
  })

  it.each(cases)("$name: $desc", ({ template, data, partials, expected }) => {
    assert.strictEqual(render(template, data, partials), expected)
  })

  it.each(cases)("$name, parsed once and rendered twice", (spec) => {
    const template = parse(spec.template)
    const partials = Object.fromEntries(
      Object.entries(spec.partials ?? {}).map(([name, text]) => [name, parse(text, { name })])
    )
    assert.strictEqual(render(template, spec.data, partials), spec.expected)
    assert.strictEqual(render(template, spec.data, partials), spec.expected)
  })
})

describe("Mustache specification 1.4: ~lambdas", () => {
  const planet = "world"

  it("interpolates what a lambda returns", () => {
    assert.strictEqual(render("Hello, {{lambda}}!", { lambda: () => "world" }), "Hello, world!")
  })

  it("parses what an interpolated lambda returns", () => {
    const view = { planet, lambda: () => "{{planet}}" }
    assert.strictEqual(render("Hello, {{lambda}}!", view), "Hello, world!")
  })

  it("parses what an interpolated lambda returns with the default delimiters", () => {
    const view = { planet, lambda: () => "|planet| => {{planet}}" }
    const template = "{{= | | =}}\nHello, (|&lambda|)!"
    assert.strictEqual(render(template, view), "Hello, (|planet| => world)!")
  })

  it("calls an interpolated lambda each time", () => {
    let calls = 0
    const view = { lambda: () => ++calls }
    assert.strictEqual(render("{{lambda}} == {{{lambda}}} == {{lambda}}", view), "1 == 2 == 3")
  })

  it("escapes what an interpolated lambda returns", () => {
    assert.strictEqual(render("<{{lambda}}{{{lambda}}}", { lambda: () => ">" }), "<&gt;>")
  })

  it("gives a section's lambda the raw text of the section", () => {
    const view = { x: "Error!", lambda: (text: string) => (text === "{{x}}" ? "yes" : "no") }
    assert.strictEqual(render("<{{#lambda}}{{x}}{{/lambda}}>", view), "<yes>")
  })

  it("parses what a section's lambda returns", () => {
    const view = { planet: "Earth", lambda: (text: string) => `${text}{{planet}}${text}` }
    assert.strictEqual(render("<{{#lambda}}-{{/lambda}}>", view), "<-Earth->")
  })

  it("parses what a section's lambda returns with the current delimiters", () => {
    const view = {
      planet: "Earth",
      lambda: (text: string) => `${text}{{planet}} => |planet|${text}`
    }
    const template = "{{= | | =}}<|#lambda|-|/lambda|>"
    assert.strictEqual(render(template, view), "<-{{planet}} => Earth->")
  })

  it("calls a section's lambda each time", () => {
    const view = { lambda: (text: string) => `__${text}__` }
    const template = "{{#lambda}}FILE{{/lambda}} != {{#lambda}}LINE{{/lambda}}"
    assert.strictEqual(render(template, view), "__FILE__ != __LINE__")
  })

  it("holds a lambda for truthy in an inverted section", () => {
    const view = { static: "static", lambda: () => false }
    assert.strictEqual(render("<{{^lambda}}{{static}}{{/lambda}}>", view), "<>")
  })
})
