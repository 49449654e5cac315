import { readFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as TestConsole from "effect/testing/TestConsole"
import { consoleUse } from "../../../ops/cost/consoleUse.ts"
import { costCommand } from "../../../ops/cost/costCommand.ts"
import { type DesignEstimate, designsOf, type Estimate } from "../../../ops/cost/estimate.ts"
import { startOps } from "../dlq/Operator.ts"

const run = Command.runWith(costCommand, { version: "test" })

const operate = (...words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const exit = yield* Effect.exit(run(words))
    const out = (yield* TestConsole.logLines).map(String).join("\n")
    const error = (yield* TestConsole.errorLines).map(String).join("\n")
    return { out, error, done: Exit.isSuccess(exit) }
  }).pipe(Effect.provide(TestConsole.layer))

const estimated = Effect.fnUntraced(function* (...words: ReadonlyArray<string>) {
  const { done, out } = yield* operate("--json", ...words)
  assert.isTrue(done)
  const found: Estimate = JSON.parse(out)
  return found
})

/** The definitions with one file that says something else. */
const withFile = (end: string, text: string) =>
  Layer.effect(
    FileSystem.FileSystem,
    Effect.map(FileSystem.FileSystem, (files) => ({
      ...files,
      readFileString: (path: string, encoding?: string) =>
        path.endsWith(end) ? Effect.succeed(text) : files.readFileString(path, encoding)
    }))
  ).pipe(Layer.provideMerge(NodeServices.layer))

describe("ops cost", () => {
  it.live("prints both bills, up to where ours is free, and what breaks, with --original", () =>
    Effect.gen(function* () {
      const { done, out } = yield* operate("--queries", "10000", "--original")
      assert.isTrue(done)
      assert.match(out, /^A month of 10,000 questions, each two events of 20 KB/)
      assert.match(out, /^ {2}requests +719,\d{3} +1,000,000 +0 +\$0\.00 +729,605 /m)
      assert.match(out, /^ {2}write units +1,200,000 +0 +1,200,000 +\$0\.85$/m)
      assert.match(out, /^a month +\$0\.0019 +\$1\.12$/m)
      assert.match(out, /^5 idle pollers( +[\d,]+){3}$/m)
      assert.match(out, /^2 idle pollers( +[\d,]+){3}$/m)
      assert.match(out, /^First to break: SQS requests at [\d,]+ questions a month\. Next: /m)
      assert.include(
        out,
        "which a bill rounds to $0.00, for SES mails to one recipient, S3 bundles"
      )
      assert.match(out, /a second: write units of .+ a second and \d+ a question/)
      assert.notInclude(out, "NOT COUNTED")
      for (const line of out.split("\n")) assert.notMatch(line, /NaN|undefined|Infinity/)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("tells what an open console adds: nothing, until reads are billed on demand", () =>
    Effect.gen(function* () {
      const { out } = yield* operate()
      assert.match(
        out,
        /^A console .+ at most 0\.5 units a second of the 25 .+, which adds \$0\.00 a month\.$/m
      )
      const { ours } = yield* designsOf({ answerMs: 1, eventKb: 20 })
      const capacity = { mode: "on demand" } as const
      const onDemand = consoleUse({ ...ours, deployment: { ...ours.deployment, capacity } })
      assert.isUndefined(onDemand.provisioned)
      assert.closeTo(onDemand.usd, 0.5 * 31 * 86_400 * ours.prices.of.tableReadRequests.usd, 1e-9)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("adds three requests for a vote, in our design alone", () =>
    Effect.gen(function* () {
      const none = yield* estimated("--original")
      const voted = yield* estimated("--original", "--votes", "20")
      const usage = ({ bill }: DesignEstimate) =>
        bill.lines.find(({ meter, service }) => service === "SQS" && meter === "requests")?.usage
      assert.strictEqual(usage(voted.ours), (usage(none.ours) ?? 0) + 3 * 2000)
      assert.deepStrictEqual(voted.original?.bill, none.original?.bill)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("prints the same without a word of the original design when it is not asked for", () =>
    Effect.gen(function* () {
      const { out } = yield* operate("--queries", "10000")
      const both = yield* operate("--queries", "10000", "--original")
      assert.notMatch(out, /original/i)
      assert.match(out, /^ {2}requests +719,\d{3} +1,000,000 +0 +\$0\.00$/m)
      assert.match(out, /^a month +\$0\.0019$/m)
      const outside = (text: string) => text.slice(text.indexOf("Free up to"))
      const lines = outside(both.out).split("\n")
      assert.deepStrictEqual(
        outside(out).split("\n"),
        lines.filter((line) => !line.startsWith("The original design"))
      )
      assert.isUndefined((yield* estimated()).original)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("prints what drains by a schedule cost, with --delivery schedule", () =>
    Effect.gen(function* () {
      const { out } = yield* operate("--queries", "10000", "--delivery", "schedule")
      assert.match(out, /^The cost without failures: 31 days, 44,640 drains, of which each fills /m)
      assert.match(out, /^ {2}requests +94,\d{3} +1,000,000 +0 +\$0\.00$/m)
      assert.match(out, /^44,640 drains( +[\d,]+){3}$/m)
      assert.match(out, /^First to break: SQS requests at 4\d\d,\d{3} questions a month\. /m)
      const many = yield* estimated("--queries", "400000", "--delivery", "schedule")
      assert.isBelow(many.ours.bill.usd, 0.005)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("prints the same as one object", () =>
    Effect.gen(function* () {
      const found = yield* estimated("--queries", "1000000", "--original", "--region", "us-east-1")
      assert.deepInclude(found, { region: "us-east-1" })
      assert.strictEqual(found.traffic.questions, 1_000_000)
      assert.isDefined(found.original)
      for (const { bill, breaks, freeUpTo } of [found.ours, found.original]) {
        const sum = bill.lines.reduce((total, { usd }) => total + usd, 0)
        assert.closeTo(bill.usd, sum, 1e-9)
        assert.strictEqual(freeUpTo[0]?.questions, breaks[0]?.questions)
      }
      assert.isAbove(found.original.bill.usd, 10 * found.ours.bill.usd)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("has a smaller question cost less, and Ireland more than Virginia", () =>
    Effect.gen(function* () {
      const many = ["--queries", "1000000", "--original"]
      const [large, small] = [
        yield* estimated(...many),
        yield* estimated(...many, "--event-kb", "1")
      ]
      const virginia = yield* estimated(...many, "--region", "us-east-1")
      assert.isBelow(small.ours.bill.usd, large.ours.bill.usd)
      assert.isBelow(small.original?.bill.usd ?? Number.NaN, large.original?.bill.usd ?? Number.NaN)
      assert.isBelow(virginia.ours.bill.usd, large.ours.bill.usd)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("keeps the README's promise, which is a round number below what it computes", () =>
    Effect.gen(function* () {
      const { breaks } = (yield* estimated()).ours
      const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8")
      const [, promised = ""] = /up to ([\d,]+) questions a month/i.exec(readme) ?? []
      const questions = breaks[0]?.questions ?? 0
      assert.strictEqual(Number(promised.replace(",", "")), Math.floor(questions / 1000) * 1000)
      assert.include(readme, "npm run ops -- cost")
    }).pipe(Effect.provide(NodeServices.layer))
  )

  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [["--queries", "0"], "between 1 and 1000000000"],
    [["--queries", "-5"], "between 1 and 1000000000"],
    [["--queries", "2.5"], "2.5"],
    [["--queries", "NaN"], "NaN"],
    [["--queries", "many"], "many"],
    [["--queries", "2000000000"], "between 1 and 1000000000"],
    [["--event-kb", "0"], "between 1 and 190"],
    [["--event-kb", "-1"], "between 1 and 190"],
    [["--event-kb", "NaN"], "NaN"],
    [["--event-kb", "191"], "between 1 and 190"],
    [["--answer-ms", "0"], "between 0.01 and 300000"],
    [["--answer-ms", "-1"], "between 0.01 and 300000"],
    [["--answer-ms", "Infinity"], "Infinity"],
    [["--region", "mars-north-1"], "known are eu-west-1, us-east-1"],
    [["--region", ""], "known are eu-west-1, us-east-1"],
    [["--delivery", "poll"], '"trigger"'],
    [["--querys", "5"], "--querys"]
  ]
  for (const [words, reason] of wrong) {
    it.live(`refuses ${words.join(" ")}`, () =>
      Effect.gen(function* () {
        const { done, error } = yield* operate(...words)
        assert.isFalse(done)
        assert.include(error.slice(error.indexOf("ERROR")), reason)
      }).pipe(Effect.provide(NodeServices.layer))
    )
  }

  for (const [end, text, reason] of [
    ["table.tf", 'resource "aws_dynamodb_table" {', "table.tf"],
    ["table.tf", "", "aws_dynamodb_table.analytics"],
    ["template.yaml", "Resources: [", "template.yaml"],
    ["template.yaml", "Resources: {}", "ProcessorFunction"]
  ] as const) {
    it.live(`says that ${end} is broken when it is ${JSON.stringify(text)}`, () =>
      Effect.gen(function* () {
        const { done, error } = yield* operate()
        assert.isFalse(done)
        assert.include(error, reason)
      }).pipe(Effect.provide(withFile(end, text)))
    )
  }

  it.live("says what it has no price for", () =>
    Effect.gen(function* () {
      const { out } = yield* operate()
      assert.include(out, "NOT COUNTED, because it has no price here: aws_kms_key.extra.")
    }).pipe(
      Effect.provide(withFile("versions.tf", 'resource "aws_kms_key" "extra" {\n  x = 1\n}\n'))
    )
  )

  it.live("has help with examples, and ends with 2 when it was written wrongly", () =>
    Effect.gen(function* () {
      const { done, out } = yield* operate("--help")
      assert.isTrue(done)
      assert.include(out, "EXAMPLES")
      assert.strictEqual((yield* startOps("cost", "--queries", "0").ended).code, 2)
      assert.strictEqual((yield* startOps("cost", "--region", "mars-north-1").ended).code, 1)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
