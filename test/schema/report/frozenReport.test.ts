/**
 * A report as the ledger has stored it: whoever changes `WeeklyReport` must still be able to read
 * it. Until the first release the fixture may be rewritten, in the commit that says why; later a
 * new version is a new file beside it.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { questionLengthMax } from "../../../src/schema/InteractionSummary.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import { decodeReport, encodeReport, thawed } from "../../../src/schema/report/FrozenReport.ts"
import { groupId } from "../../../src/schema/report/GroupId.ts"
import { listLengthMax, WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { mailOf } from "../../programs/reporter/render/mails.ts"
import fixture from "./fixtures/weeklyReport.v1.json" with { type: "json" }
import { asked, reportOf, zone } from "./WeeklyExamples.ts"

/** `trend[].weekId` and the like: every field that a report can have. */
const fieldsOf = (ast: SchemaAST.AST, path = ""): ReadonlyArray<string> => {
  if (SchemaAST.isArrays(ast)) return ast.rest.flatMap((item) => fieldsOf(item, `${path}[]`))
  if (!SchemaAST.isObjects(ast)) return []
  return ast.propertySignatures.flatMap(({ name, type }) => {
    const field = path === "" ? String(name) : `${path}.${String(name)}`
    return [field, ...fieldsOf(type, field)]
  })
}

const fieldsIn = (value: unknown, path = ""): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}[]`))
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = path === "" ? name : `${path}.${name}`
    return [field, ...fieldsIn(inner, field)]
  })
}

const stored = JSON.stringify(fixture)

describe("A frozen report", () => {
  it("has every field that a report can have, the optional ones too", () => {
    const fields = fieldsOf(Schema.toEncoded(WeeklyReport).ast)
    assert.include(fields, "topQuestions[].missedBefore")
    assert.include(fields, "topQuestions[].others[].question")
    assert.sameMembers([...new Set(fieldsIn(fixture))], [...fields])
  })

  it("is read from the ledger whole, and stored again as it was", () => {
    const report = Option.getOrThrow(decodeReport(stored))
    assert.deepStrictEqual(JSON.parse(encodeReport(report)), fixture)
  })

  it("is read without its optional fields", () => {
    const { deadLetters: _, pipeline: __, previous: ___, latencyMs: ____, ...rest } = fixture
    assert.isTrue(Option.isSome(decodeReport(JSON.stringify(rest))))
  })

  it("can be sent, and is in the trend of the next week", () => {
    const { readUntil: _, ...report } = Option.getOrThrow(decodeReport(stored))
    assert.include(mailOf(report).text, "42 questions")
    const period = periodOf(WeekId.make("2026-W48"), zone)
    const { trend } = reportOf([], { period, earlier: [report] })
    assert.deepInclude(trend, { weekId: report.period.weekId, questions: 42, missed: 7 })
  })

  it("is not in the trend, if its week could not be read to the end", () => {
    const report = { ...Option.getOrThrow(decodeReport(stored)), readUntil: 1 }
    const period = periodOf(WeekId.make("2026-W48"), zone)
    assert.deepStrictEqual(reportOf([], { period, earlier: [report] }).trend, [])
  })
})

describe("A report that the ledger cannot keep", () => {
  const report = reportOf([asked("Do you know COBOL?")])
  const refused: ReadonlyArray<readonly [words: string, report: WeeklyReport, why: RegExp]> = [
    ["a number is no number", { ...report, sessions: Number.NaN }, /sessions/],
    ["a sum is not exact", { ...report, questions: 2 ** 53 }, /questions/],
    [
      "it is longer than an item",
      { ...report, period: { ...report.period, timeZone: "x".repeat(400_000) } },
      /it has \d{6} bytes/
    ]
  ]
  for (const [words, unfit, why] of refused) {
    it.effect(`is refused before it is frozen, because ${words}`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(thawed(unfit))
        assert.strictEqual(error._tag, "ReportUnfit")
        assert.match(error.message, why)
      })
    )
  }

  it.effect("is no other one: any report comes back as it was", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* thawed(report), report)
    })
  )

  it.effect("is none with the longest questions in every list, in four wordings each", () =>
    Effect.gen(function* () {
      const question = "薪".repeat(questionLengthMax)
      const line = {
        ...report.topQuestions[0]!,
        question,
        others: [{ question }, { question }, { question }],
        id: groupId(report.period.weekId, Number.MAX_SAFE_INTEGER)
      }
      const lines = Array.from({ length: listLengthMax }, () => line)
      const closed = lines.map((one) => ({ ...one, missedBefore: Number.MAX_SAFE_INTEGER }))
      const full = { ...report, topQuestions: lines, unanswered: lines, closed }
      const { closed: kept, topQuestions } = yield* thawed(full)
      assert.deepStrictEqual([topQuestions.length, kept.length], [listLengthMax, listLengthMax])
      assert.deepStrictEqual(topQuestions[0], line)
    })
  )
})
