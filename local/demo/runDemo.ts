import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { progressBar } from "../../cli/progress.ts"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { toCron } from "../../infra/definitions/Schedule.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { Answerer } from "../../src/services/Answerer.ts"
import { queueDepths, storedInteractions, storedVotes } from "../census.ts"
import * as LocalSystem from "../LocalSystem.ts"
import { type Asked, askLive } from "./askLive.ts"
import { fireTwice } from "./fireTwice.ts"
import { type Delivery, type History, makeHistory } from "./History.ts"
import { isRight, readInbox } from "./Inbox.ts"
import { type Plan, planOf, questionsIn, stagesOf, type WholeWeek } from "./Plan.ts"
import { poisonous } from "./poison.ts"
import { type AcceptedRequest, reconcile } from "./Reconciliation.ts"
import { replay } from "./replay.ts"
import { talkIn, talkLines } from "./Talk.ts"

export interface Options {
  readonly folder: string
  readonly questions: number
  /** Whole weeks of history, before the running one. */
  readonly weeks: number
  readonly seed: number
  readonly delivery: Definitions["delivery"]["by"]
  /** How far the demo's clocks are ahead of the real one. */
  readonly clockAheadMs: number
}

/** The queue does not get empty, so the demo cannot be reconciled. */
export class NotDrained extends Data.TaggedError("NotDrained")<{ readonly remaining: number }> {
  override get message() {
    return `${this.remaining} messages are still in the queue`
  }
}

const interactionsPerWeek = 540
const weekMs = 7 * 86_400_000
const hourMs = 3_600_000

/** Short, so that poison and the messages of the killed process come back within the demo. */
const processorTimeoutSeconds = 2

/** Shorter than a run may take, so that drains overlap. */
const drainEvery = "1 second"

/** The queue and the functions work today, and their metrics belong to the week that is played. */
interface PlayedTime {
  aheadMs: number
}

const startSystem = ({ clockAheadMs, delivery, folder }: Options, time: PlayedTime) =>
  LocalSystem.start({
    ports: { worker: 0, inbox: 0, sqs: 0, dynamoDb: 0, metrics: 0 },
    folder,
    variables: { processor_timeout_seconds: processorTimeoutSeconds, delivery },
    drainEvery,
    siteName: "cv.example.com",
    reportFrom: "reports@example.com",
    reportTo: "owner@example.com",
    reportRetryDelays: ["2 seconds", "4 seconds"],
    onEvent: () => Effect.void,
    clockAheadMs,
    metricsDated: (timestampMs) => timestampMs + time.aheadMs
  })
type System = Effect.Success<ReturnType<typeof startSystem>>

/** The owner read the last report but one, and wrote this section. */
const sectionWritten = "Remote and office work"

const historyOf = Effect.fnUntraced(function* ({ seed }: Options, { whole }: Plan, nowMs: number) {
  const sections = readKnowledge()
  const answererOf = (known: typeof sections) =>
    Effect.map(Layer.build(AnswererKnowledgeBase.layer({ sections: known })), (context) =>
      Context.get(context, Answerer)
    )
  const before = yield* answererOf(sections.filter(({ title }) => title !== sectionWritten))
  const writtenMs = whole.at(-1)?.period.startMs ?? 0
  const startMs = whole[0]?.period.startMs ?? writtenMs
  return yield* makeHistory({
    interactions: Math.round((interactionsPerWeek * (nowMs - startMs)) / weekMs),
    startMs,
    endMs: nowMs,
    seed,
    answererAt: (timestamp) => (timestamp < writtenMs ? before : undefined)
  }).pipe(Effect.provideService(Answerer, yield* answererOf(sections)))
})

/** Kills one processor process, as a failing host would. */
const killProcessor = ({ processor }: System) =>
  Effect.map(processor.processIds, ([processId]) => {
    if (processId === undefined) return false
    process.kill(processId, "SIGKILL")
    return true
  })

const remainingIn = (system: System) =>
  Effect.map(queueDepths(system), ({ queue }) => queue.waiting + queue.inFlight)

/** Longer than the pause between two receives of poison. */
const stalledChecksMax = 400

/** Waits until the queue is empty, and gives up when it stops getting emptier. */
const drain = Effect.fnUntraced(function* (system: System) {
  let least = Number.POSITIVE_INFINITY
  for (let stalledChecks = 0; stalledChecks < stalledChecksMax; stalledChecks++) {
    const remaining = yield* remainingIn(system)
    if (remaining === 0) return
    if (remaining < least) stalledChecks = 0
    least = Math.min(least, remaining)
    yield* Effect.sleep("250 millis")
  }
  return yield* new NotDrained({ remaining: least })
})

/** Sends a stage of the history, and kills the processor in the middle if it is told to. */
const send = Effect.fnUntraced(function* (
  system: System,
  deliveries: ReadonlyArray<Delivery>,
  { kills, label }: { readonly kills: boolean; readonly label: string }
) {
  const bar = progressBar(label, deliveries.length)
  let killed = false
  yield* replay(system, deliveries, (sent) =>
    Effect.gen(function* () {
      yield* bar.set(sent)
      if (kills && !killed && sent > deliveries.length / 2) killed = yield* killProcessor(system)
    })
  )
  yield* bar.end
  return killed
})

/** Plays each whole week up to its report; true when the processor was killed on the way. */
const playWholeWeeks = Effect.fnUntraced(function* (
  system: System,
  { whole }: Plan,
  stages: ReadonlyArray<ReadonlyArray<Delivery>>,
  time: PlayedTime
) {
  let killed = false
  for (const [index, { period }] of whole.entries()) {
    const isLast = index === whole.length - 1
    const label = `Messages of ${period.weekId}`
    time.aheadMs = period.endMs - hourMs - (yield* Clock.currentTimeMillis)
    killed = (yield* send(system, stages[index] ?? [], { kills: isLast, label })) || killed
    yield* drain(system)
    // the schedule names no week; earlier Mondays are played on this one
    const event = isLast ? {} : { weekId: period.weekId }
    yield* fireTwice(system.definitions.schedule, system.report(event))
  }
  time.aheadMs = 0
  return killed
})

const ask = Effect.fnUntraced(function* (system: System, { questions, seed }: Options) {
  const bar = progressBar("Live questions answered", questions)
  const { workerUrl } = system
  const asked = yield* askLive({ workerUrl, questions, seed, onAnswered: bar.set })
  yield* bar.end
  return asked
})

/** Plays the running week up to now, with live questions and poison, and has it reported. */
const playRunningWeek = Effect.fnUntraced(function* (
  system: System,
  { running }: Plan,
  stage: ReadonlyArray<Delivery>,
  options: Options
) {
  yield* replay(system, poisonous, () => Effect.void)
  yield* send(system, stage, { kills: false, label: "Messages of this week" })
  const asked = yield* ask(system, options)
  const { maxReceiveCount, queue } = system.definitions
  yield* Console.error(
    `Poison goes to the dead letters after ${maxReceiveCount} receives, ` +
      `${queue.attributes.VisibilityTimeout} seconds apart.`
  )
  yield* drain(system)
  yield* system.report({ weekId: running.weekId })
  return asked
})

const acceptedRequests = ({ events }: History, { requestIds }: Asked) => {
  const accepted = new Map<string, AcceptedRequest>()
  for (const { eventType, requestId } of events) {
    const halves = accepted.get(requestId) ?? { query: false, response: false }
    halves[eventType] = true
    accepted.set(requestId, halves)
  }
  for (const requestId of requestIds) accepted.set(requestId, { query: true, response: true })
  return accepted
}

interface Played {
  readonly nowMs: number
  readonly zone: DateTime.TimeZone.Named
  readonly plan: Plan
  readonly history: History
  readonly asked: Asked
  readonly killed: boolean
}

/** The last whole week as it was sent, which its report must tell. */
const lastTalk = ({ history, nowMs, plan, zone }: Played) =>
  plan.whole
    .slice(-1)
    .map(({ dueMs, period }) =>
      talkIn(period, history.deliveries, { dueMs, generatedAt: nowMs, zone })
    )

/** The reports of the whole weeks, and that of the running week so far. */
const expectedMails = ({ asked, history, plan }: Played, talk: ReadonlyArray<WeeklyReport>) => [
  ...plan.whole.map(({ dueMs, period }: WholeWeek) => ({
    questions: questionsIn(period, history.deliveries, dueMs),
    texts: talk.filter((report) => report.period.weekId === period.weekId).flatMap(talkLines)
  })),
  {
    questions: questionsIn(plan.running, history.deliveries) + asked.requestIds.length,
    texts: asked.seen
  }
]

const reconcileWith = Effect.fnUntraced(function* (system: System, played: Played) {
  const { asked, history, killed } = played
  const { deadLetters } = yield* queueDepths(system)
  const { dynamoDb, definitions } = system
  const stored = yield* storedInteractions(dynamoDb, definitions.table.TableName).pipe(
    Stream.runCollect
  )
  const votes = yield* storedVotes(dynamoDb, definitions.table.TableName).pipe(Stream.runCollect)
  const mails = yield* readInbox(system)
  const talk = lastTalk(played)
  const expected = expectedMails(played, talk)
  return reconcile({
    accepted: acceptedRequests(history, asked),
    processorKilled: killed,
    poisonCount: poisonous.length,
    sent: history.deliveries.length + poisonous.length + 2 * asked.requestIds.length,
    stored,
    votes: {
      cast: history.votes.length,
      // later ones replace the earlier
      last: new Map(history.votes.map(({ requestId, voteId }) => [requestId, voteId])),
      stored: new Map(votes)
    },
    deadLettered: deadLetters.waiting + deadLetters.inFlight,
    emails: mails.length,
    emailsDue: expected.length,
    emailsAreRight: expected.every((due, index) => isRight(mails[index], due)),
    conversations: talk[0]?.conversations
  })
})

/** Runs the demo in the folder, and returns its reconciliation. */
export const runDemo = Effect.fnUntraced(function* (options: Options) {
  yield* Console.error("Starting the Worker, queue, table, functions and inbox on free ports.")
  const time: PlayedTime = { aheadMs: 0 }
  const system = yield* startSystem(options, time)
  const { schedule } = system.definitions
  const zone = DateTime.zoneMakeNamedUnsafe(schedule.timeZone)
  const cron = yield* Effect.fromResult(toCron(schedule))
  const nowMs = yield* Clock.currentTimeMillis
  const plan = planOf({ nowMs, zone, cron, weeks: options.weeks })
  const history = yield* historyOf(options, plan, nowMs)
  const stages = stagesOf(plan, history.deliveries)
  yield* Console.error("Each Monday morning, the schedule fires twice at once.")
  const killed = yield* playWholeWeeks(system, plan, stages, time)
  const asked = yield* playRunningWeek(system, plan, stages.at(-1) ?? [], options)
  return yield* reconcileWith(system, { nowMs, zone, plan, history, asked, killed })
}, Effect.scoped)
