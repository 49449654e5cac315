/** Scripted messages of one visitor's request, and everything that goes wrong with them. */
import {
  type InteractionEvent,
  QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import { utcWeekId } from "../../src/schema/IsoWeek.ts"
import type { Fault } from "./Coverage.ts"
import type { Random } from "./Random.ts"

/** One message on its way to the queue. */
export interface Sending {
  readonly at: number
  readonly name: string
  readonly group: string
  readonly deduplicationId: string
  readonly body: string
  /** Counted when the queue has taken it as a new message. */
  readonly faults: ReadonlyArray<Fault>
}

const minute = 60_000

export const requestIdOf = (n: number): RequestId =>
  RequestId.make(`00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`)

const sending = (
  name: string,
  at: number,
  event: InteractionEvent,
  change: Partial<Sending> = {}
): Sending => ({
  at,
  name,
  group: event.requestId,
  deduplicationId: deduplicationId(event),
  body: encodeMessage(event),
  faults: [],
  ...change
})

const eventsAt = (chance: Random, n: number, timestamp: number) => {
  const both = {
    requestId: requestIdOf(n),
    sessionId: SessionId.make(`session-${chance.whole(1, 3)}`)
  }
  const query = QueryEvent.make({
    ...both,
    timestamp,
    query: `Question ${chance.whole(1, 4)}?`,
    metadata: { userAgent: "Test/1.0", country: chance.pick(["SE", "NP", "BR"]) }
  })
  const response = ResponseEvent.make({
    ...both,
    timestamp: timestamp + 840,
    queryTimestamp: timestamp,
    response: `Answer ${chance.whole(1, 4)}.`,
    matchType: chance.pick(["full", "partial", "none", "unknown"]),
    matchScore: chance.whole(0, 100) / 100,
    processingTimeMs: chance.whole(1, 2000),
    ...chance.pick([
      { tokens: { input: chance.whole(0, 500), output: chance.whole(0, 200) } },
      { tokens: { input: chance.whole(0, 500) } },
      {}
    ]),
    model: "knowledge-base",
    outcome: chance.pick(["answered", "answered", "failed"])
  })
  return { query, response }
}

/** Other content under the same name, which no correct producer sends. */
const contradicting = (event: InteractionEvent): InteractionEvent =>
  event.eventType === "query"
    ? QueryEvent.make({ ...event, query: "Something else?" })
    : ResponseEvent.make({ ...event, response: "Something else.", matchType: "none" })

/** The same event, or one that contradicts it, sent once more. */
const repeatOf = (chance: Random, first: Sending, event: InteractionEvent): Sending => {
  const isConflict = chance.chance(0.35)
  const isNewId = chance.chance(0.3)
  const delay = chance.pick([
    1000,
    4 * minute,
    6 * minute,
    20 * minute,
    chance.whole(0, 90) * minute
  ])
  const fault: Fault = isConflict
    ? "events: conflicting repeat"
    : isNewId
      ? "events: repeat under a new id"
      : "events: repeat after five minutes"
  return sending(
    `${first.name}${isConflict ? "!" : "'"}`,
    first.at + delay,
    isConflict ? contradicting(event) : event,
    {
      faults: [fault],
      ...(isNewId ? { deduplicationId: `${first.deduplicationId}:${first.at}` } : {})
    }
  )
}

const poisons = [
  ["events: not JSON", () => "{"],
  [
    "events: unknown version",
    (body: string) => body.replace('"schemaVersion":1', '"schemaVersion":2')
  ],
  [
    "events: unknown event type",
    (body: string) => body.replace(/"eventType":"\w+"/, '"eventType":"visit"')
  ],
  ["events: invalid event", (body: string) => body.replace(/"sessionId":"[^"]*"/, '"sessionId":""')]
] as const

/** A message that cannot be decoded, among those of its request or in a separate group. */
const poisonOf = (chance: Random, beside: Sending): Sending => {
  const [fault, spoil] = chance.pick(poisons)
  const group = chance.chance(0.6) ? beside.group : `${beside.group}-alone`
  const at = beside.at + chance.pick([-500, 0, 500, 10 * minute])
  const name = `${beside.name}?`
  const id = `${name}:${at}`
  return { at, name, group, deduplicationId: id, body: spoil(beside.body), faults: [fault] }
}

const gapOf = (chance: Random): number =>
  chance.chance(0.6) ? 0 : chance.pick([300, 5000, 7 * minute, 45 * minute, 180 * minute])

const faultIf = (isSo: boolean, fault: Fault): ReadonlyArray<Fault> => (isSo ? [fault] : [])

/** The halves that come at all, each with when, by the true time. */
const halvesOf = (chance: Random, n: number, at: number, timestamp: number) => {
  const { query, response } = eventsAt(chance, n, timestamp)
  const isReversed = chance.chance(0.15)
  const gap = gapOf(chance)
  const [queryAt, responseAt] = isReversed ? [at + gap + 1, at] : [at, at + gap]
  const faults = [
    ...faultIf(gap >= 30 * minute, "events: half an hour late or more"),
    ...faultIf(isReversed, "events: answer before its question"),
    ...faultIf(
      utcWeekId(timestamp) !== utcWeekId(at),
      "events: timestamp stepped across a week's end"
    )
  ]
  const halves = [
    { event: query, sent: sending(`Q${n}`, queryAt, query, { faults }) },
    { event: response, sent: sending(`R${n}`, responseAt, response) }
  ]
  return chance.chance(0.15) ? [chance.pick([halves[0]!, halves[1]!])] : halves
}

export const sendingsOf = (
  chance: Random,
  n: number,
  at: number,
  timestamp: number
): ReadonlyArray<Sending> => {
  const halves = halvesOf(chance, n, at, timestamp)
  const repeats = halves.flatMap(({ event, sent }) =>
    chance.chance(0.35) ? [repeatOf(chance, sent, event)] : []
  )
  const first = halves[0]?.sent
  const poison = first !== undefined && chance.chance(0.12) ? [poisonOf(chance, first)] : []
  return [...halves.map(({ sent }) => sent), ...repeats, ...poison]
}
