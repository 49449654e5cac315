/** The votes of this week, as one page of the week index tells them. */
import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { weekQuery } from "../../src/layers/dynamodb/InteractionCommands.ts"
import { isVoteItem, voteEntryOf } from "../../src/layers/dynamodb/VoteItem.ts"
import { periodOf, utcWeekId } from "../../src/schema/IsoWeek.ts"
import type { Vote } from "../../src/schema/Vote.ts"
import type { Table } from "../installation/Table.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import type { VoteStatus } from "./Status.ts"

/** Reading the whole of a busy week would take the read units of visitors. */
const entriesMax = 250

/** Counts by the time of the question; `since` is later than Monday when the page is full. */
export const recentVotes = Effect.fnUntraced(function* (table: Table, now: number) {
  const weekId = utcWeekId(now)
  const period = periodOf(weekId, DateTime.zoneMakeNamedUnsafe("UTC"))
  const { input } = weekQuery(table.name, { period, weekId, nowMs: now, after: undefined })
  const { Items = [], LastEvaluatedKey } = yield* table.read(
    new QueryCommand({ ...input, ScanIndexForward: false, Limit: entriesMax })
  )
  const [oldest] = LastEvaluatedKey === undefined ? [] : Items.slice(-1)
  const ratings = Items.filter(isVoteItem).flatMap((item) =>
    Result.match(voteEntryOf(item), {
      onFailure: () => [],
      onSuccess: ({ vote }) => [vote.rating]
    })
  )
  const count = (rating: Vote["rating"]) => ratings.filter((one) => one === rating).length
  const sinceMs = oldest === undefined ? period.startMs : positionOf(oldest).timestamp
  return {
    up: count("up"),
    down: count("down"),
    withdrawn: count("withdrawn"),
    since: DateTime.formatIso(DateTime.makeUnsafe(sinceMs))
  } satisfies VoteStatus
})
