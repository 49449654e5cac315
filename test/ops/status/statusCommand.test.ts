import { SendMessageCommand } from "@aws-sdk/client-sqs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { clockAt } from "../../../ops/clockAt.ts"
import { tableOf } from "../../../ops/installation/Table.ts"
import { lastReport } from "../../../ops/status/LastReport.ts"
import { problemsOf, type Status } from "../../../ops/status/Status.ts"
import { statusCommand } from "../../../ops/status/statusCommand.ts"
import { periodOf } from "../../../src/schema/IsoWeek.ts"
import type { Vote } from "../../../src/schema/Vote.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { ReportLedger, sendsMax } from "../../../src/services/ReportLedger.ts"
import { serveHttp } from "../../layers/HttpDouble.ts"
import { feedbackEvent, requestIdOf } from "../../schema/EventExamples.ts"
import { secret } from "../dlq/LocalQueues.ts"
import { asAws, startOps } from "../dlq/Operator.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(statusCommand)

const system = Effect.map(localServices, (services) => {
  const { queues } = services
  let sent = 0
  const send = (QueueUrl: string, MessageBody: string) =>
    Effect.promise(() =>
      queues.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody,
          MessageGroupId: "group",
          MessageDeduplicationId: `sent-${sent++}`
        })
      )
    )
  return { ...services, send }
})

/** CloudWatch with these alarms; the last that went off comes first, as it gives them. */
const alarmed = Effect.fnUntraced(function* (alarms: {
  readonly on: ReadonlyArray<string>
  readonly wentOff: ReadonlyArray<readonly [name: string, at: string]>
  /** AWS's name for the refusal of the history. */
  readonly historyRefused?: string
}) {
  const on = alarms.on.map((AlarmName) => ({ AlarmName, StateValue: "ALARM" }))
  const history = alarms.wentOff.flatMap(([AlarmName, at]) =>
    ["Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM"].map((HistorySummary) => ({
      AlarmName,
      HistorySummary,
      Timestamp: Date.parse(at) / 1000
    }))
  )
  const port = yield* serveHttp((request, body, response) => {
    const names: ReadonlyArray<string> = JSON.parse(body).AlarmNames ?? []
    response.setHeader("content-type", "application/x-amz-json-1.0")
    const asksHistory = String(request.headers["x-amz-target"]).endsWith("AlarmHistory")
    if (asksHistory && alarms.historyRefused !== undefined) {
      response.statusCode = 400
      response.end(JSON.stringify({ __type: alarms.historyRefused, message: "refused" }))
      return
    }
    response.end(
      JSON.stringify(
        String(request.headers["x-amz-target"]).endsWith(".DescribeAlarms")
          ? { MetricAlarms: on.filter(({ AlarmName }) => names.includes(AlarmName)) }
          : { AlarmHistoryItems: history }
      )
    )
  })
  return { AWS_ENDPOINT_URL_CLOUDWATCH: `http://127.0.0.1:${port}` }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops status", (it) => {
  it.effect("says that all is well, with the newest interaction and the last report", () =>
    Effect.gen(function* () {
      const { flags, reportWeek, startMs, store, week } = yield* system
      yield* store(5)
      yield* reportWeek
      const { done, error, out } = yield* operate(...flags)
      assert.isTrue(done, error)
      const lines = out.split("\n")
      assert.deepStrictEqual(lines.slice(0, 3), [
        "installation  npm start",
        "queue         0 waiting, 0 in flight",
        "dead letters  0"
      ])
      assert.include(lines[3], `newest        asked ${new Date(startMs + 5).toISOString()}, `)
      assert.match(lines[4]!, /^votes {9}0 up, 0 down, 0 withdrawn, on questions since .*T00:00/)
      assert.match(
        lines[5]!,
        new RegExp(`^last report   ${week} sent .*Z, \\d+ s ago, as first-message$`)
      )
      assert.deepStrictEqual(lines.slice(6), [
        "alarms        none on",
        "last error    none known",
        "",
        "All is well."
      ])
    })
  )

  it.effect("counts the latest vote of each answer of this week", () =>
    Effect.gen(function* () {
      const { flags, layer: store } = yield* system
      const queryTimestamp = yield* Clock.currentTimeMillis
      const vote = (n: number, rating: Vote["rating"]) =>
        Effect.flatMap(InteractionStore, (interactions) => {
          const requestId = requestIdOf(n)
          return interactions.vote(feedbackEvent({ requestId, queryTimestamp, rating }))
        })
      yield* Effect.all([
        vote(1, "up"),
        vote(2, "down"),
        vote(3, "down"),
        vote(4, "withdrawn")
      ]).pipe(Effect.provide(store))
      const { out } = yield* operate("--json", ...flags)
      assert.deepInclude(JSON.parse(out).votes, { up: 1, down: 2, withdrawn: 1 })
    })
  )

  it.effect("is unhealthy with dead letters, and says which command mends it", () =>
    Effect.gen(function* () {
      const { deadLettersUrl, flags, reportWeek, send } = yield* system
      yield* reportWeek
      yield* send(deadLettersUrl, `${secret}, no JSON`)
      const text = yield* operate(...flags)
      assert.isFalse(text.done)
      assert.match(text.out, /\ndead letters {2}1, the oldest for \d+ s\n/)
      assert.match(text.out, /\nlast error {4}message \S+ dead \(not_json\) \S+Z, \d+ s ago\n/)
      const again = `npm run ops -- dlq list ${flags.join(" ")}, remove the cause, `
      assert.include(text.out, `! 1 dead letter: 1 not_json\n  ${again}`)
      assert.include(text.error, "unhealthy: 1 problem, see above")
      const { code, out } = yield* startOps("status", "--json", ...flags).ended
      assert.strictEqual(code, 1)
      const said = JSON.parse(out)
      assert.deepInclude(said, { installation: "npm start", healthy: false })
      assert.deepInclude(said.deadLetters, { count: 1, recent: 1, byReason: { not_json: 1 } })
      assert.strictEqual(said.deadLetters.newest.reason, "not_json")
      assert.notInclude(text.out + text.error + out, secret)
    })
  )

  it.effect("counts dead letters of more than a week ago, and calls them no problem", () =>
    Effect.gen(function* () {
      const { deadLettersUrl, flags, reportWeek, send } = yield* system
      yield* reportWeek
      yield* send(deadLettersUrl, "no JSON")
      const later = yield* clockAt((yield* Clock.currentTimeMillis) + 8 * 86_400_000)
      const { out } = yield* operate(...flags).pipe(Effect.provideService(Clock.Clock, later))
      assert.include(out, "\ndead letters  1, 0 of the last 7 days, the oldest for 8 d\n")
      assert.notInclude(out, "! 1 dead letter")
    })
  )

  it.effect("is unhealthy while messages wait and no consumer receives them", () =>
    Effect.gen(function* () {
      const { flags, queueUrl, send } = yield* system
      yield* send(queueUrl, "anything")
      const { done, out } = yield* operate(...flags)
      assert.isFalse(done)
      assert.include(out, "queue         1 waiting, 0 in flight\n")
      assert.include(
        out,
        "! 1 message waits, and no consumer receives them\n  enable the processor's"
      )
      const drained = yield* operate("--delivery", "schedule", ...flags)
      assert.include(drained.out, "queue         1 waiting, 0 in flight\n")
      assert.notInclude(drained.out, "no consumer")
    })
  )

  it.effect("counts a skipped quiet week as done", () =>
    Effect.gen(function* () {
      const { flags, layer, store, week } = yield* system
      yield* store(1)
      yield* Effect.gen(function* () {
        const ledger = yield* ReportLedger
        yield* ledger.skip(yield* ledger.claim({ weekId: week, owner: "a run", leaseSeconds: 0 }))
      }).pipe(Effect.provide(layer))
      const { done, error, out } = yield* operate(...flags)
      assert.isTrue(done, error)
      assert.include(out, `last report   ${week} skipped\n`)
    })
  )

  it.effect(
    "tells the alarms that are on when their history may not be read",
    () =>
      Effect.gen(function* () {
        const { port, reportWeek } = yield* system
        yield* reportWeek
        for (const historyRefused of ["AccessDeniedException", "ResourceNotFound"]) {
          const cloudWatch = yield* alarmed({
            on: ["cv-analytics-processor-errors"],
            wentOff: [],
            historyRefused
          })
          const { code, out } = yield* startOps("status", asAws(port, cloudWatch)).ended
          assert.strictEqual(code, 1)
          assert.include(
            out,
            "alarms        cv-analytics-processor-errors\nlast error    unknown\n"
          )
          assert.strictEqual(out.split("!").length, 2)
        }
      }),
    60_000
  )

  it.effect("is unhealthy while an alarm is on, and names the last that went off", () =>
    Effect.gen(function* () {
      const { port, reportWeek, week } = yield* system
      yield* reportWeek
      const wentOff = "2026-11-20T07:00:00.000Z"
      const cloudWatch = yield* alarmed({
        on: ["cv-analytics-processor-errors"],
        wentOff: [
          ["cv-analytics-other-deployment", "2026-11-21T07:00:00Z"],
          ["cv-analytics-reporter-errors", wentOff],
          ["cv-analytics-processor-errors", "2026-11-19T07:00:00Z"]
        ]
      })
      const { code, out } = yield* startOps("status", asAws(port, cloudWatch)).ended
      assert.strictEqual(code, 1)
      assert.include(out, "\nalarms        cv-analytics-processor-errors\n")
      assert.include(out, `\nlast error    alarm cv-analytics-reporter-errors ${wentOff}, `)
      assert.include(out, "! the alarm cv-analytics-processor-errors is on\n  docs/operations.md")
      assert.include(out, `last report   ${week} sent`)
      assert.strictEqual(out.split("!").length, 2)
    })
  )

  it.effect("shows what it can when one service does not answer", () =>
    Effect.gen(function* () {
      const { port, reportWeek, week } = yield* system
      yield* reportWeek
      const cloudWatch = yield* alarmed({ on: [], wentOff: [] })
      const { code, out } = yield* startOps("status", {
        ...asAws(port, cloudWatch),
        AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1"
      }).ended
      assert.strictEqual(code, 1)
      assert.include(out, "queue         unknown\ndead letters  unknown\n")
      assert.include(out, `last report   ${week} sent`)
      assert.include(
        out,
        "! SQS does not answer at AWS eu-west-1 (ECONNREFUSED)\n  check that it runs"
      )
      assert.strictEqual(out.split("!").length, 2)
    })
  )

  it.effect("misses the report of a week once it is due, except in a new system", () =>
    Effect.gen(function* () {
      const { layer, store, table, tableName, week } = yield* system
      const { schedule } = yield* readDefinitions()
      const zone = DateTime.zoneMakeNamedUnsafe("Etc/UTC")
      const { endMs } = periodOf(week, zone)
      const asked = tableOf(table, tableName, "here")
      const missingAt = (now: number) =>
        Effect.map(lastReport(asked, { now, schedule, zone }), ({ missingReport }) => missingReport)
      const [due, early] = [endMs + 8.1 * 3_600_000, endMs + 7.9 * 3_600_000]
      assert.isNull(yield* missingAt(due))
      yield* store(1)
      assert.strictEqual(yield* missingAt(due), week)
      assert.isNull(yield* missingAt(early))
      const ledger = yield* ReportLedger.pipe(Effect.provide(layer))
      const now = yield* Clock.currentTimeMillis
      // until after it is due, also in the first hours of a Monday
      const claim = yield* ledger.claim({ weekId: week, owner: "a run", leaseSeconds: 86_400 })
      assert.isNull(yield* missingAt(Math.max(due, now)))
      yield* ledger.release(claim)
      const read = yield* lastReport(asked, { now: due, schedule, zone })
      assert.deepInclude(read, { missingReport: week })
      assert.strictEqual(read.lastReport?.state, "failed")
      for (let sends = 0; sends < sendsMax; sends++) {
        const held = yield* ledger.claim({ weekId: week, owner: `${sends}`, leaseSeconds: 60 })
        yield* ledger.attempt(held)
        yield* ledger.release(held)
      }
      const silent = yield* lastReport(asked, { now: due, schedule, zone })
      assert.deepInclude(silent, { missingReport: null })
      assert.strictEqual(silent.lastReport?.state, "unanswered")
    })
  )
})

type Reports = Pick<NonNullable<Status["table"]>, "lastReport" | "missingReport">

const statusWith = (reports: Reports): Status => ({
  queue: null,
  deadLetters: null,
  table: {
    newest: null,
    votes: { up: 0, down: 0, withdrawn: 0, since: "2026-11-30T00:00:00.000Z" },
    channels: [],
    ...reports
  },
  alarms: null
})

describe("a report that failed", () => {
  const failed = { week: "2026-W46", state: "failed", sentAt: null, messageId: null } as const
  const where = { flags: "", isLocal: false, tableName: "cv-analytics", region: undefined }
  const said = (reports: Reports) => problemsOf(statusWith(reports), where).map(({ what }) => what)

  it("is a problem before it is overdue, and is told once when it is", () => {
    const words = ["the report of 2026-W46 failed"]
    assert.deepStrictEqual(said({ lastReport: failed, missingReport: null }), words)
    assert.deepStrictEqual(said({ lastReport: failed, missingReport: "2026-W46" }), words)
  })

  it("is told beside a later week's that was never made", () => {
    assert.deepStrictEqual(said({ lastReport: failed, missingReport: "2026-W47" }), [
      "the report of 2026-W46 failed",
      "the report of 2026-W47 is overdue"
    ])
  })

  it("is no problem while it is being made, or once it is sent", () => {
    for (const state of ["claimed", "sent", "skipped"] as const) {
      assert.isEmpty(said({ lastReport: { ...failed, state }, missingReport: null }))
    }
  })
})

describe("a missing report", () => {
  const missing = statusWith({ lastReport: null, missingReport: "2026-W46" })
  const mendOf = (flags: string, isLocal: boolean, region?: string) =>
    problemsOf(missing, { flags, isLocal, tableName: "cv-analytics", region })[0]?.mend

  it("is made by the version of the reporter that is live", () => {
    assert.strictEqual(
      mendOf(" --region eu-west-2", false, "eu-west-2"),
      "aws lambda invoke --region eu-west-2 --function-name cv-analytics-reporter:live " +
        `--payload '{"weekId":"2026-W46"}' --cli-binary-format raw-in-base64-out /dev/stdout`
    )
  })

  it("can be previewed when npm start was not running at its hour", () => {
    const command = "npm run ops -- report preview --week 2026-W46 --local --port 9000"
    assert.include(mendOf(" --local --port 9000", true), command)
  })
})

describe("the command line of ops status", () => {
  it.live(
    "ends with 2 when it is written wrongly",
    () =>
      Effect.gen(function* () {
        for (const words of [
          ["--zone", "Mars/Olympus"],
          ["--port", "9000"],
          ["--region", "not a region"],
          ["--endpoint", "x"],
          ["--endpoint", "localhost:8789"],
          ["--local", "--port", "65531"]
        ]) {
          const { code } = yield* startOps("status", ...words).ended
          assert.strictEqual(code, 2)
        }
      }),
    60_000
  )

  it.live("ends with 1 and one line without credentials", () =>
    Effect.gen(function* () {
      const { code, error, out } = yield* startOps("status", "--region", "eu-west-1").ended
      assert.deepStrictEqual([code, out], [1, ""])
      assert.include(error, "no AWS credentials were found, or they have expired: log in again, or")
    })
  )

  it.live(
    "has help with examples on every command of ops",
    () =>
      Effect.gen(function* () {
        for (const command of ["status", "export", "erase", "import", "tail"]) {
          const { code, out } = yield* startOps(command, "--help").ended
          assert.strictEqual(code, 0)
          assert.include(out, "EXAMPLES")
        }
      }),
    60_000
  )
})
