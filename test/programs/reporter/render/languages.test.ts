/** The mail in each language: golden files, and what holds in all of them. */
import { assert, describe, expect, it } from "@effect/vitest"
import { ReportLanguage } from "../../../../src/programs/reporter/ReportLanguage.ts"
import { alertMail } from "../../../../src/programs/reporter/watch/alertMail.ts"
import { alertOf } from "../../../../src/programs/reporter/watch/alertOf.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { wordsIn } from "../../../../src/programs/reporter/words/wordsIn.ts"
import { type FindingKind, findingKinds } from "../../../../src/schema/watch/Finding.ts"
import { options } from "../ReporterWorld.ts"
import { hostileSite, hostileWeek } from "./hostileWeek.ts"
import { hugeWeek } from "./hugeWeek.ts"
import { assertFit, bothParts, golden, mailOf } from "./mails.ts"
import { oneQuestion, quietWeek, typicalWeek } from "./reports.ts"

const from = "reports@example.com"
const others = ReportLanguage.literals.filter((language) => language !== "en")

const textsIn = (part: unknown): ReadonlyArray<string> =>
  typeof part === "string" ? [part] : Object.values(part ?? {}).flatMap(textsIn)

/** English of some length, which only a forgotten line can bring into another mail. */
const { alerts: _, dates: __, numbers: ___, ...ofMail } = english
const phrases = textsIn(ofMail).filter((text) => text.trim().length >= 12)

const causeOf = (kind: FindingKind) => ({
  episode: { kind, startedAt: 0, seenAt: 0 },
  finding: {
    kind,
    sinceMs: Date.UTC(2026, 10, 18, 9),
    counts: {
      asked: 12,
      budgetUsd: 2.5,
      down: 5,
      failed: 4,
      missed: 9,
      unpriced: 3,
      usd: 3.1,
      usualPercent: 20,
      visitors: 4,
      votes: 7
    },
    question: "Why?",
    models: ["house-model-2"]
  }
})

describe.each(others)("a mail in %s", (language) => {
  const mail = mailOf(typicalWeek, { language, from, version: "1.4.0" })

  it("is the one that was reviewed", async () => {
    await golden(mail, `typical-week.${language}`)
    await expect(mail.html).toMatchFileSnapshot(`golden/typical-week.${language}.html`)
    await golden(mailOf(quietWeek, { language, from }), `quiet-week.${language}`)
    assert.include(mail.html, `<html lang="${wordsIn(language).tag}"`)
  })

  it("fits, and holds no line of English", () => {
    const early = { ...typicalWeek, generatedAt: typicalWeek.period.endMs - 1 }
    const own = new Set(textsIn(wordsIn(language)))
    const troubled = { ...quietWeek, deadLetters: 2, lost: 1, unreadable: 3 }
    for (const report of [typicalWeek, early, oneQuestion, quietWeek, troubled, hugeWeek]) {
      for (const change of [{}, { occasion: "resend" }, { questions: "hidden" }] as const) {
        const each = mailOf(report, { language, from, ...change })
        assertFit(each)
        for (const part of bothParts(each)) {
          assert.deepStrictEqual(
            phrases.filter((phrase) => part.includes(phrase) && !own.has(phrase)),
            []
          )
        }
      }
    }
  })

  it("shows a hostile text as text", () => {
    const hostile = mailOf(hostileWeek, { language, siteName: hostileSite, version: hostileSite })
    assertFit(hostile)
    assert.notMatch(hostile.html, /<script|<img|<i>|<b>/)
    assert.include(hostile.html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;")
    assert.notInclude(hostile.text, english.noText)
  })

  it("tells an alert", async () => {
    const words = wordsIn(language)
    const mails = findingKinds.map((kind) =>
      alertMail(alertOf(causeOf(kind), "Europe/London", words), { ...options, language })
    )
    for (const { html } of mails) assert.include(html, `<html lang="${words.tag}"`)
    await expect(
      mails.map(({ subject, text }) => `${subject}\n\n${text}`).join("\n\n")
    ).toMatchFileSnapshot(`golden/alerts.${language}.txt`)
  })
})
