import { assert, describe, it } from "@effect/vitest"
import { type Ending, endingOf } from "../../../../examples/cv-chatbot/page/Ending.ts"
import { toResponse } from "../../../../src/programs/edge/Problem.ts"
import { textLengthMax } from "../../../../src/schema/redaction/TextLength.ts"

const events = { "content-type": "text/event-stream" }
const json = { "content-type": "application/json" }

const encoder = new TextEncoder()

const chunk = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`

/** A body that comes in these pieces, and then ends or breaks off. */
const body = (pieces: ReadonlyArray<string>, ending: "close" | "error" = "close") => {
  const rest = [...pieces]
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = rest.shift()
      if (piece !== undefined) controller.enqueue(encoder.encode(piece))
      else if (ending === "close") controller.close()
      else controller.error(new Error("gone"))
    }
  })
}

const read = async (response: Response | Error, signal = new AbortController().signal) => {
  const shown: Array<string> = []
  const responding =
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response)
  const ending = await endingOf(responding, signal, (piece) => shown.push(piece))
  return { shown, ending }
}

const answered: Ending = { _tag: "Answered" }
const failed = (detail: string): Ending => ({ _tag: "Failed", detail })

describe("The page shows", () => {
  it("an answer in events piece by piece", async () => {
    const pieces = [chunk("Post"), chunk("greSQL"), chunk("."), "data: [DONE]\n\n"]
    const { ending, shown } = await read(new Response(body(pieces), { headers: events }))
    assert.deepStrictEqual(shown, ["Post", "greSQL", "."])
    assert.deepStrictEqual(ending, answered)
  })

  it("the answer of Workers AI, with events cut anywhere", async () => {
    const text = 'data: {"response":"日本"}\n\ndata: {"response":" 👩"}\n\ndata: [DONE]\n\n'
    const { ending, shown } = await read(new Response(body([...text]), { headers: events }))
    assert.deepStrictEqual(shown, ["日本", " 👩"])
    assert.deepStrictEqual(ending, answered)
  })

  it("an answer that comes whole", async () => {
    const response = Response.json({ answer: "PostgreSQL." })
    assert.deepStrictEqual(await read(response), { shown: ["PostgreSQL."], ending: answered })
  })

  it("the beginning of an endless answer, and reads no more of it", async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(encoder.encode(chunk("x".repeat(1000)))),
      cancel: () => {
        cancelled = true
      }
    })
    const { ending, shown } = await read(new Response(endless, { headers: events }))
    assert.strictEqual(shown.join("").length, textLengthMax)
    assert.strictEqual(ending._tag, "Stopped")
    assert.isTrue(cancelled)
  })
})

describe("The page says", () => {
  it("the sentence of the Worker's problem", async () => {
    for (const code of ["too_many_questions", "body_too_large", "question_too_long"] as const) {
      const { detail } = await toResponse(code).json()
      assert.deepStrictEqual(await read(toResponse(code)), { shown: [], ending: failed(detail) })
    }
  })

  it("how long to wait, when a proxy before the Worker says it", async () => {
    const limited = (after: string) =>
      new Response("<h1>slow down</h1>", { status: 429, headers: { "retry-after": after } })
    const wait = (time: string) => failed(`Too many questions; please wait ${time}.`)
    assert.deepStrictEqual((await read(limited("7"))).ending, wait("7 seconds"))
    assert.deepStrictEqual((await read(limited("<b>"))).ending, wait("a while"))
  })

  it("the status of another server's problem", async () => {
    const headers = { "content-type": "application/problem+json" }
    for (const said of ["", "[", "null", '{"detail":{"html":"<b>"}}', '{"detail":""}']) {
      const { ending } = await read(new Response(said, { status: 503, headers }))
      assert.deepInclude(ending, { _tag: "Failed" })
      assert.include(JSON.stringify(ending), "HTTP 503")
    }
  })

  it("that an answer broke off, after its first part", async () => {
    const response = new Response(body([chunk("Post")], "error"), { headers: events })
    const expected = { shown: ["Post"], ending: failed("The answer broke off.") }
    assert.deepStrictEqual(await read(response), expected)
  })

  it("that there is no connection", async () => {
    const { ending } = await read(new TypeError("Failed to fetch"))
    assert.deepStrictEqual(ending, failed("There is no connection; please try again."))
  })

  it("that the chatbot said nothing", async () => {
    const silent = [
      new Response(body(["data: [DONE]\n\n"]), { headers: events }),
      new Response(null, { headers: events }),
      new Response("{}", { headers: json })
    ]
    for (const response of silent) {
      assert.deepStrictEqual((await read(response)).ending, failed("The chatbot said nothing."))
    }
  })

  it("that a foreign page is not an answer", async () => {
    const portal = new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } })
    const { ending, shown } = await read(portal)
    assert.strictEqual(ending._tag, "Failed")
    assert.isEmpty(shown)
  })

  it("that its reader stopped it, before and within the answer", async () => {
    const stopping = AbortSignal.abort()
    const within = new Response(body([chunk("Post")], "error"), { headers: events })
    for (const response of [new DOMException("aborted", "AbortError"), within]) {
      const { ending } = await read(response, stopping)
      assert.deepStrictEqual(ending, { _tag: "Stopped", detail: "Stopped." })
    }
  })
})
