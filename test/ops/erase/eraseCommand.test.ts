import { readFileSync, writeFileSync } from "node:fs"
import { ScanCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { eraseCommand } from "../../../ops/erase/eraseCommand.ts"
import { eraseSelected } from "../../../ops/erase/eraseSelected.ts"
import { onInstallation } from "../../../ops/installation/Installation.ts"
import { interactionOf } from "../../../src/layers/dynamodb/InteractionItem.ts"
import { isVoteItem } from "../../../src/layers/dynamodb/VoteItem.ts"
import { count } from "../../../src/programs/reporter/count.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { Correlated, interactionKey } from "../../../src/schema/Interaction.ts"
import type { WeekId } from "../../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { queryHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { feedbackEvent, requestIdOf, voteIdOf } from "../../schema/EventExamples.ts"
import { asAws, startOps } from "../dlq/Operator.ts"
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
    response: {
      ...one.response,
      sessionId,
      response: query.replace("question", "answer"),
      matchType: "none",
      matchScore: 0
    }
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
  /** All that table and dead letters hold, with decoded bodies, read without an index. */
  const everything = Effect.promise(async () => {
    const { Items = [] } = await services.table.send(
      new ScanCommand({ TableName: services.tableName })
    )
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageSystemAttributeNames: ["All"]
      })
    )
    // what takes the place of a vote has the key of its request, which is no word of anybody
    const kept = Items.filter((item) => !isVoteItem(item) || item.vote !== undefined)
    return JSON.stringify([kept, kept.map(interactionOf), Messages])
  })
  return { ...services, mine, others, bury, send, stored, report, everything }
})

const counting = { prices: [], zone: DateTime.zoneMakeNamedUnsafe("Etc/UTC") }

/** Beside the week's own report, which is out. */
const claimOf = (weekId: WeekId) => ({ weekId, owner: "a run", interim: true as const })

const erase = (...words: ReadonlyArray<string>) => operate("--session", leaving, ...words)

layer(NodeServices.layer, { excludeTestServices: true })("ops erase", (it) => {
  it.effect("erases one session from table, reports and dead letters", () =>
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
        by: "session",
        session: "leaving",
        dryRun: false,
        interactions: 3,
        left: 0,
        votes: 0,
        deadLetters: { erased: 3, undecided: 1, unseen: 0 },
        reports: { rewritten: [week], unreadable: [] },
        gaps: 0,
        queued: 0
      })
      for (const one of mine) assert.isFalse(yield* stored(one))
      for (const one of others) assert.isTrue(yield* stored(one))
      const after = yield* report
      for (const words of ["My own question 1?", "My own answer 1?"]) {
        assert.include(JSON.stringify(before), words)
      }
      assert.notInclude(JSON.stringify(after), "My own")
      for (const words of ["A plain question 3?", "A plain answer 3?"]) {
        assert.include(JSON.stringify(after), words)
      }
      assert.lengthOf(after?.topQuestions ?? [], before?.topQuestions.length ?? 0)
      assert.deepInclude(after, { questions: 5, sessions: 2 })
    })
  )

  it.effect(
    "says what it would erase, asks before it erases, and then finds the session empty",
    () =>
      Effect.gen(function* () {
        const { flags, ledgerItem, mine, stored, week } = yield* lived
        const before = yield* ledgerItem
        const dry = yield* erase("--dry-run", ...flags)
        assert.strictEqual(
          dry.out,
          [
            "Session leaving: 3 interactions, 0 votes and 0 dead letters would be erased.",
            `Its words would be taken out of the reports of ${week}.`,
            "Out of reach:",
            "  Sent e-mails, exported files, backups, a Worker's outbox, and caches of consoles elsewhere."
          ].join("\n")
        )
        const { code, error } = yield* startOps("erase", "--session", leaving, ...flags).ended
        assert.strictEqual(code, 2)
        assert.include(error, "to erase 3 interactions of session leaving, give --yes")
        assert.deepStrictEqual(yield* ledgerItem, before)
        assert.isTrue(yield* stored(mine[2]!))
        const done = yield* erase("--yes", ...flags)
        assert.include(
          done.out,
          "3 interactions, 0 votes and 0 dead letters erased, and looked for again."
        )
        const again = yield* erase("--yes", ...flags)
        assert.include(again.out, "0 interactions, 0 votes and 0 dead letters erased")
      }),
    60_000
  )

  it.effect("says that events may still come, and erases them when it is run again", () =>
    Effect.gen(function* () {
      const { flags, layer, mine, queues, queueUrl, send, stored } = yield* lived
      const late = queryHalf(mine[0]!).query
      yield* send(queueUrl, late.requestId, encodeMessage(late))
      const first = yield* erase("--yes", ...flags)
      assert.isTrue(first.done)
      assert.include(first.out, "1 event of any session on the way to the table")
      yield* drainQueue(queues, queueUrl).pipe(Effect.provide(layer))
      assert.isTrue(yield* stored(mine[0]!))
      const second = yield* erase("--yes", ...flags)
      assert.include(second.out, "1 interaction, 0 votes and 0 dead letters erased")
      assert.isFalse(yield* stored(mine[0]!))
    })
  )

  it.effect("leaves no trace of the session, also when it was killed and run again", () =>
    Effect.gen(function* () {
      const { bury, everything, flags, mine, others, port } = yield* lived
      // only the interactions tell whose these are
      for (const { query } of mine) yield* bury(query.requestId, "no JSON: My own question?")
      yield* bury(mine[0]!.query.requestId, encodeMessage(mine[0]!.response))
      yield* bury(others[0]!.query.requestId, encodeMessage(others[0]!.query))
      const traces = [
        "leaving",
        "My own question",
        "My own answer",
        ...mine.map(({ query }) => query.requestId)
      ]
      for (const trace of traces) assert.include(yield* everything, trace)
      let [deletes, kill] = [0, (): unknown => undefined]
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
        if (operation === "DeleteItem") deletes += 1
        if (deletes < 2) return "passed"
        kill()
        return "held"
      })
      const table = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint }
      const ops = startOps("erase", "--session", leaving, "--yes", asAws(port, table))
      kill = () => ops.child.kill("SIGKILL")
      assert.isNull((yield* ops.ended).code)
      const { done, error, out } = yield* erase("--yes", ...flags)
      assert.isTrue(done, error)
      assert.match(
        out,
        /^Session leaving: [123] interactions?, 0 votes and \d dead letters? erased/
      )
      const left = yield* everything
      for (const trace of traces) assert.notInclude(left, trace)
      for (const { query } of others) assert.include(left, query.query)
    })
  )

  it.effect("takes its votes away, and no vote that comes later leaves a comment", () =>
    Effect.gen(function* () {
      const { everything, flags, layer, mine, others } = yield* lived
      const voteOn = ({ query }: Correlated, n: number) =>
        feedbackEvent({
          requestId: query.requestId,
          queryTimestamp: query.timestamp,
          votedAt: query.timestamp + n,
          voteId: voteIdOf(n),
          comment: `comment ${n} of ${query.sessionId}`
        })
      const vote = (one: Correlated, n: number) =>
        Effect.flatMap(InteractionStore, (store) => store.vote(voteOn(one, n))).pipe(
          Effect.provide(layer)
        )
      yield* vote(mine[0]!, 1)
      yield* vote(others[0]!, 1)
      assert.include(yield* everything, "comment 1 of leaving")
      const dry = yield* erase("--dry-run", ...flags)
      assert.include(dry.out, "3 interactions, 1 vote and 0 dead letters would be erased")
      const { out } = yield* erase("--yes", ...flags)
      assert.include(out, "3 interactions, 1 vote and 0 dead letters erased")
      const late = yield* Effect.forEach(mine, (one) => vote(one, 9_000_000_000_000))
      assert.deepStrictEqual(
        late.map(({ older }) => older),
        [1, 1, 1]
      )
      const left = yield* everything
      assert.notMatch(left, /comment \d+ of leaving/)
      assert.include(left, `comment 1 of ${others[0]!.query.sessionId}`)
    })
  )

  it.effect(
    "takes its words out of the owner's gaps, or erases nothing if they are unreadable",
    () =>
      Effect.gen(function* () {
        const { flags, mine, stored } = yield* lived
        const file = `${yield* temporaryFolder}/gaps.jsonl`
        const wordings = ["My own question 1?", "A plain question 3?"].map((text) => ({
          text,
          first: "2026-11-16",
          last: "2026-11-16"
        }))
        const gap = { version: 1, id: "a", state: "open", since: "2026-11-16", wordings }
        writeFileSync(file, "{")
        const refused = yield* erase("--yes", "--gaps", file, ...flags)
        assert.isFalse(refused.done)
        assert.match(refused.error, /gaps\.jsonl is left as it is: line 1/)
        for (const one of mine) assert.isTrue(yield* stored(one))
        writeFileSync(file, JSON.stringify(gap))
        const { done, error, out } = yield* erase("--yes", "--gaps", file, ...flags)
        assert.isTrue(done, error)
        assert.include(out, "taken out of 1 gap; its file may have earlier versions elsewhere.")
        assert.notInclude(readFileSync(file, "utf8"), "My own")
        assert.include(readFileSync(file, "utf8"), "A plain question 3?")
      })
  )

  it.effect("waits for a report that is being made, and takes its questions out of it", () =>
    Effect.gen(function* () {
      const { everything, flags, layer, period, week } = yield* lived
      const ledger = yield* Effect.provide(ReportLedger, layer)
      const report = yield* count(period, counting).pipe(Effect.provide(layer))
      assert.include(JSON.stringify(report), "My own question 1?")
      const claim = yield* ledger.claim({ ...claimOf(week), leaseSeconds: 60 })
      const erasing = yield* Effect.forkChild(erase("--yes", "--json", ...flags))
      yield* ledger.freeze(claim, report)
      const { done, error, out } = yield* Fiber.join(erasing)
      assert.isTrue(done, error)
      assert.deepStrictEqual(JSON.parse(out).reports.rewritten, [week, `${week} (interim)`])
      assert.notInclude(yield* everything, "My own question")
    })
  )

  it.effect("takes its questions out of a report that was begun while it erased", () =>
    Effect.gen(function* () {
      const { everything, layer, period, port, week } = yield* lived
      const ledger = yield* Effect.provide(ReportLedger, layer)
      const report = yield* count(period, counting).pipe(Effect.provide(layer))
      const makeReport = Effect.gen(function* () {
        yield* ledger.freeze(yield* ledger.claim({ ...claimOf(week), leaseSeconds: 60 }), report)
      }).pipe(Effect.orDie)
      const none = Option.none<string>()
      const given = { local: true, port: Option.some(port), region: none, endpoint: none }
      const { reports } = yield* onInstallation((installation) =>
        eraseSelected(installation, {
          selection: { by: "session", session: leaving },
          dryRun: false,
          onFound: () => Effect.void,
          onWait: () => Effect.void,
          onDeleted: (deleted) => (deleted === 1 ? makeReport : Effect.void),
          eraseElsewhere: () => Effect.succeed(0)
        })
      )({ ...given, table: none, json: false })
      assert.deepStrictEqual(reports.rewritten, [week, `${week} (interim)`])
      assert.notInclude(yield* everything, "My own question")
    })
  )

  it.effect("takes its questions out of a report of another version, and says that it is one", () =>
    Effect.gen(function* () {
      const { everything, flags, table, tableName, week } = yield* lived
      const strange = { of: "another version", lines: [{ question: "My own question 1?" }] }
      const freeze = (report: string) =>
        Effect.promise(() =>
          table.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: { requestId: { S: `report#${week}` }, timestamp: { N: "0" } },
              UpdateExpression: "SET report = :report",
              ExpressionAttributeValues: { ":report": { S: report } }
            })
          )
        )
      yield* freeze("no JSON at all")
      const dry = yield* erase("--dry-run", ...flags)
      assert.include(dry.out, `Look at the reports of ${week}: another version made them.`)
      yield* freeze(JSON.stringify(strange))
      const { done, error, out } = yield* erase("--yes", ...flags)
      assert.isFalse(done)
      assert.include(out, `Its words were taken out of the reports of ${week}.`)
      assert.include(out, `Look at the reports of ${week}: another version made them.`)
      assert.include(error, "not all of session leaving is erased")
      const left = yield* everything
      assert.notInclude(left, "My own question")
      assert.include(left, "another version")
    })
  )

  it.effect("keeps items that it may not delete, and says so", () =>
    Effect.gen(function* () {
      const { port } = yield* lived
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) =>
        operation === "DeleteItem" ? { refusedAs: "AccessDeniedException" } : "passed"
      )
      const table = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint }
      const ops = startOps("erase", "--session", leaving, "--yes", asAws(port, table))
      const { code, error } = yield* ops.ended
      assert.strictEqual(code, 1)
      assert.include(error, "AWS does not let these credentials DeleteItem on cv-analytics at")
    })
  )

  it.effect("erases one request, and says that its session has more", () =>
    Effect.gen(function* () {
      const { bury, flags, mine, others, stored } = yield* lived
      const { requestId } = mine[1]!.query
      yield* bury(requestId, encodeMessage(mine[1]!.response))
      const dry = yield* operate("--request", requestId, "--dry-run", ...flags)
      assert.include(dry.out, "Found 1 interaction:")
      assert.include(dry.out, `${requestId}  leaving`)
      assert.include(dry.out, "Session leaving has 2 more interactions: erase --session leaving")
      assert.include(dry.out, "people who share both are one session")
      assert.include(dry.out, "1 interaction, 0 votes and 1 dead letter would be erased")
      assert.notInclude(dry.out, "My own")
      assert.isTrue(yield* stored(mine[1]!))
      const { done, error } = yield* operate("--request", requestId, "--yes", ...flags)
      assert.isTrue(done, error)
      for (const one of [mine[0]!, mine[2]!, ...others]) assert.isTrue(yield* stored(one))
      assert.isFalse(yield* stored(mine[1]!))
    })
  )

  it.effect("erases the questions that hold some words, also far inside a long one", () =>
    Effect.gen(function* () {
      const { bury, everything, flags, others, record, startMs, stored } = yield* lived
      const long = asked(staying, startMs + 9, `${"word ".repeat(100)}My\nOWN secret`)
      yield* record(long, { agent: "person" })
      const dead = asked(leaving, startMs + 10, "Is my own letter dead?")
      yield* bury(dead.query.requestId, encodeMessage(dead.query))
      yield* bury(dead.query.requestId, encodeMessage(dead.response))
      yield* bury("other", encodeMessage(others[1]!.query))
      const words = ["--question", " my  own"]
      const dry = yield* operate(...words, "--dry-run", "--with-text", ...flags)
      assert.include(dry.out, "Found 4 interactions:")
      assert.include(dry.out, '"My own question 1?"')
      assert.include(dry.out, "4 interactions, 0 votes and 2 dead letters would be erased")
      const { done, error } = yield* operate(...words, "--yes", ...flags)
      assert.isTrue(done, error)
      const left = yield* everything
      for (const trace of ["My own", "OWN secret", "my own letter"]) assert.notInclude(left, trace)
      for (const one of others) assert.isTrue(yield* stored(one))
      const again = yield* operate(...words, "--yes", ...flags)
      assert.include(again.out, "Found nothing in the table.")
    })
  )

  it.effect("erases the questions of a time, and a vote whose question is gone", () =>
    Effect.gen(function* () {
      const { everything, flags, layer, mine, others, startMs, stored } = yield* lived
      const alone = feedbackEvent({
        requestId: requestIdOf(77),
        queryTimestamp: startMs + 2,
        votedAt: startMs + 3,
        voteId: voteIdOf(1),
        comment: "a comment alone"
      })
      yield* Effect.flatMap(InteractionStore, (store) => store.vote(alone)).pipe(
        Effect.provide(layer)
      )
      const times = [startMs + 1, startMs + 4].map((ms) => new Date(ms).toISOString())
      const bounds = ["--from", times[0]!, "--to", times[1]!.replace("Z", "")]
      const { done, error, out } = yield* operate(...bounds, "--yes", "--json", ...flags)
      assert.isTrue(done, error)
      const told = JSON.parse(out)
      assert.deepInclude(told, { by: "time", interactions: 4, votes: 1, left: 0 })
      assert.lengthOf(told.found, 4)
      assert.notInclude(out, "question 1")
      assert.notInclude(yield* everything, "a comment alone")
      const kept = yield* Effect.forEach([...mine, ...others], stored)
      assert.deepStrictEqual(kept, [true, false, false, false, true])
    })
  )
})

describe("the command line of ops erase", () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [[], "give --session, --request, --question, or both --from and --to"],
    [["--session", "a", "--question", "b"], "give one of --session, --request and --question"],
    [["--request", "report#2026-W45"], "request"],
    [["--question", " ?"], "words of a question"],
    [["--from", "2026-11-24T14:00"], "both --from and --to"],
    [["--from", "2026-11-24", "--to", "2026-11-25"], "a time such as 2026-11-24T14:00"],
    [["--from", "2026-11-24T14:00", "--to", "2026-11-24T15:00+02:00"], "--from lies after --to"],
    [["--session", "a", "--from", "2026-11-24T14:00"], "--from and --to are for --question"],
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
