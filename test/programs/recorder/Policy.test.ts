import { assert, describe, it } from "@effect/vitest"
import {
  privacyOf,
  signalEffectDefault,
  signalEffects
} from "../../../src/programs/recorder/Policy.ts"
import { privacyModeDefault, privacyModes } from "../../../src/schema/redaction/Privacy.ts"

const requestWith = (headers: Readonly<Record<string, string>>) =>
  new Request("https://cv.example.com/query", { method: "POST", headers })

const asking = [
  { DNT: "1" },
  { "Sec-GPC": "1" },
  { DNT: "1", "Sec-GPC": "1" },
  { DNT: "0", "Sec-GPC": "1" },
  { DNT: "1, 1" },
  { DNT: "0,1" },
  { "Sec-GPC": " 1 ,1" }
]
const silent = [
  {},
  { DNT: "0" },
  { DNT: "" },
  { DNT: "unspecified" },
  { "Sec-GPC": "0" },
  { DNT: "true" },
  { DNT: "0, 0" },
  { DNT: "11" }
]

describe("A visitor's wish for privacy", () => {
  it("overrides the configured mode, unless the owner ignores it", () => {
    for (const mode of privacyModes) {
      for (const headers of asking) {
        const request = requestWith(headers)
        assert.strictEqual(privacyOf(request, { mode, signals: "ignore" }), mode)
        assert.strictEqual(privacyOf(request, { mode, signals: "metrics-only" }), "metrics-only")
        assert.strictEqual(privacyOf(request, { mode, signals: "skip" }), "skip")
      }
    }
  })

  it("means numbers without texts by default", () => {
    const defaults = { mode: privacyModeDefault, signals: signalEffectDefault }
    assert.strictEqual(privacyOf(requestWith({ "Sec-GPC": "1" }), defaults), "metrics-only")
    assert.strictEqual(privacyOf(requestWith({}), defaults), "redacted")
  })

  it("is only expressed by the value 1", () => {
    for (const mode of privacyModes) {
      for (const signals of signalEffects) {
        for (const headers of silent) {
          assert.strictEqual(privacyOf(requestWith(headers), { mode, signals }), mode)
        }
      }
    }
  })
})
