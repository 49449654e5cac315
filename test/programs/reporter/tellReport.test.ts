/** Each channel is told of a week once; what becomes of the e-mail or of another channel is no matter. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { handleEvent } from "../../../src/programs/reporter/handleEvent.ts"
import type { Options } from "../../../src/programs/reporter/program.ts"
import { reportNotice } from "../../../src/programs/reporter/reportNotice.ts"
import { alertNotice, tellAlert } from "../../../src/programs/reporter/tellAlert.ts"
import type { Notice } from "../../../src/schema/Notice.ts"
import type { Alert } from "../../../src/schema/watch/Alert.ts"
import {
  type Channel,
  ChannelRejected,
  ChannelUnavailable
} from "../../../src/services/Channels.ts"
import { StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { MailRejected } from "../../../src/services/Mailer.ts"
import { sendsMax } from "../../../src/services/ReportLedger.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  channelInto,
  endMs,
  frozen,
  ledgerWith,
  mailerAfter,
  mondayMorning,
  options,
  outbox,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

const dayMs = 86_400_000

const handled = (owner: string, changes: Partial<Options> = {}, event: unknown = {}) =>
  handleEvent(event, owner, { ...options, ...changes })

const down = new ChannelUnavailable({ channel: "slack", detail: "HTTP 500", accepted: "unknown" })
const gone = new ChannelRejected({ channel: "slack", detail: "HTTP 404" })

/** Two channels, of which the first fails as often as is told. */
const twoChannels = (first: ReturnType<Channel["post"]> = Effect.void) => {
  const [slack, discord]: [Array<Notice>, Array<Notice>] = [[], []]
  return {
    slack,
    discord,
    channels: [channelInto("slack", slack, first), channelInto("discord", discord)]
  }
}

const messages = Effect.map(CapturedLog.CapturedLog, (lines) =>
  lines.filter(({ message }) => message.startsWith("channel")).map(({ message }) => message)
)

describe("A week's report", () => {
  it.effect("goes to each channel once, with the numbers that the e-mail has", () => {
    const { channels, discord, slack } = twoChannels()
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      yield* handled("run-1")
      yield* askedAt(2, startMs + 1)
      for (const day of [1, 2, 3]) {
        yield* TestClock.setTime(mondayMorning + day * dayMs)
        yield* handled(`run-${day}`)
      }
      const expected = reportNotice((yield* frozen())!, options)
      assert.strictEqual(expected.report?.numbers.questions, 1)
      assert.deepStrictEqual([slack, discord], [[expected], [expected]])
      assert.lengthOf(yield* outbox, 1)
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("goes once to each channel, however many runs there are at once", () => {
    const { channels, discord, slack } = twoChannels(Effect.sleep("5 seconds"))
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const runs = yield* Effect.forEach(["a", "b", "c"], (owner) =>
        Effect.forkChild(handled(owner))
      )
      yield* TestClock.adjust("5 minutes")
      for (const run of runs) yield* Fiber.join(run)
      assert.deepStrictEqual([slack.length, discord.length], [1, 1])
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("goes to the channels when the mail service refuses the e-mail", () => {
    const { channels, discord, slack } = twoChannels()
    const refused = mailerAfter(Effect.fail(new MailRejected({ detail: "unverified" })))
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      for (const owner of ["run-1", "run-2", "run-3"]) {
        assert.isTrue(Exit.isFailure(yield* Effect.exit(handled(owner))))
      }
      assert.deepStrictEqual([slack.length, discord.length], [1, 1])
    }).pipe(Effect.provide(world({ channels, mailer: refused })))
  })

  for (const [how, fault] of [
    ["is down", Effect.fail(down)],
    ["is gone", Effect.fail(gone)],
    ["breaks in an unforeseen way", Effect.die(new Error("unforeseen"))]
  ] as const) {
    it.effect(`is held back by no channel that ${how}`, () => {
      const { channels, discord, slack } = twoChannels(fault)
      return Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        assert.include(yield* handled("run-1"), { outcome: "sent" })
        assert.deepStrictEqual([slack.length, discord.length], [0, 1])
        assert.include(yield* messages, "channel not told")
      }).pipe(Effect.provide(world({ channels })))
    })
  }

  it.effect("is tried again by the daily run, not by Lambda's retries", () => {
    let tries = 0
    const twice = Effect.suspend(() => (++tries <= 2 ? Effect.fail(down) : Effect.void))
    const { channels, discord, slack } = twoChannels(twice)
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* handled("run-1")
      yield* TestClock.adjust("1 minute")
      yield* handled("run-2")
      yield* TestClock.adjust("2 minutes")
      yield* handled("run-3")
      assert.strictEqual(tries, 1)
      for (const day of [1, 2, 3]) {
        yield* TestClock.setTime(mondayMorning + day * dayMs)
        yield* handled(`day-${day}`)
      }
      assert.deepStrictEqual([tries, slack.length, discord.length], [3, 1, 1])
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("is given up for a channel after three runs, and the log says so", () => {
    let tries = 0
    const never = Effect.suspend(() => {
      tries += 1
      return Effect.fail(gone)
    })
    const { channels } = twoChannels(never)
    return Effect.gen(function* () {
      for (const day of [0, 1, 2, 3, 4]) {
        yield* TestClock.setTime(mondayMorning + day * dayMs)
        yield* handled(`day-${day}`)
      }
      assert.strictEqual(tries, sendsMax)
      const told = yield* messages
      assert.lengthOf(
        told.filter((message) => message === "channel not told"),
        sendsMax
      )
      assert.lengthOf(
        told.filter((message) => message === "channel given up"),
        2
      )
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("is told twice only when a run ends between the message and its entry", () => {
    const { channels, discord, slack } = twoChannels()
    let deaths = 0
    const dying = ledgerWith((ledger) => ({
      confirm: (claim, id) =>
        claim.channel === "slack" && ++deaths === 1
          ? Effect.die(new Error("this process has ended"))
          : ledger.confirm(claim, id)
    }))
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* handled("run-1")
      yield* TestClock.adjust("3 minutes")
      yield* handled("run-2")
      yield* TestClock.adjust("3 minutes")
      yield* handled("run-3")
      assert.deepStrictEqual([slack.length, discord.length], [2, 1])
      assert.deepStrictEqual(slack[0], slack[1])
    }).pipe(Effect.provide(world({ channels, ledger: dying })))
  })

  it.effect("goes to no channel while the ledger cannot be reached, and later does", () => {
    const { channels, slack } = twoChannels()
    let isAway = true
    const away = ledgerWith((ledger) => ({
      claim: (options) =>
        isAway && options.channel !== undefined
          ? Effect.fail(new StoreUnavailable({ operation: "claim", detail: "away" }))
          : ledger.claim(options)
    }))
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* handled("run-1"), { outcome: "sent" })
      assert.isEmpty(slack)
      isAway = false
      yield* handled("run-2")
      assert.lengthOf(slack, 1)
    }).pipe(Effect.provide(world({ channels, ledger: away })))
  })

  it.effect("of a quiet week goes nowhere if its owner wants none", () => {
    const { channels, slack } = twoChannels()
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* handled("run-1", { quietWeek: "skip" }), { outcome: "skipped" })
      yield* handled("run-2", { quietWeek: "send" })
      assert.isEmpty(slack)
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("that is not over goes to no channel before its own report does", () => {
    const { channels, slack } = twoChannels()
    return Effect.gen(function* () {
      yield* TestClock.setTime(endMs - dayMs)
      yield* handled("run-1", {}, { weekId: week })
      assert.isEmpty(slack)
      yield* TestClock.setTime(mondayMorning)
      yield* handled("run-2")
      assert.lengthOf(slack, 1)
      assert.lengthOf(yield* outbox, 2)
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("that is sent again goes to readers of the e-mail alone", () => {
    const { channels, slack } = twoChannels()
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* handled("run-1")
      yield* handled("run-2", {}, { weekId: week, resend: true })
      assert.lengthOf(slack, 1)
    }).pipe(Effect.provide(world({ channels })))
  })
})

describe("The words of a channel's message", () => {
  it.effect("quote no question by default, and say how many there are", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs, {}, { matchType: "none" })
      yield* handled("run-1")
      const report = (yield* frozen())!
      const { question } = report.unanswered[0]!
      const hidden = reportNotice(report, options)
      assert.notInclude(JSON.stringify(hidden), question)
      assert.include(hidden.lines, "Questions, like ones counted once - without a good answer: 1")
      const shown = reportNotice(report, { ...options, channelQuestions: "shown" })
      const [list] = shown.lists
      assert.strictEqual(list?.title, "Questions without a good answer")
      assert.include(list?.rows[0], { question })
      for (const { report: numbers } of [hidden, shown]) {
        assert.deepInclude(numbers?.missed[0], { asked: 1, missed: 1 })
      }
    }).pipe(Effect.provide(world()))
  )

  it.effect("have another id for each week and each site, and a test has its own", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* handled("run-1")
      const report = (yield* frozen())!
      const { id } = reportNotice(report, options)
      assert.match(id, /^report-2026-W47-[a-z0-9]+$/)
      assert.strictEqual(reportNotice(report, options).id, id)
      assert.notStrictEqual(reportNotice(report, { ...options, siteName: "other" }).id, id)
      assert.match(reportNotice(report, options, "test").id, /^test-/)
      assert.match(reportNotice(report, options, "test").subject, /^\[test\] /)
    }).pipe(Effect.provide(world()))
  )
})

describe("An alert", () => {
  const alert: Alert = {
    kind: "gap",
    key: "gap-1",
    subject: "3 visitors have asked what the chatbot does not know",
    sinceMs: startMs,
    counts: { visitors: 3 },
    question: "Do you know <!channel> evil.example?",
    lines: ["They got no good answer.", "The next report lists it."]
  }
  const told = (owner: string) =>
    tellAlert(alert, { key: { weekId: week, alert: alert.key }, owner }, options)

  it.effect("goes to each channel once, without the visitor's words", () => {
    const { channels, discord, slack } = twoChannels()
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      for (const owner of ["hour-1", "hour-2"]) yield* told(owner)
      assert.deepStrictEqual([slack.length, discord.length], [1, 1])
      assert.deepStrictEqual(slack[0]?.lines, alert.lines)
      assert.notInclude(JSON.stringify(slack[0]), "evil")
      assert.include(slack[0], { type: "watch.alert" })
      assert.strictEqual(slack[0]?.alert?.cause, alert.key)
    }).pipe(Effect.provide(world({ channels })))
  })

  it.effect("is tried again by the next hourly run where a channel failed", () => {
    let tries = 0
    const once = Effect.suspend(() => (++tries === 1 ? Effect.fail(down) : Effect.void))
    const { channels, discord, slack } = twoChannels(once)
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* told("hour-1")
      yield* TestClock.adjust("1 hour")
      yield* told("hour-2")
      assert.deepStrictEqual([tries, slack.length, discord.length], [2, 1, 1])
    }).pipe(Effect.provide(world({ channels })))
  })

  it("quotes the visitor where its owner wants that, disarmed", () => {
    const { lines } = alertNotice(alert, { ...options, channelQuestions: "shown" })
    assert.strictEqual(lines[1], "Do you know <!channel> evil[.]example?")
  })
})
