import { assert, describe, it } from "@effect/vitest"
import { readAtMost } from "../../src/runtime/readAtMost.ts"

const bodyOf = (text: string) => new Response(text).body

describe("A body", () => {
  it("of just the allowed bytes is read, one of a byte more is not", async () => {
    assert.strictEqual(await readAtMost(bodyOf("äbc"), 4), "äbc")
    assert.isUndefined(await readAtMost(bodyOf("äbc"), 3))
  })

  it("that is none is empty", async () => {
    assert.strictEqual(await readAtMost(null, 0), "")
  })

  it("that is too long is left at once, though nobody reads its clone", async () => {
    const request = new Request("https://cv.example.com", { method: "POST", body: "x".repeat(9) })
    assert.isUndefined(await readAtMost(request.clone().body, 8))
  })

  it("that is no UTF-8 is refused where that is asked for", async () => {
    const bytes = Uint8Array.of(0xc3, 0x28)
    assert.strictEqual(await readAtMost(new Response(bytes).body, 9), "\uFFFD(")
    let refused = false
    await readAtMost(new Response(bytes).body, 9, { fatal: true }).catch(() => {
      refused = true
    })
    assert.isTrue(refused)
  })
})
