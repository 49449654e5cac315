import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { Metadata } from "../../src/schema/AnalyticsEvent.ts"
import { AgentTraits, traitsOf, VisitorTraits } from "../../src/schema/VisitorTraits.ts"
import { queryEvent } from "./EventExamples.ts"

const agent: AgentTraits = { agent: "unknown" }

const hostOf = (referer: string) =>
  traitsOf(queryEvent({ metadata: { referer } }), agent).referrerHost

describe("The referrer's host", () => {
  it.each([
    ["https://example.com/", "example.com"],
    ["https://EXAMPLE.com", "example.com"],
    ["https://www.example.com:8443/path?q=1#part", "www.example.com"],
    ["http://user:password@example.com/", "example.com"],
    ["https://münchen.example/", "xn--mnchen-3ya.example"],
    ["https://例え.jp/", "xn--r8jz45g.jp"],
    ["http://127.0.0.1:3000/", "127.0.0.1"],
    ["http://[2001:db8::1]:8080/", "[2001:db8::1]"],
    ["http://localhost", "localhost"],
    ["android-app://com.google.android.gm/", "com.google.android.gm"],
    [" https://example.com/ ", "example.com"],
    ["https:\\\\example.com\\path", "example.com"]
  ])("is taken without its port, path and secrets from %s", (referer, host) => {
    assert.strictEqual(hostOf(referer), host)
  })

  it.each([
    ["nothing", ""],
    ["a host alone", "example.com"],
    ["a path", "/about"],
    ["a script", "javascript:alert(1)"],
    ["data", "data:text/html,<p>hello"],
    ["a blank page", "about:blank"],
    ["a file", "file:///etc/passwd"],
    ["an e-mail address", "mailto:owner@example.com"],
    ["a host with a blank", "https://exa mple.com"],
    ["a port that is none", "https://example.com:99999"],
    ["no host", "https://"],
    ["half a pair", "\uD800"],
    ["a name longer than any host's", `https://${"a.".repeat(200)}example`]
  ])("is absent when the header holds %s", (_, referer) => {
    assert.isUndefined(hostOf(referer))
  })

  it("is the host of a URL of 100 KB", () => {
    assert.strictEqual(hostOf(`https://example.com/${"x".repeat(100_000)}`), "example.com")
  })
})

describe("A visitor", () => {
  it("is marked as the owner's own only when its token said so", () => {
    const ownOf = (metadata: typeof Metadata.Type) => traitsOf(queryEvent({ metadata }), agent)
    assert.deepStrictEqual(ownOf({ own: true }), { agent: "unknown", own: 1 })
    assert.deepStrictEqual(ownOf({ own: false }), { agent: "unknown" })
    assert.deepStrictEqual(ownOf({}), { agent: "unknown" })
  })

  it("has the traits of the user agent", () => {
    const told: AgentTraits = { agent: "person", device: "mobile", browser: "Firefox" }
    const metadata = { referer: "https://example.com/", country: "SE" }
    assert.deepStrictEqual(traitsOf(queryEvent({ metadata }), told), {
      ...told,
      referrerHost: "example.com"
    })
  })

  it.prop(
    "has valid traits, whatever its browser sent",
    [Metadata, AgentTraits],
    ([metadata, told]) => {
      assert.isTrue(Schema.is(VisitorTraits)(traitsOf(queryEvent({ metadata }), told)))
    },
    { arbitrary: { runs: 2000 } }
  )
})
