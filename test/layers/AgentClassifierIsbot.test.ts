import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { AgentTraits } from "../../src/schema/VisitorTraits.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { bots, people } from "./userAgents.ts"

const { classify } = Effect.runSync(
  AgentClassifier.use((classifier) => Effect.succeed(classifier)).pipe(
    Effect.provide(AgentClassifierIsbot.layer)
  )
)

const isTraits = Schema.is(AgentTraits)

/** Longest useful trait, in characters. */
const traitLengthMax = 40

const assertTraits = (userAgent: string) => {
  const traits = classify(userAgent)
  assert.isTrue(isTraits(traits))
  for (const value of Object.values(traits)) assert.isAtMost(value.length, traitLengthMax)
  return traits
}

describe("A user agent", () => {
  for (const userAgent of bots) {
    it(`is a bot's: ${userAgent}`, () => {
      assert.deepStrictEqual(assertTraits(userAgent), { agent: "bot" })
    })
  }

  for (const [userAgent, device, browser] of people) {
    it(`is a person's, on ${device} with ${browser}: ${userAgent}`, () => {
      assert.deepStrictEqual(assertTraits(userAgent), { agent: "person", device, browser })
    })
  }

  it("is unknown when it is absent or blank", () => {
    for (const nothing of [undefined, "", " ", "\t\r\n", "\u00A0"]) {
      assert.deepStrictEqual(classify(nothing), { agent: "unknown" })
    }
  })

  it("is never taken for a person's when it is garbage", () => {
    for (const garbage of [
      "\u0000\u0001\u001F",
      "\uD800",
      "日本語",
      "👩‍💻",
      "';--",
      "{}",
      "null",
      "Mozilla/5.0",
      "secret@example.com/1.0 (a name that no browser has)",
      "%00%ff",
      "a".repeat(100_000)
    ]) {
      assert.notStrictEqual(assertTraits(garbage).agent, "person", garbage.slice(0, 20))
    }
  })

  it("yields no control character, however it is mixed with a bot's name", () => {
    for (const userAgent of [
      "evil\u0000bot/1.0",
      "\u001B[31mcrawler",
      "Spider\r\nX: y",
      "böt\uD800bot"
    ]) {
      assert.match(JSON.stringify(assertTraits(userAgent)), /^[\x20-\x7E]*$/)
      assert.notInclude(JSON.stringify(classify(userAgent)), "\\u")
    }
  })

  it("of 100 KB is classified by its first 1,024 characters, at no higher cost", () => {
    const hostile = [
      "Mozilla/5.0 (".repeat(8000),
      "bo".repeat(50_000),
      `${" ".repeat(50_000)}x${" ".repeat(50_000)}`,
      "a/".repeat(50_000),
      `${"(".repeat(50_000)}${")".repeat(50_000)}`,
      "Chrome/".repeat(15_000)
    ]
    for (const userAgent of hostile) {
      assert.deepStrictEqual(assertTraits(userAgent), classify(userAgent.trim().slice(0, 1024)))
    }
  })

  it("is read from its start alone", () => {
    const [[browser = ""] = []] = people
    assert.deepStrictEqual(classify(`${browser}${" ".repeat(2000)}bot`), classify(browser))
  })

  it.prop(
    "whatever it is, has traits and throws nothing",
    [Schema.String],
    ([userAgent]) => {
      assertTraits(userAgent)
    },
    { arbitrary: { runs: 2000 } }
  )
})
