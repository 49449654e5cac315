import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { namesSomeone } from "../../../src/programs/recorder/namesSomeone.ts"
import type { NamedSession } from "../../../src/programs/recorder/Policy.ts"
import { makeSessions } from "../../../src/programs/recorder/Session.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { makeRedactor } from "../../../src/schema/redaction/Redaction.ts"
import { requestIdOf } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"

const secretOf = (text: string) => Redacted.make(text)
const morning = Date.UTC(2026, 10, 16, 0, 0)
const night = Date.UTC(2026, 10, 16, 23, 59, 59, 999)
const tomorrow = night + 1

const person = {
  "cf-connecting-ip": "203.0.113.77",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64)"
}

const requestWith = (
  headers: Readonly<Record<string, string>> = {},
  url = "https://cv.example.com/query"
) => new Request(url, { method: "POST", headers: { ...person, ...headers } })

const requestId = requestIdOf(7)
const itself = SessionId.make(requestId)

const redact = makeRedactor([])

const sessionsOf = (secret: string) =>
  makeSessions(secretOf(secret), (id) => namesSomeone(id, redact))

const sessionIn = (
  sessions: ReturnType<typeof makeSessions>,
  request: Request,
  nowMs = morning,
  named: NamedSession = {}
) =>
  Effect.runPromise(
    sessions(request, named, requestId, nowMs).pipe(Effect.provide(CapturedLog.layer))
  )

describe("A session that the site has", () => {
  const sessions = sessionsOf("secret")

  it("is taken from the body, else from the header, else from the conversation", async () => {
    const [sessionId, header] = [SessionId.make("visit-1"), { "x-session-id": "visit-2" }]
    const conversationId = "visit-3"
    const both = { sessionId, conversationId }
    assert.strictEqual(await sessionIn(sessions, requestWith(header), morning, both), "visit-1")
    const found = { conversationId }
    assert.strictEqual(await sessionIn(sessions, requestWith(header), morning, found), "visit-2")
    assert.strictEqual(await sessionIn(sessions, requestWith(), morning, found), "visit-3")
  })

  it("is ignored when it is empty", async () => {
    const plain = await sessionIn(sessions, requestWith())
    for (const value of ["", " "]) {
      assert.strictEqual(await sessionIn(sessions, requestWith({ "x-session-id": value })), plain)
      const named = { conversationId: value }
      assert.strictEqual(await sessionIn(sessions, requestWith(), morning, named), plain)
    }
  })

  for (const [what, id] of [
    ["names someone", "anna.svensson"],
    ["is an e-mail address", "anna@example.org"],
    ["is longer than an index takes", "1".repeat(129)],
    ["is half a character", "\uD83D"]
  ] as const) {
    it(`becomes a hash of the day when it ${what}, and still groups the conversation`, async () => {
      const named = { conversationId: id }
      const first = await sessionIn(sessions, requestWith(), morning, named)
      assert.match(first, /^[0-9a-f]{32}$/)
      const elsewhere = requestWith({ "cf-connecting-ip": "198.51.100.1" })
      assert.strictEqual(await sessionIn(sessions, elsewhere, night, named), first)
      const others = [
        await sessionIn(sessions, requestWith()),
        await sessionIn(sessions, requestWith(), tomorrow, named),
        await sessionIn(sessions, requestWith({}, "https://other.example.com/"), morning, named)
      ]
      assert.notInclude(others, first)
    })
  }
})

describe("A session without a cookie", () => {
  it("is the visitor's for a UTC day", async () => {
    const sessions = sessionsOf("secret")
    const first = await sessionIn(sessions, requestWith())
    assert.isTrue(Schema.is(SessionId)(first))
    assert.match(first, /^[0-9a-f]{32}$/)
    assert.strictEqual(await sessionIn(sessions, requestWith(), night), first)
    assert.notStrictEqual(await sessionIn(sessions, requestWith(), tomorrow), first)
    assert.strictEqual(await sessionIn(sessions, requestWith(), morning), first)
    assert.strictEqual(await sessionIn(sessionsOf("secret"), requestWith()), first)
  })

  it("is another for another address, browser, site or secret", async () => {
    const sessions = sessionsOf("secret")
    const ids = await Promise.all([
      sessionIn(sessions, requestWith()),
      sessionIn(sessions, requestWith({ "cf-connecting-ip": "203.0.113.78" })),
      sessionIn(sessions, requestWith({ "user-agent": "Mozilla/5.0 (Macintosh)" })),
      sessionIn(sessions, requestWith({}, "https://other.example.com/query")),
      sessionIn(sessionsOf("another secret"), requestWith())
    ])
    assert.strictEqual(new Set(ids).size, ids.length)
  })

  it("is one for all addresses of an IPv6 network", async () => {
    const sessions = sessionsOf("secret")
    const sessionAt = (address: string) =>
      sessionIn(sessions, requestWith({ "cf-connecting-ip": address }))
    const at = await sessionAt("2001:db8:1:2:aaaa:bbbb:cccc:dddd")
    assert.strictEqual(await sessionAt("2001:db8:1:2::1"), at)
    assert.notStrictEqual(await sessionAt("2001:db8:1:3::1"), at)
  })

  it("depends on where one field ends and the next begins", async () => {
    const sessions = sessionsOf("secret")
    const one = requestWith({ "cf-connecting-ip": "203.0.113.7", "user-agent": "7 x" })
    const other = requestWith({ "cf-connecting-ip": "203.0.113.77", "user-agent": "x" })
    assert.notStrictEqual(await sessionIn(sessions, one), await sessionIn(sessions, other))
  })

  it("reveals no part of the address, and no redaction changes it", async () => {
    const sessions = sessionsOf("secret")
    for (let last = 0; last < 256; last++) {
      const address = `203.0.113.${last}`
      const id = await sessionIn(sessions, requestWith({ "cf-connecting-ip": address }))
      for (const part of [address, "cb0071"]) assert.notInclude(id, part)
      assert.strictEqual(redact(id), id)
    }
  })

  it("is the same for two hundred first requests at once", async () => {
    const sessions = sessionsOf("secret")
    const ids = await Promise.all(
      Array.from({ length: 200 }, () => sessionIn(sessions, requestWith()))
    )
    assert.strictEqual(new Set(ids).size, 1)
  })

  it("is the request's where the platform names no address, or the secret is unusable", async () => {
    const nameless = new Request("https://cv.example.com/query")
    assert.strictEqual(await sessionIn(sessionsOf("secret"), nameless), itself)
    assert.strictEqual(await sessionIn(sessionsOf(""), requestWith()), itself)
  })
})
