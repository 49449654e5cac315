import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { SendMessageCommand } from "@aws-sdk/client-sqs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { eraseCommand } from "../../../ops/erase/command.ts"
import { encodeMessage, SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated, interactionKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { queryHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { startOps } from "../dlq/Operator.ts"
import { drainQueue } from "../drainQueue.ts"
import { inFrontOf } from "../inFrontOf.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(eraseCommand)

const [leaving, staying] = [SessionId.make("leaving"), SessionId.make("staying")]

const asked = (sessionId: SessionId, timestamp: number, query: string) => {
  const one = someCorrelated(timestamp, { query })
  return Correlated.make({
    query: { ...one.query, sessionId },
    response: { ...one.response, sessionId, matchType: "none", matchScore: 0 }
  })
}

/** Two sessions in table, report and dead letters. */
const lived = Effect.gen(function* () {
  const services = yield* localServices
  const { deadLettersUrl, layer, queues, record, startMs } = services
  const mine = [0, 1, 2].map((n) => asked(leaving, startMs + n, `My own question ${n}?`))
  const others = [3, 4].map((n) => asked(staying, startMs + n, `A plain question ${n}?`))
  yield* Effect.forEach([...mine, ...others], (one) => record(one, { agent: "person" }))
  yield* services.reportWeek
  let sent = 0
  const send = (QueueUrl: string, MessageGroupId: string, MessageBody: string) =>
    Effect.promise(() =>
      queues.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody,
          MessageGroupId,
          MessageDeduplicationId: `sent-${sent++}`
        })
      )
    )
  const bury = (group: string, body: string) => send(deadLettersUrl, group, body)
  const stored = (one: Correlated) =>
    Effect.flatMap(InteractionStore, ({ get }) => get(interactionKey(one))).pipe(
      Effect.map(({ _tag }) => _tag === "Some"),
      Effect.provide(layer)
    )
  const report = Effect.flatMap(ReportLedger, ({ reports }) => reports([services.week])).pipe(
    Effect.map(([found]) => found),
    Effect.provide(layer)
  )
  return { ...services, mine, others, bury, send, stored, report }
})

const erase = (...words: ReadonlyArray<string>) => operate("--session", leaving, ...words)

layer(NodeServices.layer, { excludeTestServices: true })("ops erase", (it) => {
  it.effect("erases a session from table, reports and dead letters, and nothing else", () =>
    Effect.gen(function* () {
      const { bury, flags, mine, others, report, stored, week } = yield* lived
      const [dead, kept] = [mine[0]!.query, others[0]!.query]
      yield* bury(dead.requestId, encodeMessage(dead))
      yield* bury("other-group", JSON.stringify({ schemaVersion: 99, sessionId: leaving }))
      yield* bury(mine[1]!.query.requestId, "no JSON, of a request of the session")
      yield* bury(kept.requestId, encodeMessage(kept))
      yield* bury("unknown-group", "no JSON at all")
      const before = yield* report
      const { done, error, out } = yield* erase("--yes", "--json", ...flags)
      assert.isTrue(done, error)
      assert.deepStrictEqual(JSON.parse(out), {
        session: "leaving",
        dryRun: false,
        interactions: 3,
        left: 0,
        deadLetters: { erased: 3, undecided: 1, unseen: 0 },
        reports: { rewritten: [week], unreadable: [], inProgress: [] },
        queued: 0
      })
      for (const one of mine) assert.isFalse(yield* stored(one))
      for (const one of others) assert.isTrue(yield* stored(one))
      const after = yield* report
      assert.include(JSON.stringify(before), "My own question 1?")
      assert.notInclude(JSON.stringify(after), "My own question")
      assert.include(JSON.stringify(after), "A plain question 3?")
      assert.lengthOf(after?.topQuestions ?? [], before?.topQuestions.length ?? 0)
      assert.deepInclude(after, { questions: 5, sessions: 2 })
    })
  )

  it.effect("says what it would do, asks before it does, and has nothing left to do after", () =>
    Effect.gen(function* () {
      const { flags, ledgerItem, mine, stored, week } = yield* lived
      const before = yield* ledgerItem
      const dry = yield* erase("--dry-run", ...flags)
      assert.strictEqual(
        dry.out,
        [
          "Session leaving: 3 interactions and 0 dead letters would be erased, in a dry run.",
          `Its questions would be taken out of the reports of ${week}.`,
          "Out of reach:",
          "  E-mails that were sent, files that were exported, and backups."
        ].join("\n")
      )
      const { code, error } = yield* startOps("erase", "--session", leaving, ...flags).ended
      assert.strictEqual(code, 2)
      assert.include(error, "3 interactions of session leaving would be erased: give --yes")
      assert.deepStrictEqual(yield* ledgerItem, before)
      assert.isTrue(yield* stored(mine[2]!))
      const done = yield* erase("--yes", ...flags)
      assert.include(done.out, "3 interactions and 0 dead letters erased, and looked for again.")
      const again = yield* erase("--yes", ...flags)
      assert.include(again.out, "0 interactions and 0 dead letters erased")
    })
  )

  it.effect("says that events may still come, and erases them when it is run again", () =>
    Effect.gen(function* () {
      const { flags, layer, mine, queues, queueUrl, send, stored } = yield* lived
      const late = queryHalf(mine[0]!).query
      yield* send(queueUrl, late.requestId, encodeMessage(late))
      const first = yield* erase("--yes", ...flags)
      assert.isTrue(first.done)
      assert.include(first.out, "1 event of anybody on the way to the table")
      yield* drainQueue(queues, queueUrl).pipe(Effect.provide(layer))
      assert.isTrue(yield* stored(mine[0]!))
      const second = yield* erase("--yes", ...flags)
      assert.include(second.out, "1 interaction and 0 dead letters erased")
      assert.isFalse(yield* stored(mine[0]!))
    })
  )

  it.effect("is completed by the same again when it was killed in the middle", () =>
    Effect.gen(function* () {
      const { flags, mine, port, report, stored } = yield* lived
      let [deletes, kill] = [0, (): unknown => undefined]
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
        if (operation === "DeleteItem") deletes += 1
        if (deletes < 2) return "passed"
        kill()
        return "held"
      })
      const place = ["--local", "--port", String(Number(new URL(proxy.endpoint).port) - 3)]
      const ops = startOps("erase", "--session", leaving, "--yes", ...place)
      kill = () => ops.child.kill("SIGKILL")
      assert.isNull((yield* ops.ended).code)
      const { out } = yield* erase("--yes", ...flags)
      assert.match(out, /^Session leaving: [123] interactions? and 0 dead letters erased/)
      for (const one of mine) assert.isFalse(yield* stored(one))
      assert.notInclude(JSON.stringify(yield* report), "My own question")
    })
  )

  it.effect("does not call itself done while a report is being made or cannot be read", () =>
    Effect.gen(function* () {
      const { flags, layer, table, tableName, week } = yield* lived
      const change = (set: string, values: Record<string, { S: string } | { N: string }>) =>
        Effect.promise(() =>
          table.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: { requestId: { S: `report#${week}` }, timestamp: { N: "0" } },
              UpdateExpression: set,
              ExpressionAttributeValues: values,
              ...(set.includes("#state") && { ExpressionAttributeNames: { "#state": "state" } })
            })
          )
        )
      yield* change("SET report = :report", { ":report": { S: '{"of":"another version"}' } })
      yield* Effect.flatMap(ReportLedger, ({ claim }) =>
        claim({ weekId: week, owner: "a run", leaseSeconds: 60, interim: true })
      ).pipe(Effect.provide(layer))
      const unreadable = yield* erase("--yes", ...flags)
      assert.isFalse(unreadable.done)
      assert.include(unreadable.out, `The reports of ${week} (interim) are being made just now.`)
      assert.include(unreadable.out, `The reports of ${week} are of another version`)
      assert.include(unreadable.error, "not all of session leaving could be erased")
      const { Item = {} } = yield* Effect.promise(() =>
        table.send(
          new GetItemCommand({
            TableName: tableName,
            Key: { requestId: { S: `report#${week}` }, timestamp: { N: "0" } }
          })
        )
      )
      assert.strictEqual(Item.report?.S, '{"of":"another version"}')
    })
  )

  it.effect("leaves the items that it cannot delete, and says so", () =>
    Effect.gen(function* () {
      const { port } = yield* lived
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) =>
        operation === "DeleteItem" ? { refusedAs: "AccessDeniedException" } : "passed"
      )
      const place = ["--local", "--port", String(Number(new URL(proxy.endpoint).port) - 3)]
      const { done, error } = yield* erase("--yes", ...place)
      assert.isFalse(done)
      assert.include(error, "AWS does not let these credentials DeleteItem on cv-analytics at")
    })
  )
})

describe("the command line of ops erase", () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [[], "session"],
    [["--session", ""], "session"],
    [["--session", "x".repeat(129)], "session"],
    [["--session", "a", "--port", "9000"], "--port is for --local"]
  ]
  for (const [words, reason] of wrong) {
    it.live(`refuses erase ${words.join(" ").slice(0, 40)} with 2`, () =>
      Effect.gen(function* () {
        const { code, error } = yield* startOps("erase", ...words).ended
        assert.include(error, reason)
        assert.strictEqual(code, 2)
      })
    )
  }
})
