import { assert, describe, it } from "@effect/vitest"
import * as handlebars from "../../bench/reporter/engines/handlebars.ts"
import * as mustache from "../../bench/reporter/engines/mustache.ts"
import * as ours from "../../bench/reporter/engines/ours.ts"
import {
  escapedAsOurs,
  handlebarsText,
  handlebarsTexts
} from "../../bench/reporter/handlebarsTexts.ts"
import { htmlPartials } from "../../src/programs/reporter/render/htmlBlocks.ts"
import { htmlTemplate } from "../../src/programs/reporter/render/htmlTemplate.ts"
import { reportView } from "../../src/programs/reporter/render/ReportView.ts"
import { quietWeek, typicalWeek } from "../programs/reporter/render/reports.ts"

describe("a template in Handlebars' words", () => {
  it("has a block for what each section does, closed by the block's own name", () => {
    assert.strictEqual(
      handlebarsText("{{#rows}}{{#note}}{{note}}{{/note}}{{/rows}}{{^alert}}-{{/alert}}"),
      "{{#each rows}}{{#if note}}{{note}}{{/if}}{{/each}}{{#unless alert}}-{{/unless}}"
    )
    assert.strictEqual(
      handlebarsText("{{#heat}}{{>heat}}{{/heat}}"),
      "{{#with heat}}{{>heat}}{{/with}}"
    )
  })

  it("has numbers in brackets, and this for the innermost context", () => {
    assert.strictEqual(
      handlebarsText("{{columns.0}}{{#steps.3}}{{/steps.3}}{{#.}}{{.}}{{/.}}"),
      "{{columns.[0]}}{{#if steps.[3]}}{{/if}}{{#each this}}{{this}}{{/each}}"
    )
  })
})

describe("the report's HTML", () => {
  const texts = { template: htmlTemplate, partials: htmlPartials }
  const siteName = `<b>"O'Hara"</b> & a/b=\`c\``

  for (const [name, report] of Object.entries({ quietWeek, typicalWeek })) {
    it(`is the same from three engines but for how they escape: ${name}`, () => {
      const view = reportView(report, { siteName })
      const html = ours.prepare(texts)(view)
      assert.include(html, "O&#39;Hara")
      const [one, other] = [
        mustache.prepare(texts)(view),
        handlebars.prepare(handlebarsTexts(texts))(view)
      ]
      assert.notStrictEqual(one, html)
      assert.notStrictEqual(other, html)
      assert.strictEqual(escapedAsOurs(one), html)
      assert.strictEqual(escapedAsOurs(other), html)
    })
  }
})
