import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AllowedOrigins } from "../../../src/programs/edge/AllowedOrigins.ts"
import { mayAsk } from "../../../src/programs/edge/Cors.ts"
import { ask, handled, jsonHeaders, world } from "./Requests.ts"

const allowed = ["https://example.com", "https://blog.example.org"]

const listed = Layer.succeed(AllowedOrigins, allowed)

const from = (origin: string) => ask({ query: "Which databases?" }, { ...jsonHeaders, origin })

/** Only a program can send the last three, because a browser writes the header itself. */
const foreign = [
  "https://example.com.attacker.example",
  "https://example.community",
  "https://example.com:8443",
  "https://example.co",
  "http://example.com",
  "https://www.example.com",
  "https://attackerexample.com",
  "https://example.org",
  "null",
  "",
  "https://attacker.example/https://example.com",
  "example.com"
]

describe("A page may ask", () => {
  for (const origin of [...allowed, "https://cv.example.com"]) {
    it(`from an origin of the list, or the Worker's: ${origin}`, () =>
      assert.isTrue(mayAsk(from(origin), allowed)))
  }

  it("from everywhere when the list says so", () => {
    for (const origin of foreign) assert.isTrue(mayAsk(from(origin), ["*"]))
  })

  for (const origin of foreign) {
    it(`from no origin that only resembles one of the list: ${origin || "(empty)"}`, () => {
      assert.isFalse(mayAsk(from(origin), allowed))
      assert.isFalse(mayAsk(from(origin), []))
    })
  }
})

describe("A question of a foreign page", () => {
  it.effect("is not answered, and the page cannot read the refusal", () =>
    Effect.gen(function* () {
      for (const origin of foreign) {
        const { response } = yield* handled(from(origin))
        assert.strictEqual(response.status, 403)
        assert.isNull(response.headers.get("access-control-allow-origin"))
      }
    }).pipe(Effect.provide([world(Effect.die("the chatbot was asked")), listed]))
  )

  it.effect("is answered once the list names its origin, to that page alone", () =>
    Effect.gen(function* () {
      const [origin = ""] = allowed
      const { response } = yield* handled(from(origin))
      assert.strictEqual(response.status, 200)
      assert.strictEqual(response.headers.get("access-control-allow-origin"), origin)
    }).pipe(Effect.provide([world(), listed]))
  )
})
