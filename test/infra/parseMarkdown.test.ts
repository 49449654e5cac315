import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { parseMarkdown } from "../../infra/parseMarkdown.ts"
import { Section } from "../../src/layers/knowledge/KnowledgeSection.ts"

const fragments = [
  "## A",
  "## A 2",
  "## ",
  "##A",
  "### A",
  "## ليف",
  "# A",
  "```",
  "<!--",
  "-->",
  "x",
  ""
]

describe("parseMarkdown", () => {
  it("makes one section of each second-level heading, in the order of the page", () => {
    assert.deepStrictEqual(
      parseMarkdown("# CV\n\nintro\n\n## First job\n\nAt A.\n\n## Go ##\n\nYes."),
      [
        { id: "first-job", title: "First job", text: "At A." },
        { id: "go", title: "Go", text: "Yes." }
      ]
    )
  })

  it("joins the lines of a paragraph and keeps paragraphs and list items apart", () => {
    const [section] = parseMarkdown("## A\n\none\ntwo\n\n\nthree:\n- four\n- five\n1. six\n")
    assert.strictEqual(section?.text, "one two\n\nthree:\n- four\n- five\n1. six")
  })

  it("reads Windows line ends and a byte order mark", () => {
    const windows = "\uFEFF## A\r\n\r\none\r\ntwo\r\n"
    assert.deepStrictEqual(parseMarkdown(windows), [{ id: "a", title: "A", text: "one two" }])
  })

  it("never shows the author's comments", () => {
    const [section] = parseMarkdown("## A\n\none <!-- not\nthis -->two\n<!-- nor this")
    assert.strictEqual(section?.text, "one two")
  })

  it("leaves code as it is, whatever it looks like", () => {
    const code = "```sh\n## not a heading\n  ls\n```"
    assert.deepStrictEqual(parseMarkdown(`## A\n\n${code}`), [{ id: "a", title: "A", text: code }])
  })

  it("skips a heading without a text or a title", () => {
    assert.deepStrictEqual(parseMarkdown("## Empty\n\n## \n\nno title\n\n##\n\n## Full\n\ntext"), [
      { id: "full", title: "Full", text: "text" }
    ])
  })

  it("gives valid sections with unique ids for any page", () => {
    const decode = Schema.decodeUnknownSync(Schema.Array(Section))
    for (const first of fragments) {
      for (const second of fragments) {
        for (const third of fragments) {
          const page = [first, "text", second, "text", third, "text", first, "text"].join("\n")
          const sections = decode(parseMarkdown(page))
          assert.strictEqual(new Set(sections.map(({ id }) => id)).size, sections.length)
        }
      }
    }
  })
})
