import { assert, describe, it } from "@effect/vitest"
import { parse, render } from "../../../../src/programs/reporter/render/Mustache.ts"

const view = { name: `<b> & "c" 'd'` }

describe("the escape of a template", () => {
  it("is for HTML unless the template says otherwise", () => {
    const escaped = "&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"
    assert.strictEqual(render(parse("{{name}}"), view), escaped)
    assert.strictEqual(render(parse("{{name}}", { escape: "html" }), view), escaped)
  })

  it("leaves the text of a plain template as it is", () => {
    assert.strictEqual(render(parse("{{name}}", { escape: "none" }), view), view.name)
  })

  it("never renders the tags that a value contains", () => {
    const hostile = { name: "{{secret}} {{{secret}}}", secret: "s" }
    assert.strictEqual(render(parse("{{name}}", { escape: "none" }), hostile), hostile.name)
  })

  it("holds in partials and lambdas that come as strings", () => {
    const template = parse("{{>part}} {{#lambda}}{{name}}{{/lambda}}", { escape: "none" })
    const lambda = (raw: string) => raw
    const expected = `${view.name} ${view.name}`
    assert.strictEqual(render(template, { ...view, lambda }, { part: "{{name}}" }), expected)
  })

  it("is a parsed partial's own", () => {
    const partials = { part: parse("{{name}}") }
    const template = parse("{{>part}}", { escape: "none" })
    assert.strictEqual(render(template, { name: "<" }, partials), "&lt;")
  })
})
