import { assert, describe, it } from "@effect/vitest"
import { bytesMax, Transcript } from "../../../src/programs/recorder/Transcript.ts"
import { lineLengthMax } from "../../../src/schema/chat/Lines.ts"
import { readLengthMax } from "../../../src/schema/redaction/TextLength.ts"

const stream = "text/event-stream; charset=utf-8"
const encoder = new TextEncoder()

const bytesOf = (text: string) => encoder.encode(text)

const read = async (contentType: string, ...chunks: ReadonlyArray<Uint8Array | string>) => {
  const transcript = new Transcript(contentType)
  for (const chunk of chunks) {
    transcript.add(typeof chunk === "string" ? bytesOf(chunk) : chunk)
  }
  await transcript.end()
  return transcript
}

const delta = (content: string, lineEnd = "\n") =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}${lineEnd}${lineEnd}`

const whole = [
  ": a comment\n\n",
  "event: message\nid: 7\n",
  delta("Köln "),
  delta("日本 👩‍💻", "\r\n"),
  delta(" und", "\r"),
  'data:{"response":" Bonn"}\n\n',
  'data: {"model":"m","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":4}}\n\n',
  "data: [DONE]\n\n"
].join("")

describe("A transcript of a stream", () => {
  it("holds the text, the model and the tokens that it brought", async () => {
    const { known, text } = await read(stream, whole)
    assert.strictEqual(text, "Köln 日本 👩‍💻 und Bonn")
    assert.deepStrictEqual(known, { model: "m", tokens: { input: 5, output: 4 } })
  })

  it("is the same wherever the stream is cut, even inside a character or a line's end", async () => {
    const bytes = bytesOf(whole)
    const { known, text } = await read(stream, bytes)
    for (let at = 1; at < bytes.length; at += 1) {
      const cut = await read(stream, bytes.slice(0, at), bytes.slice(at))
      assert.deepStrictEqual([cut.text, cut.known], [text, known], `cut at ${at}`)
    }
    const single = await read(stream, ...Array.from(bytes, (byte) => Uint8Array.of(byte)))
    assert.deepStrictEqual([single.text, single.known], [text, known])
  })

  it("reads a last line that nothing ends", async () =>
    assert.strictEqual((await read(stream, 'data: {"response":"Bonn"}')).text, "Bonn"))

  it("skips lines that are not events, and goes on", async () => {
    const garbage = [
      "data: {half\n\n",
      "data\n\n",
      "\u0000\uFFFD\n\n",
      Uint8Array.of(0xff, 0xfe, 10)
    ]
    assert.strictEqual((await read(stream, ...garbage, delta("Bonn"))).text, "Bonn")
  })

  it("skips an over-long line in bounded memory, and goes on after it", async () => {
    const endless = Array.from({ length: 64 }, () => "x".repeat(65_536))
    assert.strictEqual(
      (await read(stream, "data: ", ...endless, "\n\n", delta("Bonn"))).text,
      "Bonn"
    )
  })

  for (const [how, end] of [
    ["once the line ends", ["\n\n", delta("Bonn")]],
    ["where the stream ends in it", []]
  ] as const) {
    it(`does not take the tail of such a line for a line, ${how}`, async () => {
      const tooLong = `data: ${"x".repeat(500_000)}`
      const { text } = await read(stream, delta("Köln "), tooLong, 'data: {"response":"x"}', ...end)
      assert.strictEqual(text, end.length === 0 ? "Köln " : "Köln Bonn")
    })
  }

  it("keeps a bounded part of an endless answer", async () => {
    const many = Array.from({ length: 50 }, () => delta("word ".repeat(200)))
    assert.strictEqual(
      (await read(stream, ...many)).text,
      "word ".repeat(10_000).slice(0, readLengthMax)
    )
  })
})

describe("A transcript of an endless stream", () => {
  it("is full once its limit has passed, and no longer tells the tokens", async () => {
    const transcript = new Transcript(stream)
    transcript.add(bytesOf(whole))
    transcript.add(new Uint8Array(bytesMax - 1 - bytesOf(whole).length).fill(10))
    assert.isFalse(transcript.isFull)
    transcript.add(Uint8Array.of(10))
    assert.isTrue(transcript.isFull)
    await transcript.end()
    assert.deepStrictEqual(transcript.known, { model: "m" })
  })
})

describe("A transcript of an answer that comes whole", () => {
  it("holds the text of its JSON", async () =>
    assert.strictEqual((await read("application/json", '{"answer":"Bo', 'nn"}')).text, "Bonn"))

  it("holds a plain text as it is", async () =>
    assert.strictEqual((await read("text/plain", "Bo", "nn")).text, "Bonn"))

  it("is empty for one that is too long to read", async () => {
    const { text } = await read("application/json", '{"answer":"', "x".repeat(lineLengthMax), '"}')
    assert.strictEqual(text, "")
  })
})

describe("A transcript whose reader breaks", () => {
  const broken = () => {
    throw new Error("broken")
  }

  it("tells the answer as unknown", async () => {
    const transcript = new Transcript(stream, null, broken)
    transcript.add(bytesOf(whole))
    await transcript.end()
    assert.deepStrictEqual(transcript.known, { matchType: "unknown" })
  })
})
