import { assert, describe, it } from "@effect/vitest"
import { voteWithinMs } from "../../../src/programs/recorder/VoteToken.ts"
import { askedAt, requestIdOf } from "../../schema/EventExamples.ts"
import { tokensOf } from "./Votes.ts"

const answered = { requestId: requestIdOf(7), timestamp: askedAt }
const tokens = tokensOf()

describe("A token", () => {
  it("names the question whose answer it came with, for a day", async () => {
    const token = await tokens.sign(answered)
    for (const after of [0, 1, voteWithinMs]) {
      assert.deepStrictEqual(await tokens.verify(token, askedAt + after), answered)
    }
    assert.isUndefined(await tokens.verify(token, askedAt + voteWithinMs + 1))
  })

  it("is the same for the same question, so that nothing needs to keep it", async () => {
    assert.strictEqual(await tokens.sign(answered), await tokensOf().sign(answered))
  })

  it("may be a minute ahead of the Worker's clock, and no more", async () => {
    const token = await tokens.sign(answered)
    assert.isDefined(await tokens.verify(token, askedAt - 60_000))
    assert.isUndefined(await tokens.verify(token, askedAt - 60_001))
  })

  it("fits a header, a URL and an attribute as it is", async () => {
    for (let n = 0; n < 64; n += 1) {
      const token = await tokens.sign({ requestId: requestIdOf(n), timestamp: askedAt + n })
      assert.match(token, /^[\w.-]{90,110}$/)
      assert.isDefined(await tokens.verify(token, askedAt))
    }
  })

  it("of another secret is foreign", async () => {
    const token = await tokensOf("another secret that is long enough too").sign(answered)
    assert.isUndefined(await tokens.verify(token, askedAt))
  })

  it("is forged once any of its characters differs, or is missing, or is one too many", async () => {
    const token = await tokens.sign(answered)
    const others = [..."Aa0b.-_ "]
    for (let at = 0; at < token.length; at += 1) {
      const changed = others
        .filter((other) => other !== token[at])
        .map((other) => token.slice(0, at) + other + token.slice(at + 1))
      for (const one of [...changed, token.slice(0, at), token.slice(at + 1)]) {
        assert.isUndefined(await tokens.verify(one, askedAt), one)
      }
    }
    for (const one of [`${token}A`, ` ${token}`, `${token}\n`, `${token}=`, token.toUpperCase()]) {
      assert.isUndefined(await tokens.verify(one, askedAt), one)
    }
  })

  it("of one question does not serve for another", async () => {
    const [one = "", other = ""] = await Promise.all([
      tokens.sign(answered),
      tokens.sign({ ...answered, requestId: requestIdOf(8) })
    ])
    const [version, , time, mac] = one.split(".")
    const mixed = [version, requestIdOf(8), time, mac].join(".")
    assert.notStrictEqual(mixed, other)
    assert.isUndefined(await tokens.verify(mixed, askedAt))
  })
})
