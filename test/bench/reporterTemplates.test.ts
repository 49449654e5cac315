import { assert, describe, it } from "@effect/vitest"
import * as mustache from "../../bench/reporter/engines/mustache.ts"
import * as ours from "../../bench/reporter/engines/ours.ts"
import { escapedAsOurs } from "../../bench/reporter/Texts.ts"
import { htmlPartials } from "../../src/programs/reporter/render/htmlBlocks.ts"
import { htmlTemplate } from "../../src/programs/reporter/render/htmlTemplate.ts"
import { reportView } from "../../src/programs/reporter/render/ReportView.ts"
import { quietWeek, typicalWeek } from "../programs/reporter/render/reports.ts"

describe("the report's HTML", () => {
  const texts = { template: htmlTemplate, partials: htmlPartials }
  const siteName = `<b>"O'Hara"</b> & a/b=\`c\``

  for (const [name, report] of Object.entries({ quietWeek, typicalWeek })) {
    it(`is that of the mustache package, which escapes more characters: ${name}`, () => {
      const view = reportView(report, { siteName })
      const html = ours.prepare(texts)(view)
      assert.include(html, "</html>")
      assert.strictEqual(escapedAsOurs(mustache.prepare(texts)(view)), html)
    })
  }
})
