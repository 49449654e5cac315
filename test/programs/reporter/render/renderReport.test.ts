/**
 * The e-mail as a whole: golden files for a typical week, and for every other report what must
 * never be in a mail. `npx vitest run renderReport --update` rewrites the
 * golden files; read their diff.
 */
import { assert, describe, expect, it } from "@effect/vitest"
import { renderReport } from "../../../../src/programs/reporter/render/renderReport.ts"
import { WeeklyReport } from "../../../../src/schema/WeeklyReport.ts"
import { hostileSite, hostileWeek } from "./hostileWeek.ts"
import { oneQuestion, quietWeek, siteName, typicalWeek } from "./reports.ts"

type Mail = ReturnType<typeof renderReport>

const mailOf = (report: WeeklyReport, site = siteName): Mail =>
  renderReport(report, { siteName: site })

/** Gmail cuts a message at 102 KB; a telephone shows about forty characters of the subject. */
const htmlBytesMax = 100_000

const assertFit = ({ html, subject, text }: Mail): void => {
  assert.isAtMost([...subject].length, 150)
  assert.notMatch(subject, /\p{Cc}|\p{Bidi_Control}/u)
  assert.isBelow(Buffer.byteLength(html), htmlBytesMax)
  for (const part of [html, text]) {
    assert.notMatch(part.replaceAll("\n", ""), /\p{Cc}|\p{Cs}|\p{Bidi_Control}/u)
    assert.notMatch(part, /undefined|NaN|Infinity|\[object|\n\n\n/)
  }
  for (const line of text.split("\n")) {
    assert.isAtMost([...line].length, 78)
    assert.strictEqual(line.trimEnd(), line)
  }
}

describe("a typical week", () => {
  const mail = mailOf(typicalWeek)

  it("is the mail that was reviewed", async () => {
    await expect(`${mail.subject}\n\n${mail.text}`).toMatchFileSnapshot("golden/typical-week.txt")
    await expect(mail.html).toMatchFileSnapshot("golden/typical-week.html")
    assertFit(mail)
  })

  it("says the fact, the days and the site in its subject", () => {
    assert.strictEqual(mail.subject, "42 questions, 5 unanswered - 16-22 Nov 2026 - cv.example.com")
  })

  it("has the second fact before everything else, hidden", () => {
    const body = mail.html.slice(mail.html.indexOf("<body"))
    assert.match(body, /^<body[^>]*>\n<div style="display:none[^>]*>Most often missed, 2 times: /)
  })

  it("has one headline, and the sections of both parts in the same order", () => {
    assert.strictEqual(mail.html.match(/<h1/g)?.length, 1)
    const headings = [...mail.html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title ?? "")
    const textHeadings = [...mail.text.matchAll(/^(.+)\n-+$/gm)].map(([, title]) => title ?? "")
    assert.strictEqual(headings.length, 8)
    assert.deepStrictEqual(
      textHeadings,
      headings.map((title) => title.toUpperCase())
    )
  })

  it("says under its headline when the week is not over", () => {
    const early = mailOf({ ...typicalWeek, generatedAt: typicalWeek.period.endMs - 1 })
    const sentence = "(not over yet: the numbers so far)"
    for (const part of [early.text, early.html]) assert.include(part, sentence)
    for (const part of [mail.text, mail.html]) assert.notInclude(part, sentence)
    assertFit(early)
  })

  it("is the same on every rendering", () => {
    assert.deepStrictEqual(mailOf(structuredClone(typicalWeek)), mail)
  })
})

describe("a quiet week", () => {
  it("is short and says that the pipeline ran", async () => {
    const { html, subject, text } = mailOf(quietWeek)
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot("golden/quiet-week.txt")
    assert.strictEqual(subject, "Quiet week - 16-22 Nov 2026 - cv.example.com")
    assert.deepStrictEqual(
      [...html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title),
      ["About this report"]
    )
    assertFit({ html, subject, text })
  })

  it("is not quiet when an answer came without its question", () => {
    const status = { correlated: 0, awaitingResponse: 0, awaitingQuery: 1 }
    const mail = mailOf({ ...quietWeek, status, answers: { ...quietWeek.answers, full: 1 } })
    assert.match(mail.subject, /^0 questions, 0 unanswered - /)
    assert.match(mail.text, /Waiting for their question {2}1/)
    assert.match(mail.text, /No question arrived\./)
    assertFit(mail)
  })
})

describe("one question", () => {
  const mail = mailOf(oneQuestion)

  it("is counted in the singular", () => {
    assert.match(mail.subject, /^1 question, 0 unanswered - /)
    assert.match(mail.html, /<h1[^>]*>1 question, none without an answer</)
    assert.notMatch(mail.text, /\b1 (questions|sessions|answers|times)\b/)
    assertFit(mail)
  })

  it("leaves out countries when none is known, and lists nothing as unanswered", () => {
    assert.notMatch(mail.html + mail.text, /countr/i)
    assert.match(mail.text, /WITHOUT A GOOD ANSWER\n-+\nNone this week\./)
  })

  it("has n/a for the time of answers that never came", () => {
    const { latencyMs: _, ...timeless } = oneQuestion
    const answers = { ...quietWeek.answers }
    const status = { correlated: 0, awaitingResponse: 1, awaitingQuery: 0 }
    const waiting = mailOf({ ...timeless, answers, status })
    assert.match(waiting.text, /p95 latency +n\/a/)
    assert.match(waiting.text, /Answered +n\/a/)
    assert.notMatch(waiting.text, /ANSWER TIME/)
    assertFit(waiting)
  })

  it("says why nothing is listed when the missed question was answered at another time", () => {
    const answers = { ...oneQuestion.answers, none: 1 }
    assert.match(mailOf({ ...oneQuestion, answers }).text, /None to list: what was missed/)
  })
})

describe("a hostile week", () => {
  const mail = mailOf(hostileWeek, hostileSite)

  it("fits in size, lines and characters", () => {
    assertFit(mail)
  })

  it("shows markup as text", () => {
    assert.notMatch(mail.html, /<script|<img|<i>|<b>/)
    assert.include(mail.html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;")
    assert.include(mail.text, `<script>alert("1")</script>`)
  })

  it("shows the tags of a template as text", () => {
    const tags = "{{siteName}} {{{subject}}} {{#week}}{{>tiles}}{{/week}}"
    assert.include(mail.html, tags.replaceAll(">", "&gt;"))
    assert.include(mail.text.replaceAll(/\n +/g, " "), tags)
  })

  it("cannot start a header from the site's name", () => {
    assert.match(
      mail.subject,
      /^9010T questions, 9010T unanswered - 2026-W47 - <script> Bcc: [^\r\n]+…$/
    )
  })

  it("keeps text that runs from right to left, isolated", () => {
    assert.include(mail.html, `<span dir="auto">ما هي خبرتك`)
  })
})

it.prop("every report renders and fits", [WeeklyReport], ([report]) => {
  assertFit(mailOf(report))
})
