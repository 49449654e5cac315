import { assert, describe, it } from "@effect/vitest"
import { readAtMost } from "../../src/runtime/readAtMost.ts"

const bodyOf = (text: string) => new Response(text).body

describe("A body", () => {
  it("is read when it has the allowed length, and not when it is a byte longer", async () => {
    assert.strictEqual(await readAtMost(bodyOf("äbc"), 4), "äbc")
    assert.isUndefined(await readAtMost(bodyOf("äbc"), 3))
  })

  it("is empty when it is absent", async () => {
    assert.strictEqual(await readAtMost(null, 0), "")
  })

  it("is cancelled at once when it is too long, even if its clone is not read", async () => {
    const request = new Request("https://cv.example.com", { method: "POST", body: "x".repeat(9) })
    assert.isUndefined(await readAtMost(request.clone().body, 8))
  })

  it("is refused on request when it is not UTF-8", async () => {
    const bytes = Uint8Array.of(0xc3, 0x28)
    assert.strictEqual(await readAtMost(new Response(bytes).body, 9), "\uFFFD(")
    let refused = false
    await readAtMost(new Response(bytes).body, 9, { fatal: true }).catch(() => {
      refused = true
    })
    assert.isTrue(refused)
  })
})
