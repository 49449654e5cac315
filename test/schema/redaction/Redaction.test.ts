import { randomUUID } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { parseOwnPatterns } from "../../../src/schema/redaction/OwnPattern.ts"
import {
  makeRedactor,
  personalSpans,
  recognisers
} from "../../../src/schema/redaction/Redaction.ts"
import { knownPrices } from "../../../src/schema/report/KnownPrices.ts"
import { bots, people } from "../../layers/userAgents.ts"
import { anyText, pieces } from "./HostileTexts.ts"

const redact = makeRedactor([])
const own = Result.getOrThrow(parseOwnPatterns("id /KD-?\\d{4,10}/i\nprivate /e-mail|tel/"))
const redactOwn = makeRedactor(own)
const runs = { arbitrary: { runs: 3000 } }

/** Personal data in the forms of each field, all different. */
const planted = [
  "anna.svensson+cv@example.org",
  "4111 1111 1111 1111",
  "5555555555554444",
  "DE89 3704 0044 0532 0130 00",
  "+46 70 123 45 67",
  "078-05-1120",
  "203.0.113.195",
  "2001:db8:85a3::8a2e:370:7334",
  `gh${"p_"}16C7e42F292c6912E7710c838347Ae178B4a`,
  `AK${"IA"}IOSFODNN7EXAMPLE`
] as const

describe("A redacted text", () => {
  it("has labels in the place of personal data, and the rest unchanged", () => {
    const text = "Hi 👋, I am Eva (eva@example.se, 070-123 45 67). Why is 10.20.30.40 v1.2.3.4?"
    const redacted = "Hi 👋, I am Eva ([e-mail], [phone]). Why is [ip] v1.2.3.4?"
    assert.strictEqual(redact(text), redacted)
  })

  it.prop(
    "is not redacted further",
    [anyText],
    ([text]) => {
      for (const redactor of [redact, redactOwn]) {
        const redacted = redactor(text)
        assert.strictEqual(redactor(redacted), redacted)
      }
    },
    runs
  )

  it.prop(
    "keeps nothing of what was planted between words",
    [anyText, anyText, Schema.Literals(planted)],
    ([before, after, value]) => {
      for (const around of ["\n", " | "]) {
        const text = `${before}${around}${value}${around}${after}`
        assert.notInclude(redact(text), value)
      }
    },
    runs
  )

  it.prop(
    "is the text itself where nothing is found, half surrogate pairs and all",
    [anyText],
    ([text]) => {
      if (personalSpans(text).length === 0) assert.strictEqual(redact(text), text)
    },
    runs
  )

  it("keeps half surrogate pairs beside what is redacted", () => {
    assert.strictEqual(redact("\ud800 anna@example.org \udc00"), "\ud800 [e-mail] \udc00")
  })

  it("is withheld whole when each label uncovers more, endlessly", () => {
    const redactEnds = makeRedactor(Result.getOrThrow(parseOwnPatterns("private /a$/")))
    assert.strictEqual(redactEnds("baa"), "b[private][private]")
    assert.strictEqual(redactEnds("b".repeat(9) + "a".repeat(9)), "[withheld]")
  })

  it("is found in long texts of every hostile piece, alone and in pairs", () => {
    const texts = pieces.flatMap((one, index) => [one, `${one}${pieces[(index * 7 + 3) % 50]}`])
    for (const piece of texts) {
      const text = piece.repeat(Math.ceil(65_536 / piece.length))
      const redacted = redact(`${text} anna@example.org`)
      assert.strictEqual(redact(redacted), redacted, piece)
    }
  }, 120_000)

  it.prop(
    "never differs in a request id or a session of ours",
    [Schema.Natural],
    () => {
      const id = randomUUID()
      assert.strictEqual(redact(id), id)
      assert.strictEqual(redact(id.replaceAll("-", "")), id.replaceAll("-", ""))
    },
    runs
  )

  it.prop(
    "never differs in a request id that holds the letters of a number's name, or ends as a card",
    [Schema.Natural],
    ([natural]) => {
      const place = natural % 29
      const random = randomUUID().replaceAll("-", "")
      const named = `${random.slice(0, place)}cccd${random.slice(place + 4)}`
      for (const hex of [named, `${random.slice(0, 13)}3ecadb4746047418714`]) {
        const id = hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
        assert.strictEqual(redact(id), id)
        assert.strictEqual(redact(hex), hex)
      }
    },
    runs
  )

  it("keeps user agents, except a bot's address", () => {
    for (const [userAgent] of people) assert.strictEqual(redact(userAgent), userAgent)
    for (const userAgent of bots) {
      const redacted = userAgent.replace("claudebot@anthropic.com", "[e-mail]")
      assert.strictEqual(redact(userAgent), redacted)
    }
  })

  it("keeps the names of models", () => {
    const names = ["gpt-4o-2024-08-06", "claude-3-5-sonnet-20241022", "@cf/meta/llama-3.1-8b"]
    for (const name of [...names, ...knownPrices.map(({ model }) => model)]) {
      assert.strictEqual(redact(name), name)
    }
  })
})

describe("The search of a text takes time in proportion to its length:", () => {
  /** Classes, escapes and lookarounds out of the way, the repetitions are left. */
  const repetitionsOf = ({ source }: RegExp) =>
    source.replace(/\\.|\[(?:\\.|[^\]\\])+\]/g, "x").match(/[*+]|\{\d+,\}/g) ?? []

  it("every repetition is bounded, except one that every text satisfies", () => {
    const endless = recognisers.filter(({ pattern }) => repetitionsOf(pattern).length > 0)
    assert.deepStrictEqual(
      endless.map(({ pattern }) => repetitionsOf(pattern)),
      [["*"]]
    )
    assert.match(endless[0]?.pattern.source ?? "", /\[\^\]\*\?\(\?:.*\|\$\)$/)
  })

  it("no repetition contains another that is longer than a word", () => {
    for (const { pattern } of recognisers) {
      const nested = /\{\d+,(\d+)\}[^()]*\)\{\d+,(\d+)\}/.exec(pattern.source)
      const most = Number(nested?.[1] ?? 0) * Number(nested?.[2] ?? 0)
      assert.isAtMost(most, 512, pattern.source)
    }
  })
})
