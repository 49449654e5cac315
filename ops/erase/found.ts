/** Tells what a selection found before it is erased. */
import * as Effect from "effect/Effect"
import { textTable } from "../../cli/table.ts"
import { harmless, plural } from "../../cli/wording.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { Table } from "../installation/Table.ts"
import { byPosition, positionOf } from "../installation/WeekIndex.ts"
import { findItems } from "./SessionItems.ts"

/** The sessions that are looked at, each by a query of the session index. */
const sessionsMax = 20

/** One interaction; a vote whose question is gone has no session. */
interface Found {
  readonly time: string
  readonly requestId: string
  readonly sessionId: string | undefined
  /** Absent without leave to show texts, and where the question did not come. */
  readonly question?: string
}

export const foundIn = (items: ReadonlyArray<Item>, withText: boolean): ReadonlyArray<Found> =>
  items
    .map((item) => ({ item, position: positionOf(item) }))
    .sort((a, b) => byPosition(a.position, b.position))
    .map(({ item: { question, sessionId }, position }) => ({
      time: new Date(position.timestamp).toISOString(),
      requestId: position.requestId,
      sessionId: sessionId?.S,
      ...(withText && question?.S !== undefined ? { question: question.S } : {})
    }))

const rowOf = ({ question, requestId, sessionId, time }: Found): ReadonlyArray<string> => [
  time,
  requestId,
  sessionId === undefined ? "a vote alone" : harmless(sessionId),
  question === undefined ? "" : JSON.stringify(harmless(question))
]

/** How many more interactions each session has, the first sessions only. */
const othersOf = Effect.fnUntraced(function* (table: Table, found: ReadonlyArray<Found>) {
  const sessions = new Map<string, number>()
  for (const { sessionId } of found) {
    if (sessionId !== undefined) sessions.set(sessionId, (sessions.get(sessionId) ?? 0) + 1)
  }
  const looked = [...sessions].slice(0, sessionsMax)
  const counts = yield* Effect.forEach(looked, ([session, count]) =>
    Effect.map(findItems(table, SessionId.make(session)), (items) => ({
      session,
      others: items.length - count
    }))
  )
  return { counts: counts.filter(({ others }) => others > 0), rest: sessions.size - looked.length }
})

export const foundText = Effect.fnUntraced(function* (
  table: Table,
  items: ReadonlyArray<Item>,
  withText: boolean
) {
  if (items.length === 0) return "Found nothing in the table."
  const found = foundIn(items, withText)
  const { counts, rest } = yield* othersOf(table, found)
  const more = counts.map(
    ({ others, session }) =>
      `Session ${harmless(session)} has ${plural(others, "more interaction")}: ` +
      `erase --session ${harmless(session)} erases all of it.`
  )
  return [
    `Found ${plural(found.length, "interaction")}:`,
    textTable([["TIME", "REQUEST", "SESSION", withText ? "QUESTION" : ""], ...found.map(rowOf)]),
    ...more,
    ...(rest > 0
      ? [`${plural(rest, "further session was", "further sessions were")} not looked at.`]
      : []),
    ...(more.length > 0
      ? [
          "Unless the site names its sessions, one is an address and a browser on one UTC day: " +
            "people who share both are one session."
        ]
      : [])
  ].join("\n")
})
