import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { parse, render } from "../../../../src/programs/reporter/render/Mustache.ts"
import {
  MAX_DEPTH,
  MustacheDepthExceeded
} from "../../../../src/programs/reporter/render/MustachePiece.ts"
import { MustacheSyntaxError } from "../../../../src/programs/reporter/render/MustacheScanner.ts"

const errorOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return assert.fail("nothing was thrown")
}

const syntaxErrorOf = (template: string): MustacheSyntaxError => {
  const error = errorOf(() => parse(template, { name: "report.html" }))
  assert.instanceOf(error, MustacheSyntaxError)
  return error
}

describe("what a template may read", () => {
  it.each([
    "constructor",
    "__proto__.x",
    "toString",
    "hasOwnProperty",
    "list.map",
    "list.constructor",
    "text.length",
    "nothing.x",
    "constructor.name",
    "inherited",
    "getter"
  ])("{{%s}} renders nothing, since it is no own property", (name) => {
    class Row {
      readonly list = [1]
      readonly text = "abc"
      readonly nothing = null
      get getter() {
        return "from the prototype"
      }
    }
    Object.defineProperty(Row.prototype, "inherited", { value: "from the prototype" })
    const view = new Row()
    assert.strictEqual(render(`[{{${name}}}]`, view), "[]")
    assert.strictEqual(render(`[{{#${name}}}open{{/${name}}}]`, view), "[]")
    assert.strictEqual(render(`[{{^${name}}}closed{{/${name}}}]`, view), "[closed]")
  })

  it("reads an own property whatever its name is", () => {
    const view = JSON.parse('{"__proto__": {"x": "own"}, "constructor": "mine"}')
    assert.strictEqual(render("{{__proto__.x}} {{constructor}}", view), "own mine")
  })

  it("reads views without a prototype, items by their index and the length of a list", () => {
    const view = Object.assign(Object.create(null), { list: ["a", "b"] })
    assert.strictEqual(render("{{list.1}} of {{list.length}}", view), "b of 2")
  })

  it("finds no partial on the prototype of the partials", () => {
    assert.strictEqual(render("[{{>constructor}}{{>toString}}]", {}, {}), "[]")
  })
})

describe("what values render as", () => {
  it.each([
    [0, "0"],
    [-1.5, "-1.5"],
    [1_234_567, "1234567"],
    [12n, "12"],
    [false, "false"],
    [undefined, ""],
    [null, ""],
    [{ a: 1 }, ""],
    [Object.create(null), ""],
    [{ toString: "no function" }, ""],
    [["a", "b"], ""]
  ])("%o renders as %o", (value, expected) => {
    assert.strictEqual(render("{{value}}", { value }), expected)
    assert.strictEqual(render("{{{value}}}", { value }), expected)
  })

  it.each([0, Number.NaN, "", null, undefined, false, []])("%o closes a section", (value) => {
    const template = "{{#value}}open{{/value}}{{^value}}closed{{/value}}"
    assert.strictEqual(render(template, { value }), "closed")
  })

  it("does not look further out for an own property that is null", () => {
    const view = { name: "outer", inner: { name: null } }
    assert.strictEqual(render("{{#inner}}[{{name}}]{{/inner}}", view), "[]")
  })

  it("escapes both kinds of quotes, so that a value stays inside its attribute", () => {
    const view = { value: `"><i a='b' & c` }
    const expected = `<a title="&quot;&gt;&lt;i a=&#39;b&#39; &amp; c">`
    assert.strictEqual(render(`<a title="{{value}}">`, view), expected)
  })
})

describe("indented partials", () => {
  it("indents every line of the partial, those that begin with a tag or are empty included", () => {
    const partials = { list: "{{a}}: x\n\n{{! c }}b\n{{#a}}\n  in\n{{/a}}\n{{{a}}}" }
    const expected = "  1: x\n  \n  b\n    in\n  1end"
    assert.strictEqual(render("  {{>list}}\nend", { a: "1" }, partials), expected)
  })

  it("adds up the indentation of partials in partials, and drops it afterwards", () => {
    const partials = { outer: "<o>\n  {{>inner}}\n</o>\n", inner: "<i>\n</i>\n" }
    const expected = "  <o>\n    <i>\n    </i>\n  </o>\n<i>\n</i>\n"
    assert.strictEqual(render("  {{>outer}}\n{{>inner}}", {}, partials), expected)
  })

  it("does not indent an inline partial in an indented one", () => {
    const partials = { outer: "a {{>inner}}\n", inner: "b\nc" }
    assert.strictEqual(render("  {{>outer}}", {}, partials), "  a b\nc\n")
  })

  it("never indents the lines of a value", () => {
    const view = { value: "1\n2" }
    assert.strictEqual(
      render("  {{>p}}", view, { p: "{{value}}\n{{&value}}\n" }),
      "  1\n2\n  1\n2\n"
    )
  })
})

describe("syntax errors", () => {
  it.each([
    ["a\n  {{name", 2, 3, "tag is not closed, }} is missing"],
    ["{{{name}}", 1, 1, "tag is not closed, }}} is missing"],
    ["{{! comment", 1, 1, "tag is not closed, }} is missing"],
    ["{{=<% %>}}", 1, 1, "tag is not closed, =}} is missing"],
    ["{{=<% %>=}}\n<% name }}", 2, 1, "tag is not closed, %> is missing"],
    ["\n{{#a}}\n{{#b}}{{/b}}\n", 2, 1, 'section "a" is not closed'],
    ["{{#a}}\n x{{^b}}", 2, 3, 'section "b" is not closed'],
    ["{{#a}}{{#b}}\r\n {{/a}}{{/b}}", 2, 2, '"a" is closed, but "b" is open'],
    ["text {{/a}}", 1, 6, '"a" is closed, but no section is open'],
    ["{{=<%=}}", 1, 1, 'bad delimiters "<%", two words without = are expected'],
    ["{{=a b c=}}", 1, 1, 'bad delimiters "a b c", two words without = are expected'],
    ["{{= == == =}}", 1, 1, 'bad delimiters "== ==", two words without = are expected'],
    ["{{==}}", 1, 1, 'bad delimiters "", two words without = are expected'],
    ["{{}}", 1, 1, '"" is not a name'],
    ["{{# }}", 1, 1, '"" is not a name'],
    [" {{#if open}}{{/if}}", 1, 2, '"if open" is not a name'],
    ["{{{a}} {{{b}}}", 1, 1, '"a}} {{{b" is not a name'],
    ["{{a..b}}", 1, 1, '"a..b" is not a name'],
    ["{{#.a}}{{/.a}}", 1, 1, '".a" is not a name']
  ])("%o fails at line %i, column %i", (template, line, column, reason) => {
    const error = syntaxErrorOf(template)
    assert.deepStrictEqual(
      { line: error.line, column: error.column, reason: error.reason },
      { line, column, reason }
    )
    assert.strictEqual(error.template, "report.html")
    assert.strictEqual(error.message, `report.html:${line}:${column}: ${reason}`)
  })

  it("carry the name of the partial that is at fault", () => {
    const error = errorOf(() => render("{{>row}}", {}, { row: "<td>{{/td}}" }))
    assert.instanceOf(error, MustacheSyntaxError)
    assert.strictEqual(error.message, 'row:1:5: "td" is closed, but no section is open')
  })
})

describe("depth", () => {
  const nested = (depth: number) => `${"{{#a}}".repeat(depth)}x${"{{/a}}".repeat(depth)}`
  const tree = (depth: number): unknown =>
    Array.from({ length: depth }).reduce((child) => ({ children: [child] }), { children: [] })

  it("parses sections nested far deeper than a call stack", () => {
    assert.strictEqual(render(nested(100_000), { a: false }), "")
  })

  it("renders as many open sections as the limit allows, and says so beyond it", () => {
    assert.strictEqual(render(nested(MAX_DEPTH), { a: true }), "x")
    const error = errorOf(() => render(nested(MAX_DEPTH + 1), { a: true }))
    assert.instanceOf(error, MustacheDepthExceeded)
    assert.include(error.message, '"a"')
  })

  it("counts what is open at one time, not what was rendered", () => {
    const template = "{{#list}}{{>p}}{{^none}}{{/none}}{{lambda}}{{/list}}"
    const list = Array.from({ length: 3 * MAX_DEPTH }, () => ({}))
    const out = render(template, { list, lambda: () => "y" }, { p: "x" })
    assert.strictEqual(out, "xy".repeat(list.length))
  })

  it("follows a recursive partial to the end of the view", () => {
    const node = parse("<{{#children}}{{>node}}{{/children}}>")
    const out = render(node, tree(400), { node })
    assert.strictEqual(out, "<".repeat(401) + ">".repeat(401))
  })

  it("stops a partial or a lambda that contains itself", () => {
    const partial = errorOf(() => render("{{>self}}", {}, { self: "x{{>self}}" }))
    assert.instanceOf(partial, MustacheDepthExceeded)
    const lambda = errorOf(() => render("{{self}}", { self: () => "x{{self}}" }))
    assert.instanceOf(lambda, MustacheDepthExceeded)
  })
})

describe("laws", () => {
  const piece = Arbitrary.schema(
    Schema.Union([
      Schema.String,
      Schema.Literals(["<", ">", "&", '"', "'", "{", "}", "\n", "\r\n"])
    ])
  )
  const texts = Arbitrary.array(piece, { maxLength: 12 }).pipe(Arbitrary.map((all) => all.join("")))

  it.prop("text without tags renders as itself", [texts], ([text]) => {
    const withoutTags = text.replaceAll(/\{+/g, "{")
    assert.strictEqual(render(withoutTags, {}), withoutTags)
    assert.strictEqual(render("{{>p}}", {}, { p: withoutTags }), withoutTags)
  })

  it.prop(
    "an escaped value holds no raw markup and reads back as the value",
    [texts],
    ([value]) => {
      const out = render("{{value}}", { value })
      assert.notMatch(out, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
      const back = out
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&")
      assert.strictEqual(back, value)
    }
  )

  it.prop("a value is never read as a template", [texts], ([text]) => {
    const value = `{{secret}}{{#value}}${text}{{{secret}}}`
    assert.strictEqual(render("[{{{value}}}]", { value, secret: "seen" }), `[${value}]`)
  })

  const line = Schema.Literals([
    "a",
    " ",
    "\n",
    "\r\n",
    "{{v}}",
    "{{! c }}",
    "{{>inner}}",
    "{{#v}}x\n y{{/v}}",
    "{{#v}}\n  {{>inner}}\n{{/v}}\n",
    "{{^none}}{{v}}\n{{v}}{{/none}}",
    "{{=<% %>=}}<% v %>\n<%={{ }}=%>"
  ])
  const templates = Arbitrary.array(Arbitrary.schema(line), { minLength: 1, maxLength: 12 })

  it.prop(
    "a standalone partial renders as its text with each line indented",
    [templates, templates],
    ([outer, within]) => {
      const view = { v: "1\n2" }
      const inner = within.join("").replaceAll("{{>inner}}", "")
      const partial = outer.join("")
      const indented = partial.replaceAll(/(?<=^|\n)(?=[\s\S])/g, "\t ")
      assert.strictEqual(
        render("\t {{>partial}}\n", view, { partial, inner }),
        render("{{>indented}}", view, { indented, inner })
      )
    },
    { arbitrary: { runs: 1000 } }
  )
})
