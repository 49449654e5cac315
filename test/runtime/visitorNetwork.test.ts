import { assert, describe, it } from "@effect/vitest"
import { networkOf } from "../../src/runtime/visitorNetwork.ts"

describe("A visitor's network", () => {
  it("is an IPv4 address itself", () =>
    assert.strictEqual(networkOf("203.0.113.77"), "203.0.113.77"))

  for (const address of [
    "2001:db8:12:34::1",
    "2001:0DB8:0012:0034:aaaa:bbbb:cccc:dddd",
    "2001:db8:12:34:0:0:203.0.113.7",
    "2001:db8:12:34:5::%eth0"
  ]) {
    it(`is the first half of an IPv6 address, however it is written: ${address}`, () =>
      assert.strictEqual(networkOf(address), "2001:db8:12:34::/64"))
  }

  for (const [address, network] of [
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
    ["2001:db8::1:2:3:4:5", "2001:db8:0:1::/64"],
    ["fe80::1", "fe80:0:0:0::/64"]
  ] as const) {
    it(`fills in the zeros that ${address} leaves out`, () =>
      assert.strictEqual(networkOf(address), network))
  }

  it("is another next door", () =>
    assert.notStrictEqual(networkOf("2001:db8:12:34::1"), networkOf("2001:db8:12:35::1")))

  it("tells IPv4 addresses apart that are written as IPv6", () =>
    assert.notStrictEqual(networkOf("::ffff:192.0.2.1"), networkOf("::ffff:192.0.2.2")))
})
