/**
 * The e-mail as a whole: golden files for five kinds of week, and for every other report what must
 * never be in a mail. `npx vitest run renderReport --update` rewrites the
 * golden files; read their diff.
 */
import { assert, describe, expect, it } from "@effect/vitest"
import { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { hostileSite, hostileWeek, longestWeek } from "./hostileWeek.ts"
import { hugeWeek } from "./hugeWeek.ts"
import { assertFit, bothParts, golden, mailOf } from "./mails.ts"
import { line, oneQuestion, quietWeek, typicalWeek } from "./reports.ts"

describe("a typical week", () => {
  const mail = mailOf(typicalWeek, { version: "1.4.0" })

  it("is the mail that was reviewed", async () => {
    await golden(mail, "typical-week")
    await expect(mail.html).toMatchFileSnapshot("golden/typical-week.html")
    assertFit(mail)
  })

  it("says the fact, the days and the site in its subject", () => {
    assert.strictEqual(
      mail.subject,
      "42 questions, 7 without a good answer - 16-22 Nov 2026 - cv.example.com"
    )
  })

  it("has the second fact before everything else, hidden", () => {
    const body = mail.html.slice(mail.html.indexOf("<body"))
    assert.match(body, /^<body[^>]*>\n<div style="display:none[^>]*>Most often missed, twice: /)
  })

  it("has one headline, and the sections of both parts in the same order", () => {
    assert.strictEqual(mail.html.match(/<h1/g)?.length, 1)
    const headings = [...mail.html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title ?? "")
    const textHeadings = [...mail.text.matchAll(/^(.+)\n-+$/gm)].map(([, title]) => title ?? "")
    assert.strictEqual(headings.length, 13)
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
    assert.deepStrictEqual(mailOf(structuredClone(typicalWeek), { version: "1.4.0" }), mail)
  })

  it("shows the lists of questions after the figures, then all else", () => {
    assert.deepStrictEqual(
      [...mail.html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title),
      [
        "Rated badly",
        "Questions without a good answer",
        "Now answered",
        "Most asked questions",
        "Conversations",
        "The last 5 weeks",
        "Questions by day and hour",
        "Visitors",
        "Votes",
        "Answers",
        "Models",
        "Data health",
        "About this report"
      ]
    )
  })

  it("tells votes with their number and a range, and the words of what was rated badly", () => {
    const text = mail.text.replaceAll(/\s+/g, " ")
    assert.include(text, "Voted down 2 of 9 votes: between 6% and 55%")
    assert.include(text, "Down, though it looked answered 1")
    assert.match(text, /looked answered · visitor: out of date Answer: ".*" Comment: "The dates/)
    const { ratedBadly: _, votes: __, ...unvoted } = typicalWeek
    for (const part of bothParts(mailOf(unvoted))) assert.notMatch(part, /Voted down|Rated badly/i)
  })

  it("has a change beside each figure, in words and not by colour alone", () => {
    for (const words of ["+14%", "no change", "+17 points, better", "-42%, better"]) {
      for (const part of bothParts(mail)) assert.include(part, words)
    }
    assert.match(mail.html, /class="good"[^>]*><span aria-hidden="true">▼<\/span> -42%, better</)
    assert.match(mail.html, /class="alert"[^>]*><span aria-hidden="true">▲<\/span> new, worse</)
  })

  it("says how a missed question fared the week before, and since when it is asked", () => {
    const words = mail.html.replaceAll("\u00a0", " ")
    assert.include(
      words,
      "missed 2 of 3 · asked again after 1 of them · in 2 sessions · 3 times the week before · " +
        "asked every week since 26 Oct<"
    )
    assert.include(words, "missed 2 of 2 · in 2 sessions · new<")
    assert.include(words, "missed 1 of 1 · in 1 session · not missed the week before<")
    assert.match(mail.text, / 3 +2 +1 +3 +2 {2}Have you run Kubernetes/)
    assert.match(mail.text, / 2 +2 +0 +new +2 {2}What salary/)
    assert.match(mail.text, / 1 +1 +0 +0 +1 {2}Do you know COBOL/)
  })

  it("says how long conversations are, what was asked again, and how they ended", () => {
    for (const part of bothParts(mail)) {
      const words = part.replaceAll(/\s+/g, " ")
      assert.include(words, "19 conversations of 2.2 questions on average; half have 2 or fewer")
      assert.include(
        words,
        "after 2 of 7 answers that missed or got a vote down: the same question"
      )
      assert.include(words, "3 of 18 conversations; how the others ended is not known")
    }
  })

  it("says nothing of conversations where none is told", () => {
    const { conversations: _, ...untold } = typicalWeek
    const unanswered = typicalWeek.unanswered.map(({ askedAgain: __, ...line }) => line)
    for (const part of bothParts(mailOf({ ...untold, unanswered }))) {
      assert.notMatch(part, /conversation|again/i)
    }
  })

  it("says how often a question was asked the week before, unless the weeks are not compared", () => {
    const words = mail.html.replaceAll("\u00a0", " ")
    assert.include(words, "6 answered fully · asked 8 times the week before<")
    assert.include(words, "3 answered fully · 1 in part · new<")
    assert.match(mail.text, /asked +before +fully/)
    assert.match(mail.text, / 6 +8 +6 .* What is your experience/)
    assert.match(mail.text, / 4 +new +3 .* Are you available/)
    const topQuestions = typicalWeek.topQuestions.map(
      ({ askedBefore: _, missedBefore: __, ...rest }) => rest
    )
    const alone = mailOf({ ...typicalWeek, topQuestions })
    assert.match(alone.text, /asked +fully/)
    assert.notInclude(alone.html, "asked\u00a08\u00a0times\u00a0the\u00a0week\u00a0before")
  })

  it("quotes up to three other wordings of a question under it, each cut to a line", () => {
    const also = [
      "kubernetes in production",
      "k8s?",
      "Have you ever operated a Kubernetes cluster that real custo…"
    ]
    const row = mail.html.slice(mail.html.indexOf("Also:")).split("</span></span>")[0] ?? ""
    assert.deepStrictEqual(
      [...row.matchAll(/“<span dir="auto">([^<]*)/g)].map(([, quote]) => quote).slice(0, 3),
      also
    )
    const [, text = ""] = bothParts(mail)
    assert.include(text.replace(/\s+/g, " "), `Also: ${also.map((q) => `"${q}"`).join(", ")}`)
    const lone = mailOf({ ...typicalWeek, unanswered: [], topQuestions: [line("a", { full: 1 })] })
    for (const part of bothParts(lone)) assert.notInclude(part, "Also:")
  })

  it("quotes the last answer to a missed question under it, or says why there is none", () => {
    assert.match(
      mail.html,
      /Last answer:\s“<span dir="auto">I have run containers [^<]*Kubernetes\.<\/span>”/
    )
    const [, text = ""] = bothParts(mail)
    assert.match(text, /real custo…" Last answer: "I have run containers/)
    assert.match(text, /current employer\? +The answer failed last time\./)
    const unanswered = [
      line("Do you swim?", { lastMiss: { requestId: "r", timestamp: 0, kind: "noAnswer" } }),
      line("Do you run?", { none: 1 })
    ]
    const other = mailOf({ ...typicalWeek, unanswered })
    for (const part of bothParts(other)) assert.include(part, "No answer came last time.")
    assert.notMatch(other.text, /Last answer/)
  })

  it("quotes an answer once where it is repeated, and names the nearest quotation alone", () => {
    const missed = (question: string, answer: string) =>
      line(question, {
        none: 1,
        lastMiss: { requestId: question, timestamp: 0, kind: "none", answer }
      })
    const failed = line("b", {
      failed: 1,
      lastMiss: { requestId: "b", timestamp: 0, kind: "failed" }
    })
    const unanswered = [missed("a", "No idea."), failed, missed("c", "No idea.")]
    const again = [missed("d", "Ask her."), missed("e", "No idea.")]
    const { text } = mailOf({ ...typicalWeek, unanswered: [...unanswered, ...again] })
    const told = text.match(/Last answer: .*|The answer failed .*/g)
    assert.deepStrictEqual(told, [
      'Last answer: "No idea."',
      "The answer failed last time.",
      "Last answer: as last quoted above.",
      'Last answer: "Ask her."',
      'Last answer: "No idea."'
    ])
  })

  it("tells what came after the report of the week before", () => {
    const late = { questions: 3, answers: 1 }
    for (const part of bothParts(mailOf({ ...typicalWeek, late }))) {
      const sentence = "3 questions and 1 answer of the week before arrived after its report."
      assert.strictEqual(part.split(sentence).length, 2)
    }
    assert.match(mailOf({ ...quietWeek, late }).text, /after its\s+report/)
    assert.notMatch(mail.text, /after its report/)
  })

  it("calls dead letters a trouble once, in the week in which they came", () => {
    const old = { deadLetters: 5, deadLettersBefore: 5 }
    const added = { deadLetters: 7, deadLettersBefore: 5 }
    assert.notMatch(mailOf({ ...typicalWeek, ...old }).text, /could not be stored/)
    const { text } = mailOf({ ...typicalWeek, ...added })
    assert.match(text, /2 messages could not be stored/)
    assert.match(text, /Dead letters +7\s+2 of them since the report before/)
    const quiet = mailOf({ ...quietWeek, ...old })
    assert.match(quiet.subject, /^Quiet week - /)
    assert.match(quiet.text, /no message failed\s+since\s+the\s+report\s+before/)
    assert.match(mailOf({ ...quietWeek, ...added }).subject, /^Quiet week, 2 dead letters - /)
  })

  it("says of a week without visitors who asked", () => {
    const cases = [
      [3, 0, "Quiet week, only bots asked - "],
      [0, 2, "Quiet week, only you asked - "],
      [3, 2, "Quiet week, only bots and you asked - "]
    ] as const
    for (const [bots, own, subject] of cases) {
      const mail = mailOf({ ...quietWeek, events: 2 * (bots + own), excluded: { bots, own } })
      assert.include(mail.subject, subject)
      assert.include(mail.text, "No visitor asked this week.")
      assert.notInclude(mail.text, "No questions or answers were recorded")
    }
  })

  it("names the model whose price is unknown, and never counts it as free", () => {
    assert.match(mail.text, /Cost +at least \$0\.41/)
    const words = mail.text.replace(/\s+/g, " ")
    assert.include(words, "12 answers without a known price")
    assert.include(words, "house-model-2 12 2 missed, 95 of 100 within 1.9 s, cost unknown")
    const cost = { usd: 0, unknown: [{ model: "m", answers: 1 }] }
    assert.match(mailOf({ ...typicalWeek, cost }).text, /Cost +unknown/)
  })

  it("has cached and reasoning tokens only when there were any", () => {
    assert.match(mail.text, /20,480\s+from\s+a\s+cache/)
    const tokens = { ...quietWeek.tokens, answers: 41, input: 5, output: 5 }
    assert.notMatch(mailOf({ ...typicalWeek, tokens }).text, /cache|reasoning/i)
  })

  it("counts the answers that told no tokens, beside the sums of all others", () => {
    const tokens = { ...typicalWeek.tokens, answers: 11, input: 5_000, output: 500 }
    const cost = { usd: 30, unknown: [] }
    const previous = { ...typicalWeek.previous!, usd: 20 }
    for (const part of bothParts(mailOf({ ...typicalWeek, tokens, cost, previous }))) {
      assert.include(part.replace(/\s+/g, " "), "leaves out 30 answers that told no tokens")
      assert.match(part, /: 500\s+an\s+answer\./)
      assert.include(part, "at least $30.00")
      assert.include(part, "$20.00 the week before")
      assert.notInclude(part, "+50%")
    }
  })

  it("says nothing of tokens and cost when no answer told its tokens", () => {
    const { cost, tokens } = quietWeek
    for (const part of bothParts(mailOf({ ...typicalWeek, tokens, cost }))) {
      assert.match(part, /house-model-2/)
      assert.notMatch(part, /token|cost|\$/i)
    }
  })

  it("knows that no tokens were used when every answer said so, and only then", () => {
    const tokens = { ...quietWeek.tokens, answers: 41 }
    const all = { ...typicalWeek, tokens, cost: quietWeek.cost, models: [] }
    assert.match(mailOf(all).text, /Cost +\$0\.00\n/)
    assert.match(mailOf(all).text, /No\s+model\s+tokens\s+were\s+used\./)
    const some = mailOf({ ...all, tokens: { ...tokens, answers: 40 } }).text
    assert.notMatch(some, /No model tokens|\$0/)
    assert.match(some, /Cost +unknown; leaves out 1 answer that told no tokens\n/)
  })

  it("says that a model was not told, and names none when none was", () => {
    const [named, other] = typicalWeek.models
    const untold = { ...other!, model: "" }
    assert.match(mailOf({ ...typicalWeek, models: [named!, untold] }).text, /No model told +12 /)
    assert.notMatch(
      mailOf({ ...typicalWeek, models: [untold] }).text,
      /MODELS|No model told|Model /
    )
  })

  it("names the languages of questions, and those that were answered in another", () => {
    assert.match(mail.text, /German\s14%/)
    for (const part of bothParts(mail)) {
      assert.include(
        part.replace(/\s+/g, " "),
        "Asked in German, answered in English: 3 questions."
      )
    }
  })

  it("has the change of its cost when both weeks' prices are known", () => {
    const cost = { usd: 30, unknown: [] }
    const previous = { ...typicalWeek.previous!, usd: 20 }
    for (const part of bothParts(mailOf({ ...typicalWeek, cost, previous }))) {
      assert.include(part, "+50%, worse ($20.00 the week before)")
    }
  })
})

describe("a huge week", () => {
  it("is the mail that was reviewed, and fits", async () => {
    const mail = mailOf(hugeWeek)
    await golden(mail, "huge-week")
    assertFit(mail)
  })
})

describe("a quiet week", () => {
  it("is short and says that the pipeline ran", async () => {
    const { html, subject, text } = mailOf(quietWeek)
    await golden({ html, subject, text }, "quiet-week")
    assert.strictEqual(subject, "Quiet week - 16-22 Nov 2026 - cv.example.com")
    assert.deepStrictEqual(
      [...html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title),
      ["About this report"]
    )
    assertFit({ html, subject, text })
  })

  it("is not called healthy while messages are dead-lettered, or may be", () => {
    const mail = mailOf({ ...quietWeek, deadLetters: 2 })
    assert.match(mail.subject, /^Quiet week, 2 dead letters - /)
    for (const part of bothParts(mail))
      assert.include(part, "The week may not have been quiet: check the dead-letter queue.")
    const { deadLetters: _, ...unknown } = quietWeek
    for (const { text } of [mail, mailOf(unknown)]) assert.notMatch(text, /healthy/)
    assert.match(mailOf(unknown).text, /It is unknown whether/)
  })

  it("is not called healthy when events are known to have gone elsewhere", () => {
    const accepted = { ...quietWeek, pipeline: { ...quietWeek.pipeline, accepted: 12 } }
    for (const [report, reason] of [
      [{ ...quietWeek, lost: 3 }, "the Worker could not send at least 3 events"],
      [accepted, "the queue accepted 12 events, but none is stored"],
      [{ ...quietWeek, unreadable: 1 }, "1 stored item could not be read"]
    ] as const) {
      const mail = mailOf(report)
      assert.match(mail.subject, /^Quiet week, events missing - /)
      for (const part of bothParts(mail)) {
        assert.include(part, reason)
        assert.notMatch(part, /healthy|ran as usual/)
      }
      assertFit(mail)
    }
    assert.match(mailOf({ ...accepted, events: 12 }).text, /healthy/)
  })

  it("is not told where the questions could not be read in time", () => {
    const mail = mailOf({ ...quietWeek, readUntil: quietWeek.period.startMs })
    assert.match(mail.subject, /^Quiet week, not read in time - /)
    for (const part of bothParts(mail)) {
      assert.include(part, "the table could not be read in time")
      assert.notMatch(part, /healthy|ran as usual|were recorded/)
    }
    assertFit(mail)
  })

  it("says how many questions the week before had", () => {
    const previous = { ...typicalWeek.previous!, questions: 37 }
    for (const part of bothParts(mailOf({ ...quietWeek, previous }))) {
      assert.include(part, "The week before had 37 questions.")
    }
  })

  it("is not quiet when an answer came without its question", () => {
    const status = { correlated: 0, awaitingResponse: 0, awaitingQuery: 1 }
    const mail = mailOf({ ...quietWeek, status, answers: { ...quietWeek.answers, full: 1 } })
    assert.match(mail.subject, /^0 questions, 0 without a good answer - /)
    assert.match(mail.text, /Waiting for a question +1 /)
    assert.match(mail.text, /No question arrived\./)
    assertFit(mail)
  })
})

describe("one question", () => {
  const mail = mailOf(oneQuestion)

  it("is the mail that was reviewed", () => golden(mail, "one-question"))

  it("is counted in the singular", () => {
    assert.match(mail.subject, /^1 question, 0 without a good answer - /)
    assert.match(mail.html, /<h1[^>]*>1 question, none without a good answer</)
    assert.notMatch(mail.text, /\b1 (questions|sessions|answers|times)\b/)
    assertFit(mail)
  })

  it("leaves out countries when none is known, and lists no unanswered question", () => {
    assert.notMatch(mail.html + mail.text, /countr|devices|referrers|now answered|last \d+ weeks/i)
    assert.match(mail.text, /WITHOUT A GOOD ANSWER\n-+\nNone this week\./)
  })

  it("says that it has no week to compare with", () => {
    for (const part of bothParts(mail)) {
      assert.include(part, "Changes are not shown because nothing was recorded in the week before.")
    }
  })

  it("has n/a for the time of answers that never came", () => {
    const { latencyMs: _, ...timeless } = oneQuestion
    const answers = { ...quietWeek.answers }
    const status = { correlated: 0, awaitingResponse: 1, awaitingQuery: 0 }
    const waiting = mailOf({ ...timeless, answers, status })
    assert.match(waiting.text, /Answer time +n\/a/)
    assert.match(waiting.text, /Answered +n\/a/)
    assert.notMatch(waiting.text, /ANSWER TIME/)
    assertFit(waiting)
  })

  it("says why the list is empty when what was missed only greets", () => {
    const answers = { ...oneQuestion.answers, none: 1 }
    for (const changes of [{ answers }, { noAnswer: 1 }]) {
      const { text } = mailOf({ ...oneQuestion, ...changes })
      assert.match(text, /None to list: what was missed only greets or thanks/)
    }
  })

  it("tells an answer that could not be read apart from an unanswered question", () => {
    const answers = { ...oneQuestion.answers, full: 0, unknown: 1 }
    const topQuestions = oneQuestion.topQuestions.map(({ scoreMax: _, ...line }) => ({
      ...line,
      full: 0,
      unknown: 1
    }))
    const unread = mailOf({ ...oneQuestion, answers, topQuestions })
    assert.match(unread.subject, /^1 question, 0 without a good answer - /)
    assert.match(unread.html, /1 question, none without a good answer, 1 answer could not be read</)
    assert.match(unread.html, /No answer could be read/)
    assert.match(unread.text.replace(/\s+/g, " "), /Besides, 1 answer could not be read\./)
    assert.match(unread.text, /fully +in part +not +unread +failed/)
    assert.notMatch(mail.text, /unknown|could not be read/)
    assertFit(unread)
  })

  it("counts a question without its text, and lists it nowhere", () => {
    const answers = { ...oneQuestion.answers, full: 0, none: 1 }
    const report = { ...oneQuestion, answers, withoutText: 1, topQuestions: [], unanswered: [] }
    const withheld = mailOf(report)
    assert.match(withheld.text, /1 question without text, in no list\./)
    assert.match(withheld.text, /The questions were counted without their text\./)
    assert.match(withheld.text.replace(/\s+/g, " "), /without its question, or has no text\./)
    assert.notMatch(mail.text, /without text/)
    assertFit(withheld)
  })
})

describe("a hostile week", () => {
  const mail = mailOf(hostileWeek, { siteName: hostileSite, version: hostileSite })

  it("is the mail that was reviewed", () => golden(mail, "hostile-week"))

  it("fits in size, lines and characters", () => {
    assertFit(mail)
  })

  it.each([`"`, "&", "😀"])("fits when every text is the longest, made of %s", (letter) => {
    const site = letter.repeat(999)
    assertFit(mailOf(longestWeek(letter), { siteName: site, version: site, occasion: "resend" }))
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
      /^9010T questions, 9010T without a good answer - 2026-W47 - <script> Bcc: [^\r\n]+…$/
    )
  })

  it("keeps text that runs from right to left, isolated", () => {
    assert.include(mail.html, `<span dir="auto">ما هي خبرتك`)
  })
})

it.prop("every report renders and fits", [WeeklyReport], ([report]) => {
  assertFit(mailOf(report))
  assertFit(mailOf(report, { questions: "hidden", occasion: "resend", version: "1" }))
})
