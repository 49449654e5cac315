import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"
import { columnsIn } from "../../../ops/import/columns.ts"
import { questionsAndAnswers } from "../../../ops/import/formats.ts"
import { eventsOfLine } from "../../../ops/import/JsonRow.ts"
import { LineReader } from "../../../ops/import/LineReader.ts"
import { secondsFor } from "../../../ops/import/Pace.ts"
import { Ranks } from "../../../ops/import/Ranks.ts"
import { eventsOfTold, uuid5 } from "../../../ops/import/rowEvents.ts"
import { Times } from "../../../ops/import/Times.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { correlate, type Interaction } from "../../../src/schema/Interaction.ts"
import { summaryOf } from "../../../src/schema/InteractionSummary.ts"
import { empty, observe } from "../../../src/schema/report/WeeklyTally.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"

const secret = "my-secret"
const head = ["question", "answer", "timestamp"]
const at = "2026-11-16T09:30:00Z"

/** The events of a row of a table with this first line. */
const eventsOfCells = (
  names: ReadonlyArray<string>,
  cells: ReadonlyArray<string>,
  ranks = new Ranks()
) => {
  const record = Object.fromEntries(names.map((name, at) => [name, cells[at]]))
  const { take } = questionsAndAnswers.taking()
  const [told = {}] = take(record, columnsIn(names, {}))
  return eventsOfTold(told, {
    ranks,
    times: new Times({ zone: DateTime.zoneMakeNamedUnsafe("UTC") })
  })
}

const eventsOf = (
  names: ReadonlyArray<string>,
  cells: ReadonlyArray<string>
): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  Result.getOrThrow(eventsOfCells(names, cells))

const rejectionOf = (result: ReturnType<typeof eventsOfLine>) =>
  Result.getOrThrow(Result.flip(result))

describe("a row of CSV", () => {
  it("is the question and the answer of one request, whose id follows from what it says", () => {
    const [query, response, ...others] = eventsOf(head, ["Why?", "=Because", at])
    const [again] = eventsOf(["timestamp", "answer", "question"], [at, "=Because", "Why?"])
    const [other] = eventsOf(head, ["Why?", "'=Because", "2026-11-16 09:30:00.001"])
    assert.isEmpty(others)
    assert.deepStrictEqual(again, query)
    assert.notStrictEqual(other?.requestId, query?.requestId)
    assert.deepInclude(query, { query: "Why?", timestamp: Date.parse(at), metadata: {} })
    assert.deepInclude(response, {
      requestId: query?.requestId,
      response: "=Because",
      queryTimestamp: Date.parse(at),
      matchType: "full",
      processingTimeMs: 0,
      outcome: "answered"
    })
    assert.strictEqual(response?.sessionId, query?.requestId)
    for (const untold of ["matchScore", "model", "tokens"]) assert.notProperty(response, untold)
  })

  it("carries every other known column", () => {
    const told = ["sessionId", "matchType", "processingTimeMs", "model"]
    const more = [...told, "inputTokens", "cacheWriteTokens", "country"]
    const cells = ["Why?", "", at, "s1", "none", "40.5", "m", "7", "2", "SE"]
    const [query, response] = eventsOf([...head, ...more], cells)
    assert.deepInclude(query, { sessionId: "s1", metadata: { country: "SE" } })
    assert.deepInclude(response, {
      response: "",
      matchType: "none",
      timestamp: Date.parse(at) + 41,
      model: "m",
      tokens: { input: 7, cacheWrites: 2 }
    })
  })

  it("without an answer is a question that was never answered", () => {
    assert.deepStrictEqual(
      eventsOf(head, ["Why?", "", at]).map(({ eventType }) => eventType),
      ["query"]
    )
  })

  const answers: ReadonlyArray<readonly [ReadonlyArray<string>, object]> = [
    [["I don't know.", "", ""], { matchType: "none", outcome: "answered" }],
    [["In Leeds.", "", ""], { matchType: "full", outcome: "answered" }],
    [["I don't know.", "partial", ""], { matchType: "partial" }],
    [["", "", "failed"], { matchType: "none", outcome: "failed", response: "" }],
    [["", "", "answered"], { matchType: "unknown", outcome: "answered", response: "" }]
  ]
  for (const [cells, expected] of answers) {
    it(`with ${JSON.stringify(cells)} is judged as ${JSON.stringify(expected)}`, () => {
      const [answer = "", ...others] = cells
      const names = [...head, "matchType", "outcome"]
      const [, response] = eventsOf(names, ["Why?", answer, at, ...others])
      assert.deepInclude(response, expected)
    })
  }

  it("that is equal to an earlier one is another question, the same in every import", () => {
    const imported = () => {
      const ranks = new Ranks()
      return ["Why?", "Why?", "How?", "Why?"].map((question) => {
        const row = eventsOfCells(head, [question, "So.", at], ranks)
        return Result.getOrThrow(row)[0]?.requestId
      })
    }
    assert.strictEqual(new Set(imported()).size, 4)
    assert.deepStrictEqual(imported(), imported())
  })

  it("counts as it would have been counted live: 99 of 100 questions were missed", () => {
    const ranks = new Ranks()
    const tally = empty()
    for (let n = 0; n < 100; n++) {
      const answer = n === 40 ? "Yes, to Oslo and Bergen." : "I don't know."
      const row = eventsOfCells(head, ["Do you ship to Norway?", answer, at], ranks)
      const halves = Result.getOrThrow(row).filter((event) => event.eventType !== "feedback")
      const known = halves.reduce<Interaction | undefined>(correlate, undefined)
      if (known !== undefined) observe(tally, summaryOf(known))
    }
    const [question, ...others] = [...tally.questions.values()]
    assert.isEmpty(others)
    assert.deepInclude(question, { asked: 100, full: 1, none: 99 })
  })

  const times: ReadonlyArray<readonly [string, string]> = [
    ["2026-11-16", "2026-11-16T00:00:00.000Z"],
    ["2026-11-16T10:30:00+01:00", "2026-11-16T09:30:00.000Z"],
    ["2026-11-16 09:30", "2026-11-16T09:30:00.000Z"],
    ["1794821400000", "2026-11-16T09:30:00.000Z"]
  ]
  for (const [cell, expected] of times) {
    it(`takes ${cell} as a time`, () => {
      const [query] = eventsOf(head, ["Why?", "", cell])
      assert.strictEqual(new Date(Number(query?.timestamp)).toISOString(), expected)
    })
  }

  const more = ["matchType", "matchScore", "processingTimeMs", "inputTokens", "requestId"]
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [["", "a", at, "", "", "", "", ""], "question: empty"],
    [[secret, "a", "", "", "", "", "", ""], "timestamp: empty"],
    [[secret, "a", secret, "", "", "", "", ""], "timestamp: expected a time such as"],
    [[secret, "a", "2026-02-30", "", "", "", "", ""], "timestamp: expected a time such as"],
    [[secret, "a", "2026-11-16T25:00Z", "", "", "", "", ""], "timestamp: expected a time such as"],
    [
      [secret, "a", at, secret, "", "", "", ""],
      "matchType: expected full, partial, none or unknown"
    ],
    [[secret, "a", at, "", "1.5", "", "", ""], "matchScore: expected a number from 0 to 1"],
    [[secret, "a", at, "", "", "-1", "", ""], "processingTimeMs: expected a number from 0"],
    [[secret, "a", at, "", "", "", "1.5", ""], "inputTokens: expected a whole number"],
    [[secret, "a", at, "", "", "", "", secret], "requestId: expected a UUID"]
  ]
  for (const [cells, reason] of wrong) {
    it(`is rejected without a word of it: ${reason}`, () => {
      const { message, reason: kind } = rejectionOf(eventsOfCells([...head, ...more], cells))
      assert.include(message, reason)
      assert.notInclude(message, secret)
      assert.strictEqual(kind, "malformed")
    })
  }
})

describe("a line of an export", () => {
  const lineOf = (...events: ReadonlyArray<unknown>) => JSON.stringify({ events })

  it("is the events that it carries", () => {
    const line = `{"matchType":"full","events":[${[queryEvent(), responseEvent()].map(encodeMessage)}]}`
    assert.deepStrictEqual(Result.getOrThrow(eventsOfLine(line)), [queryEvent(), responseEvent()])
  })

  const wrong: ReadonlyArray<readonly [string, string]> = [
    [`{"query":"${secret}`, "not a JSON object of an export"],
    [`["${secret}"]`, "not a JSON object of an export"],
    [`{"question":"${secret}"}`, "no events: exported without --with-text"],
    [lineOf(), "not the question, the answer and the vote of one request"],
    [lineOf({ ...queryEvent(), query: [secret] }), "invalid_event"],
    [lineOf({ ...queryEvent(), schemaVersion: 9 }), "unknown_version"],
    [
      lineOf(queryEvent(), queryEvent({ query: secret })),
      "not the question, the answer and the vote"
    ],
    [
      lineOf(queryEvent({ requestId: requestIdOf(2) }), responseEvent()),
      "not the question, the answer and"
    ]
  ]
  for (const [line, reason] of wrong) {
    it(`is rejected without a word of it: ${line.slice(0, 40)}`, () => {
      const { message } = rejectionOf(eventsOfLine(line))
      assert.include(message, reason)
      assert.notInclude(message, secret)
    })
  }
})

describe("lines", () => {
  it("come with their numbers, wherever the text is cut", () => {
    const reader = new LineReader()
    const lines = ["a", "b\n\n", "cc\r\nd\ne"].flatMap((piece) => reader.read(piece))
    assert.deepStrictEqual(
      [...lines, ...reader.end()].map(({ line, text }) => [line, text.trim()]),
      [
        [1, "ab"],
        [3, "cc"],
        [4, "d"],
        [5, "e"]
      ]
    )
  })

  it("that never end are refused", () => {
    const reader = new LineReader()
    const piece = "x".repeat(1024 * 1024)
    for (let n = 0; n < 20 && reader.malformed === undefined; n++) reader.read(piece)
    assert.include(reader.malformed, "line 1: it never ends")
  })
})

describe("the pace of an import", () => {
  const units = { table: 15, indexes: [5, 5] }

  it("leaves half of the scarcest write units to the visitors", () => {
    assert.strictEqual(secondsFor([queryEvent(), responseEvent()], units), 0.4)
  })

  it("follows the table when a body is large", () => {
    const response = Array.from({ length: 12_000 }, (_, n) => (n * 7919) % 100_003).join(" ")
    const large = [queryEvent(), responseEvent({ response })]
    assert.isAbove(secondsFor(large, units), secondsFor([queryEvent(), responseEvent()], units))
    assert.strictEqual(secondsFor(large, units), secondsFor(large, { ...units, indexes: [] }))
  })

  it("has a limit when the table has none", () => {
    assert.strictEqual(secondsFor([queryEvent()], { table: undefined, indexes: [] }), 0.01)
  })
})

describe("a UUID from a name", () => {
  it("follows RFC 9562", () => {
    const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    assert.strictEqual(uuid5(dns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2")
  })
})
