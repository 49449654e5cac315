import { GetItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { FeedbackEvent } from "../schema/AnalyticsEvent.ts"
import { eventsOf } from "../schema/Interaction.ts"
import { unreadable } from "../schema/InteractionSummary.ts"
import { type Span, utcWeeksOf } from "../schema/IsoWeek.ts"
import type { WeekEntry } from "../schema/WeekEntry.ts"
import {
  InteractionStore,
  type Recorded,
  type StoreError,
  type Voted
} from "../services/InteractionStore.ts"
import { call, DynamoDb, type Item, read } from "./dynamodb/DynamoDb.ts"
import {
  newestQuery,
  putVote,
  putWhole,
  updateHalf,
  type WeekPage,
  weekQuery
} from "./dynamodb/InteractionCommands.ts"
import {
  type Half,
  halfOf,
  interactionOf,
  keyAttributes,
  standingOf,
  summaryOfItem
} from "./dynamodb/InteractionItem.ts"
import { isSameVote, isVoteItem, voteEntryOf, voteKey, voteOfItem } from "./dynamodb/VoteItem.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  record: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  get: ["dynamodb:GetItem"],
  vote: ["dynamodb:PutItem"],
  voteOn: ["dynamodb:GetItem"],
  summaries: ["dynamodb:Query"],
  newest: ["dynamodb:Query"]
} satisfies Record<keyof InteractionStore["Service"], ReadonlyArray<string>>

interface Written {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number | undefined } | undefined
}

const nothing: Recorded = { stored: 0, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }

const noVote: Voted = { stored: 0, duplicates: 0, older: 0, writeUnits: 0 }

const stored = (halves: ReadonlyArray<Half>, { ConsumedCapacity }: Written): Recorded => ({
  ...nothing,
  stored: halves.length,
  cut: halves.filter(({ cut }) => cut).length,
  writeUnits: ConsumedCapacity?.CapacityUnits ?? 0
})

/** Counts a repeat: the same content is a duplicate, any other a conflict. */
const repeated = (item: Item, half: Half): Recorded =>
  standingOf(item, half) === "same" ? { ...nothing, duplicates: 1 } : { ...nothing, conflicts: 1 }

const sum = (parts: ReadonlyArray<Recorded>): Recorded =>
  parts.reduce(
    (total, part) => ({
      stored: total.stored + part.stored,
      duplicates: total.duplicates + part.duplicates,
      conflicts: total.conflicts + part.conflicts,
      cut: total.cut + part.cut,
      writeUnits: total.writeUnits + part.writeUnits
    }),
    nothing
  )

/**
 * A page costs more read units than the index gets in ten seconds, so a large week waits for them
 * again and again. Each of these tries is six of the client's.
 */
const untilUnitsAreBack = Schedule.spaced("3 seconds").pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 8 })
)

/** Names an unreadable item in the log, because one bad item must not stop a whole report. */
const summarized = Effect.fnUntraced(function* (items: ReadonlyArray<Item>) {
  const summaries: Array<WeekEntry> = []
  for (const item of items) {
    const summary: Result.Result<WeekEntry, unknown> = isVoteItem(item)
      ? voteEntryOf(item)
      : summaryOfItem(item)
    summaries.push(Result.getOrElse(summary, () => unreadable))
    if (Result.isFailure(summary)) {
      yield* Effect.logError("unreadable item left out", { requestId: item.requestId?.S })
    }
  }
  return summaries
})

/** Asks week by week, the last one first. */
const newestOf = (client: DynamoDb["Service"], tableName: string) =>
  Effect.fn("InteractionStore.newest")(function* (period: Span) {
    const nowMs = yield* Clock.currentTimeMillis
    for (const weekId of utcWeeksOf(period).toReversed()) {
      const command = newestQuery(tableName, { period, weekId, nowMs })
      const { Items: [last] = [] } = yield* read("Query", (o) => client.send(command, o))
      if (last !== undefined) return Option.some(Number(last.timestamp?.N))
    }
    return Option.none()
  })

const voting = (client: DynamoDb["Service"], tableName: string) =>
  Effect.fn("InteractionStore.vote")((event: FeedbackEvent) =>
    call("PutItem", (o) => client.send(putVote(tableName, event), o)).pipe(
      Effect.map(
        ({ ConsumedCapacity }): Voted => ({
          ...noVote,
          stored: 1,
          writeUnits: ConsumedCapacity?.CapacityUnits ?? 0
        })
      ),
      Effect.catchTag("ConditionFailed", ({ item = {} }) =>
        Effect.succeed({ ...noVote, [isSameVote(item, event) ? "duplicates" : "older"]: 1 })
      )
    )
  )

const itemOf = (client: DynamoDb["Service"], tableName: string) =>
  Effect.fnUntraced(function* (Key: Item) {
    const command = new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true })
    const { Item: item } = yield* read("GetItem", (o) => client.send(command, o))
    return item
  })

const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb

  const writeHalf = (half: Half): Effect.Effect<Recorded, StoreError> =>
    call("UpdateItem", (o) => client.send(updateHalf(tableName, half), o)).pipe(
      Effect.map((written) => stored([half], written)),
      Effect.catchTag("ConditionFailed", ({ item = {} }) => Effect.succeed(repeated(item, half)))
    )

  /** Writes only the halves that the item does not have yet. */
  const writeMissing = (item: Item, halves: ReadonlyArray<Half>) =>
    Effect.forEach(
      halves,
      (half) =>
        standingOf(item, half) === "missing"
          ? writeHalf(half)
          : Effect.succeed(repeated(item, half)),
      { concurrency: "unbounded" }
    ).pipe(Effect.map(sum))

  const write = Effect.fn("InteractionStore.record")((halves: ReadonlyArray<Half>) => {
    const [query, response] = halves
    if (query === undefined || response === undefined) return writeMissing({}, halves)
    return call("PutItem", (o) => client.send(putWhole(tableName, query, response), o)).pipe(
      Effect.map((written) => stored(halves, written)),
      Effect.catchTag("ConditionFailed", ({ item = {} }) => writeMissing(item, halves))
    )
  })

  const readPage = Effect.fn("InteractionStore.summaries")(function* (page: WeekPage) {
    const { Items = [], LastEvaluatedKey } = yield* read("Query", (o) =>
      client.send(weekQuery(tableName, page), o)
    ).pipe(
      Effect.retry({
        schedule: untilUnitsAreBack,
        while: ({ _tag }) => _tag === "StoreUnavailable"
      })
    )
    return [yield* summarized(Items), Option.fromUndefinedOr(LastEvaluatedKey)] as const
  })

  const readItem = itemOf(client, tableName)
  return InteractionStore.of({
    // encodes at once, so that a write that is tried again is not compressed again
    record: (interaction, traits) =>
      write(eventsOf(interaction).map((event) => halfOf(event, traits))),
    get: Effect.fn("InteractionStore.get")(function* (key) {
      const item = yield* readItem(keyAttributes(key))
      return Option.fromUndefinedOr(item === undefined ? undefined : interactionOf(item))
    }),
    vote: voting(client, tableName),
    voteOn: Effect.fn("InteractionStore.voteOn")(function* (key) {
      const item = yield* readItem(voteKey(key))
      return item === undefined ? Option.none() : Result.getSuccess(voteOfItem(item))
    }),
    newest: newestOf(client, tableName),
    summaries: (period) =>
      Stream.unwrap(
        Effect.map(Clock.currentTimeMillis, (nowMs) =>
          Stream.fromIterable(utcWeeksOf(period)).pipe(
            Stream.flatMap((weekId) =>
              Stream.paginate(undefined as Item | undefined, (after) =>
                readPage({ period, weekId, nowMs, after })
              )
            )
          )
        )
      )
  })
})

export const layer = (options: Options) => Layer.effect(InteractionStore, make(options))
