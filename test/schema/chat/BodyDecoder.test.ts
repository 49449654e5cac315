import { Buffer } from "node:buffer"
import {
  brotliCompressSync,
  deflateSync,
  gzipSync,
  constants as zlib,
  zstdCompressSync
} from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { AnswerReader } from "../../../src/schema/chat/AnswerReader.ts"
import { BodyDecoder } from "../../../src/schema/chat/BodyDecoder.ts"
import { readChatMessage } from "../../../src/schema/chat/readChatMessage.ts"

const answer = JSON.stringify({ answer: "Grüße aus Leeds. ".repeat(20) })
const bytes = new TextEncoder().encode(answer)

/** The body in chunks of one length, as its reader sees it. */
const decoded = async (coding: string | null, body: Uint8Array, length = body.length) => {
  const given: Array<Uint8Array> = []
  const decoder = new BodyDecoder(coding, (piece) => given.push(piece.slice()))
  for (let at = 0; at < body.length; at += length) decoder.add(body.slice(at, at + length))
  await decoder.end()
  return Buffer.concat(given).toString("utf8")
}

const inEveryLength = async (coding: string | null, body: Uint8Array, expected: string) => {
  for (const length of [1, 2, 7, body.length]) {
    assert.strictEqual(await decoded(coding, body, length), expected, `${coding} by ${length}`)
  }
}

describe("A body", () => {
  it("that is compressed is decoded, in whatever chunks it comes", async () => {
    await inEveryLength("gzip", gzipSync(bytes), answer)
    await inEveryLength("GZIP ", gzipSync(bytes), answer)
    await inEveryLength("x-gzip", gzipSync(bytes), answer)
    await inEveryLength("deflate", deflateSync(bytes), answer)
  })

  it("that the runtime is yet to compress is read as it is", async () => {
    const codings = [null, "", "identity", "gzip", "deflate", "br", "zstd", "gzip, br"]
    for (const coding of codings) await inEveryLength(coding, bytes, answer)
  })

  it("of one byte or none is read", async () => {
    for (const coding of [null, "gzip", "deflate", "br"]) {
      assert.strictEqual(await decoded(coding, new Uint8Array()), "")
      assert.strictEqual(await decoded(coding, new TextEncoder().encode("7")), "7")
    }
  })

  it("gives no byte in a coding that cannot be decoded", async () => {
    await inEveryLength("br", brotliCompressSync(bytes), "")
    await inEveryLength("zstd", zstdCompressSync(bytes), "")
    await inEveryLength("gzip, br", brotliCompressSync(gzipSync(bytes)), "")
  })

  it("that is damaged gives what came before the damage", async () => {
    const flushed = gzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH })
    assert.strictEqual(await decoded("gzip", flushed), answer)
    const whole = gzipSync(bytes)
    for (const length of [3, 12, 30]) {
      assert.isTrue(answer.startsWith(await decoded("gzip", whole.subarray(0, length))))
    }
    const damaged = gzipSync(bytes).fill(0xff, 10)
    assert.isTrue(answer.startsWith(await decoded("gzip", damaged)))
  })

  it("that unfolds to far more than any answer is given up in time", async () => {
    const bomb = gzipSync(new Uint8Array(16 * 1024 * 1024))
    assert.isAtMost((await decoded("gzip", bomb, 4096)).length, 4 * 1024 * 1024)
  })

  it("that is long in compressed form, too, keeps its beginning", async () => {
    const noise = crypto.getRandomValues(new Uint8Array(65_536))
    const long = Buffer.concat(Array.from({ length: 24 }, () => noise)).toString("base64")
    const begun = await decoded("gzip", gzipSync(long, { level: 0 }), 16_384)
    assert.isAbove(begun.length, 1_000_000)
    assert.isTrue(long.startsWith(begun))
  })
})

describe("An answer in a body", () => {
  const read = async (coding: string, body: Uint8Array) => {
    const reader = new AnswerReader("application/json", readChatMessage)
    const text = new TextDecoder()
    const decoder = new BodyDecoder(coding, (piece) =>
      reader.add(text.decode(piece, { stream: true }))
    )
    decoder.add(body)
    await decoder.end()
    reader.add(text.decode())
    reader.end()
    return reader
  }

  it("is known when it was compressed with gzip, and unknown when with another coding", async () => {
    const { text } = await read("gzip", gzipSync(bytes))
    assert.strictEqual(text, JSON.parse(answer).answer)
    for (const [coding, body] of [
      ["br", brotliCompressSync(bytes)],
      ["zstd", zstdCompressSync(bytes)],
      ["gzip", gzipSync(bytes).fill(0xff, 10)]
    ] as const) {
      const { known, text: none } = await read(coding, body)
      assert.deepStrictEqual([none, known.matchType], ["", "unknown"], coding)
    }
  })
})
