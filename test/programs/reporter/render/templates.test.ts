import { assert, describe, it } from "@effect/vitest"
import { htmlPartials } from "../../../../src/programs/reporter/render/htmlBlocks.ts"
import { htmlTemplate } from "../../../../src/programs/reporter/render/htmlTemplate.ts"
import { dark, light } from "../../../../src/programs/reporter/render/Palette.ts"
import { textPartials, textTemplate } from "../../../../src/programs/reporter/render/TextView.ts"

const htmlSources = { htmlTemplate, ...htmlPartials }
const sources = Object.entries({ ...htmlSources, textTemplate, ...textPartials })

describe("the templates", () => {
  it.each(sources)("%s has no raw tag, so every value is escaped", (_, template) => {
    assert.notMatch(template, /\{\{\s*[{&]/)
  })

  it.each(Object.entries(htmlSources))("%s loads nothing and runs nothing", (_, template) => {
    assert.notMatch(template, /<(img|script|link|iframe|object|a)\b|@import|url\(|https?:/i)
  })

  it.each(Object.entries(htmlSources))("%s names each table for what it is", (_, template) => {
    for (const [, attributes, inside] of template.matchAll(/<table([^>]*)>\s*(\S*)/g)) {
      const isLayout = attributes?.includes(`role="presentation"`) ?? false
      assert.strictEqual(inside?.startsWith("<caption") ?? false, !isLayout)
    }
    for (const [header] of template.matchAll(/<th\b[^>]*>/g)) assert.match(header, / scope="/)
  })

  it.each(Object.entries(htmlSources))("%s has no text below 14 px", (_, template) => {
    for (const [, size] of template.matchAll(/font-size:(\d+)/g)) {
      assert.isTrue(size === "0" || Number(size) >= 14, `font-size ${size}`)
    }
  })

  it("take every colour from the palettes", () => {
    const known = new Set([...Object.values(light), ...Object.values(dark)])
    for (const [colour] of Object.values(htmlSources)
      .join()
      .matchAll(/#[0-9a-f]{3,6}\b(?!;)/gi)) {
      assert.isTrue(known.has(colour), colour)
    }
  })

  it("darken every colour that is set inline", () => {
    const text = Object.values(htmlSources).join()
    for (const [element] of text.matchAll(/<[a-z0-9]+ [^>]*style="[^"]*"/g)) {
      const classes = (/class="([^"]*)"/.exec(element)?.[1] ?? "").split(" ")
      const has = (role: string) => classes.includes(role)
      if (/[";]color:/.test(element)) {
        assert.isTrue(["ink", "muted", "alert", "good", "onHeat"].some(has), element)
      }
      if (/background-color:|bgcolor=/.test(element)) {
        assert.isTrue(["page", "card", "bar"].some(has) || /\bheat[1-5]\b/.test(element), element)
      }
      if (/border-(top|bottom):/.test(element)) assert.isTrue(has("line"), element)
    }
  })
})
