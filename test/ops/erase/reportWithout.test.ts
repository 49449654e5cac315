import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as SchemaAST from "effect/SchemaAST"
import { reportWithout } from "../../../ops/erase/reportWithout.ts"
import { decodeReport } from "../../../src/schema/report/FrozenReport.ts"
import { textFields } from "../../../src/schema/report/textFields.ts"
import { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import fixture from "../../schema/report/fixtures/weeklyReport.v1.json" with { type: "json" }

/** Strings of a report that no visitor and no chatbot writes, or that describe many visitors. */
const noTexts = new Set([
  ...["period.weekId", "period.timeZone", "period.days[]", "days[].date", "trend[].weekId"],
  ...["notCompared", "countries[].name", "devices[].name", "referrers[].name"],
  ...["cost.unknown[].model", "models[].model", "capped[]"],
  ...["grouping.by", "grouping.insteadOf"],
  ...["ratedBadly[].verdict", "ratedBadly[].reason"],
  ...["topQuestions[].id", "unanswered[].id", "closed[].id"],
  ...["gaps[].id", "gaps[].fate"],
  ...["languages[].name", "answeredInOther[].asked", "answeredInOther[].answered"]
])

const isExchange = (path: string) =>
  [".lastMiss.requestId", "ratedBadly[].requestId"].some((end) => path.endsWith(end))

/** `topQuestions[].question` and the like: every string that a report can have. */
const stringsIn = (ast: SchemaAST.AST, path = ""): ReadonlyArray<string> => {
  if (SchemaAST.isArrays(ast)) return ast.rest.flatMap((item) => stringsIn(item, `${path}[]`))
  if (SchemaAST.isObjects(ast)) {
    return ast.propertySignatures.flatMap(({ name, type }) =>
      stringsIn(type, path === "" ? String(name) : `${path}.${String(name)}`)
    )
  }
  return SchemaAST.isString(ast) || SchemaAST.isUnion(ast) || SchemaAST.isLiteral(ast) ? [path] : []
}

const strings = stringsIn(WeeklyReport.ast)
const isText = (path: string) => textFields.has(path.split(".").at(-1) ?? "")

const marker = "a visitor's own words"
const [leaving, staying] = ["request-of-the-session", "request-of-another"]

/** The whole fixture with the marker in every text, and one request in every exchange. */
const marked = (requestId: string): string =>
  JSON.stringify(fixture, (name, value: unknown) => {
    if (textFields.has(name)) return marker
    return name === "requestId" ? requestId : value
  })

const session = { questions: new Set<unknown>(), requestIds: new Set<unknown>([leaving]) }

describe("The texts of a frozen report", () => {
  it("are all strings but those that are known to be no visitor's and no chatbot's words", () => {
    const others = strings.filter((path) => !isText(path) && !isExchange(path))
    for (const path of others) {
      assert.isTrue(noTexts.has(path) || path.endsWith(".kind"), `${path} may hold a text`)
    }
    assert.deepStrictEqual([...textFields].sort(), ["answer", "comment", "question"])
    assert.include(strings.filter(isText), "unanswered[].lastMiss.answer")
  })

  it("are all found and taken out by the questions and requests of a session", () => {
    const texts = { ...session, questions: new Set<unknown>([marker]) }
    assert.isAbove(marked(leaving).split(marker).length, 12)
    const after = reportWithout(marked(leaving), texts)
    assert.notInclude(after, marker)
    assert.notInclude(after, leaving)
    assert.isTrue(Option.isSome(decodeReport(after)))
  })

  it("leave the ids of their groups, which tell no word", () => {
    const texts = { ...session, questions: new Set<unknown>([marker]) }
    const ids = (json: string) => json.match(/"id":"[^"]*"/g)
    assert.deepStrictEqual(ids(reportWithout(marked(leaving), texts)), ids(marked(leaving)))
    assert.isAbove(ids(marked(leaving))?.length ?? 0, 3)
  })

  it("are kept where they are of other sessions", () => {
    assert.strictEqual(reportWithout(marked(staying), session), marked(staying))
  })

  it("are taken out of an exchange by its request, whatever the words", () => {
    const after = reportWithout(marked(leaving), session)
    const answers = JSON.parse(after).unanswered.flatMap((line: { lastMiss?: object }) =>
      line.lastMiss === undefined ? [] : [line.lastMiss]
    )
    assert.isAbove(answers.length, 0)
    for (const answer of answers) {
      assert.deepInclude(answer, { requestId: "(erased)", answer: "(erased)", kind: "none" })
    }
    assert.include(after, marker)
  })
})
