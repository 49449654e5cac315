/** Streams in Node.js, which has none of Cloudflare's own; those are asked in test/e2e. */
import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import type { Copy } from "../../../src/programs/recorder/Passing.ts"
import { type Options, passThrough } from "../../../src/programs/recorder/passThrough.ts"

const encoder = new TextEncoder()

/** Keeps the text, up to a number of bytes. */
const copyOf = (bytesMax = Number.POSITIVE_INFINITY) => {
  const decoder = new TextDecoder()
  const copy = { text: "", isFull: false, add: (_: Uint8Array) => {} }
  copy.add = (chunk) => {
    copy.text += decoder.decode(chunk, { stream: true })
    copy.isFull = copy.text.length >= bytesMax
  }
  return copy satisfies Copy
}

/** A stream that the test feeds by hand. */
const feed = () => {
  const state = { pulls: 0, cancelled: false }
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
      },
      pull: () => {
        state.pulls += 1
      },
      cancel: () => {
        state.cancelled = true
      }
    },
    { highWaterMark: 0 }
  )
  return {
    stream,
    state,
    say: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    fail: (error: Error) => controller?.error(error)
  }
}

const words = (count: number) => Array.from({ length: count }, (_, n) => `${n} `)

describe("An answer on its way to the visitor", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const passing = (options: Partial<Options> = {}, bytesMax?: number) => {
    const fed = feed()
    const copy = copyOf(bytesMax)
    const { body, ended } = passThrough(fed.stream, copy, { now: Date.now, ...options })
    const reader = body.getReader()
    const read = async () => new TextDecoder().decode((await reader.read()).value)
    return { ...fed, copy, ended, reader, read }
  }

  it("reaches the visitor piece by piece, and is read to its end", async () => {
    const { copy, end, ended, read, reader, say } = passing()
    for (const word of words(1000)) {
      say(word)
      assert.strictEqual(await read(), word)
    }
    end()
    assert.isTrue((await reader.read()).done)
    const { ending, isWhole } = await ended
    assert.deepStrictEqual([ending, isWhole], ["complete", true])
    assert.strictEqual(copy.text, words(1000).join(""))
  })

  it("ends when its last byte has left", async () => {
    const now = vi.fn(() => 7)
    const { end, ended, read, reader, say } = passing({ now })
    say("one")
    await read()
    end()
    await reader.read()
    assert.strictEqual((await ended).endedAt, 7)
    assert.strictEqual(now.mock.calls.length, 1)
  })

  it("loses nothing while the chatbot is silent, or the visitor does not read", async () => {
    const { copy, end, ended, read, reader, say } = passing()
    say("one ")
    assert.strictEqual(await read(), "one ")
    await vi.advanceTimersByTimeAsync(70_000)
    say("two ")
    await vi.advanceTimersByTimeAsync(70_000)
    assert.strictEqual(await read(), "two ")
    end()
    assert.isTrue((await reader.read()).done)
    assert.strictEqual((await ended).ending, "complete")
    assert.strictEqual(copy.text, "one two ")
  })

  it("breaks off for the visitor with the chatbot's error", async () => {
    const { copy, ended, fail, read, reader, say } = passing()
    say("one")
    assert.strictEqual(await read(), "one")
    await vi.advanceTimersByTimeAsync(2000)
    const error = new Error("the model broke")
    fail(error)
    assert.strictEqual(await reader.read().catch((reason) => reason), error)
    assert.strictEqual((await ended).ending, "broken_off")
    assert.strictEqual(copy.text, "one")
  })

  it("ends at the chatbot when the visitor leaves, even in a pause", async () => {
    const { copy, ended, read, reader, say, state } = passing()
    say("one")
    await read()
    await reader.cancel("left")
    await vi.advanceTimersByTimeAsync(1000)
    const { ending, isWhole } = await ended
    assert.deepStrictEqual([ending, isWhole], ["visitor_left", true])
    assert.isTrue(state.cancelled)
    assert.strictEqual(copy.text, "one")
  })

  for (const when of ["before the first word", "later"]) {
    it(`ends at the chatbot when the signal says so ${when}`, async () => {
      const visitor = new AbortController()
      if (when !== "later") visitor.abort()
      const { ended, state } = passing({ signal: visitor.signal })
      visitor.abort()
      await vi.advanceTimersByTimeAsync(1000)
      assert.strictEqual((await ended).ending, "visitor_left")
      assert.isTrue(state.cancelled)
    })
  }

  it("goes on when the copy is full, and what follows is not known", async () => {
    const { copy, end, ended, read, reader, say } = passing({}, 10_000)
    const long = "word ".repeat(200)
    for (let n = 0; n < 100; n++) {
      say(long)
      assert.strictEqual(await read(), long)
    }
    end()
    await reader.read()
    const { ending, isWhole } = await ended
    assert.deepStrictEqual([ending, isWhole], ["complete", false])
    assert.isBelow(copy.text.length, 20_000)
  })

  it("is not pulled far ahead of a visitor who does not read", async () => {
    const { say, state } = passing()
    for (const word of words(5)) {
      say(word)
      await vi.advanceTimersByTimeAsync(1000)
    }
    assert.isAtMost(state.pulls, 2)
  })
})
