/** Whatever lies in the table, the week's report is made, frozen and rendered, and counts it. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"
import {
  halfOf,
  summaryOfItem,
  weekProjection,
  wholeItem
} from "../../../src/layers/dynamodb/InteractionItem.ts"
import { type InteractionSummary, unreadable } from "../../../src/schema/InteractionSummary.ts"
import { decodeReport, encodeReport } from "../../../src/schema/report/FrozenReport.ts"
import type { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { mailOf } from "../../programs/reporter/render/mails.ts"
import { queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import { asked, autumn, reportOf } from "../../schema/report/WeeklyExamples.ts"

const timestamp = autumn.startMs + 3_600_000

const good = wholeItem(
  halfOf(queryEvent({ timestamp, metadata: { country: "SE", lostBefore: 1 } }), {
    agent: "person",
    device: "desktop",
    referrerHost: "news.example"
  }),
  halfOf(
    responseEvent({
      queryTimestamp: timestamp,
      tokens: { input: 9, output: 1, cachedInput: 3, cacheWrites: 1, reasoning: 1 }
    })
  )
)

const names = ["requestId", "timestamp", "week", ...weekProjection]

const text = (S: string): AttributeValue => ({ S })
const number = (N: string): AttributeValue => ({ N })

/** Values that no processor writes; the second line holds what no DynamoDB answers. */
const values: ReadonlyArray<unknown> = [
  ...["", "unknown", "none", "failed", "\uD800", "__proto__", "x".repeat(70_000)].map(text),
  ...["0", "-1", "0.5", "1E125", "-1E125", "9007199254740991", "9007199254740992"].map(number),
  { NULL: true },
  { BOOL: false },
  { L: [text("a")] },
  { M: {} },
  { M: { input: number("9007199254740991"), output: number("9007199254740991") } },
  { M: { input: text("1"), output: { L: [] } } },
  { SS: ["a"] },
  { B: Uint8Array.of(1, 2, 3) },
  ...[undefined, null, {}, "text", { S: 7 }, { N: "NaN" }, { N: {} }, { M: null }, { M: "x" }]
]

const indexIn = (list: ReadonlyArray<unknown>) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: list.length - 1 })))

const changedItem = Arbitrary.array(
  Arbitrary.all({
    name: indexIn(names),
    value: indexIn(values),
    isGone: Arbitrary.schema(Schema.Boolean)
  }),
  { maxLength: 3 }
).pipe(
  Arbitrary.map((changes) => {
    const item: Record<string, unknown> = { ...good }
    for (const { isGone, name, value } of changes) {
      const attribute = names[name] ?? ""
      if (isGone) delete item[attribute]
      else item[attribute] = values[value]
    }
    return item as Item
  })
)

const read = (item: Item) => Result.getOrElse(summaryOfItem(item), () => unreadable)

const counted = ({ excluded, status, unreadable: broken = 0 }: WeeklyReport): number =>
  excluded.bots +
  excluded.own +
  status.correlated +
  status.awaitingQuery +
  status.awaitingResponse +
  broken

const assertReported = (report: WeeklyReport): void => {
  assert.deepStrictEqual(Option.getOrThrow(decodeReport(encodeReport(report))), report)
  assert.isNotEmpty(mailOf(report).text)
}

describe("A stored item of any kind", () => {
  it.prop(
    "is counted, and the report is frozen and rendered",
    [Arbitrary.array(changedItem, { maxLength: 12 })],
    ([items]) => {
      const report = reportOf(items.map(read) as ReadonlyArray<InteractionSummary>)
      assert.strictEqual(counted(report), items.length)
      assertReported(report)
    }
  )

  it("is read where it is as the processor writes it", () => {
    assert.isTrue(Result.isSuccess(summaryOfItem(good)))
  })
})

describe("A count of the largest size", () => {
  const max = Number.MAX_SAFE_INTEGER

  it("caps its sum, which the report and the mail tell", () => {
    const one = asked("q", {
      query: { lostBefore: max },
      response: { tokens: { input: max, output: max } }
    })
    const report = reportOf([one, asked("q", { query: { lostBefore: 1 } }), one])
    assert.strictEqual(report.lost, max)
    assert.include(report.tokens, { input: max, output: max })
    assert.deepStrictEqual(report.capped, ["lost", "tokens"])
    assertReported(report)
    assert.match(mailOf(report).text, /Sums that are too low +lost events, tokens/)
  })

  it("caps nothing in any other week", () => {
    assert.notProperty(reportOf([asked("q")]), "capped")
  })
})

describe("Times and names without an end", () => {
  it("take bounded memory, and the report says that names are missing", () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      asked("q", {
        query: { referrerHost: `${n}.example` },
        response: { model: `model ${n}`, processingTimeMs: n * 20_000 }
      })
    )
    const report = reportOf(many)
    assert.strictEqual(report.unlistedNames?.referrers, 3000)
    assert.strictEqual(report.unlistedNames?.countries, 0)
    assert.lengthOf(report.models, 10)
    assert.strictEqual(report.otherModels?.questions, 4990)
    assert.match(mailOf(report).text, /Questions in no list of origins +3,000/)
    assertReported(report)
  })
})
