import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { progressBar } from "../../cli/progress.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import { allAccountedFor } from "../../src/programs/reporter/render/DataHealth.ts"
import { type Period, periodOf, utcWeekId, wallClock } from "../../src/schema/IsoWeek.ts"
import { queueDepths, storedInteractions } from "../census.ts"
import * as LocalSystem from "../LocalSystem.ts"
import { askLive, liveQuestion } from "./askLive.ts"
import { fireTwice } from "./fireTwice.ts"
import { type History, makeHistory } from "./History.ts"
import { type AcceptedRequest, reconcile } from "./Reconciliation.ts"
import { replay } from "./replay.ts"

export interface Options {
  readonly folder: string
  readonly questions: number
  readonly weeks: number
  readonly seed: number
}

/** The queue does not get empty, so the demo cannot be reconciled. */
export class NotDrained extends Data.TaggedError("NotDrained")<{ readonly remaining: number }> {
  override get message() {
    return `${this.remaining} messages are still in the queue`
  }
}

const interactionsPerWeek = 540
const weekMs = 7 * 86_400_000

/** Short, so that poison and the messages of the killed process come back within the demo. */
const processorTimeoutSeconds = 2

const startSystem = (folder: string) =>
  LocalSystem.start({
    ports: { worker: 0, inbox: 0, sqs: 0, dynamoDb: 0, metrics: 0 },
    folder,
    variables: { processor_timeout_seconds: processorTimeoutSeconds },
    siteName: "cv.example.com",
    reportFrom: "reports@example.com",
    reportTo: "owner@example.com",
    reportRetryDelays: ["2 seconds", "4 seconds"],
    onEvent: () => Effect.void
  })
type System = Effect.Success<ReturnType<typeof startSystem>>

const historyOf = Effect.fnUntraced(function* ({ seed, weeks }: Options, period: Period) {
  return yield* makeHistory({
    interactions: weeks * interactionsPerWeek,
    startMs: period.startMs - (weeks - 1) * weekMs,
    endMs: yield* Clock.currentTimeMillis,
    seed
  })
})

/** Kills one processor process, as a failing host would. */
const killProcessor = ({ processor }: System) =>
  Effect.map(processor.processIds, ([processId]) => {
    if (processId === undefined) return false
    process.kill(processId, "SIGKILL")
    return true
  })

const sendHistory = Effect.fnUntraced(function* (system: System, { deliveries }: History) {
  const bar = progressBar("Past messages sent", deliveries.length)
  let killed = false
  yield* replay(system, deliveries, (sent) =>
    Effect.gen(function* () {
      yield* bar.set(sent)
      if (!killed && sent > deliveries.length / 2) killed = yield* killProcessor(system)
    })
  )
  yield* bar.end
  return killed
})

const ask = Effect.fnUntraced(function* (system: System, { questions, seed }: Options) {
  const bar = progressBar("Live questions answered", questions)
  const { workerUrl } = system
  const requestIds = yield* askLive({ workerUrl, questions, seed, onAnswered: bar.set })
  yield* bar.end
  return requestIds
})

const remainingIn = (system: System) =>
  Effect.map(queueDepths(system), ({ queue }) => queue.waiting + queue.inFlight)

/** Longer than the pause between two receives of poison. */
const stalledChecksMax = 400

/** Waits until the queue is empty, and gives up when it stops getting emptier. */
const drain = Effect.fnUntraced(function* (system: System) {
  const { maxReceiveCount, queue } = system.definitions
  yield* Console.error(
    `Poison goes to the dead letters after ${maxReceiveCount} receives, ` +
      `${queue.attributes.VisibilityTimeout} seconds apart.`
  )
  const total = yield* remainingIn(system)
  const bar = progressBar("Messages processed", total)
  let least = total
  for (let stalledChecks = 0; stalledChecks < stalledChecksMax; stalledChecks++) {
    const remaining = yield* remainingIn(system)
    yield* bar.set(total - remaining)
    if (remaining === 0) return yield* bar.end
    if (remaining < least) stalledChecks = 0
    least = Math.min(least, remaining)
    yield* Effect.sleep("250 millis")
  }
  return yield* new NotDrained({ remaining: least })
})

const Inbox = Schema.Struct({
  emails: Schema.Array(
    Schema.Struct({ subject: Schema.String, body: Schema.Struct({ text: Schema.String }) })
  )
})

const readInbox = ({ inboxUrl }: System) =>
  Effect.promise(async (signal) => {
    const response = await fetch(`${inboxUrl}/store`, { signal })
    return response.json()
  }).pipe(Effect.flatMap(Schema.decodeUnknownEffect(Inbox)))

const acceptedRequests = (history: History, live: ReadonlyArray<string>) => {
  const accepted = new Map<string, AcceptedRequest>()
  for (const { eventType, requestId } of history.events) {
    const halves = accepted.get(requestId) ?? { query: false, response: false }
    halves[eventType] = true
    accepted.set(requestId, halves)
  }
  for (const requestId of live) accepted.set(requestId, { query: true, response: true })
  return accepted
}

const questionsIn = ({ endMs, startMs }: Period, history: History): number =>
  history.events.filter(
    ({ eventType, timestamp }) => eventType === "query" && timestamp >= startMs && timestamp < endMs
  ).length

const reconcileWith = Effect.fnUntraced(function* (
  system: System,
  played: {
    readonly history: History
    readonly live: ReadonlyArray<string>
    readonly killed: boolean
    readonly period: Period
  }
) {
  const { history, killed, live, period } = played
  const { deadLetters } = yield* queueDepths(system)
  const stored = yield* storedInteractions(
    system.dynamoDb,
    system.definitions.table.TableName
  ).pipe(Stream.runCollect)
  const { emails } = yield* readInbox(system)
  const questions = questionsIn(period, history) + live.length
  const [email] = emails
  const text = email?.body.text.replace(/\s+/g, " ") ?? ""
  return reconcile({
    accepted: acceptedRequests(history, live),
    processorKilled: killed,
    poisonCount: history.poisonCount,
    sent: history.deliveries.length + 2 * live.length,
    stored,
    deadLettered: deadLetters.waiting + deadLetters.inFlight,
    emails: emails.length,
    emailIsRight:
      Number.parseInt(email?.subject.replaceAll(",", "") ?? "", 10) === questions &&
      text.includes(liveQuestion) &&
      text.includes(allAccountedFor)
  })
})

/** Runs the demo in the folder, and returns its reconciliation. */
export const runDemo = Effect.fnUntraced(function* (options: Options) {
  yield* Console.error("Starting the Worker, queue, table, functions and inbox on free ports.")
  const system = yield* startSystem(options.folder)
  const zone = DateTime.zoneMakeNamedUnsafe(system.definitions.schedule.timeZone)
  const now = yield* Clock.currentTimeMillis
  const period = periodOf(utcWeekId(wallClock(now, zone)), zone)
  const history = yield* historyOf(options, period).pipe(
    Effect.provide(AnswererKnowledgeBase.layer({ sections: readKnowledge() }))
  )
  const killed = yield* sendHistory(system, history)
  const live = yield* ask(system, options)
  yield* drain(system)
  yield* Console.error("It is Monday morning: the schedule fires twice at once.")
  yield* fireTwice(system.definitions.schedule, system.report({ weekId: period.weekId }))
  return yield* reconcileWith(system, { history, killed, live, period })
}, Effect.scoped)
