import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { eventsOf, type Interaction } from "../schema/Interaction.ts"
import {
  type InteractionSummary,
  type Unreadable,
  unreadable
} from "../schema/InteractionSummary.ts"
import { type Period, utcWeeksOf, type WeekId } from "../schema/IsoWeek.ts"
import type { VisitorTraits } from "../schema/VisitorTraits.ts"
import { InteractionStore, type Recorded, type StoreError } from "../services/InteractionStore.ts"
import { call, callPatiently, DynamoDb, type Item } from "./dynamodb/DynamoDb.ts"
import { putWhole, updateHalf, weekQuery } from "./dynamodb/InteractionCommands.ts"
import {
  type Half,
  halfOf,
  interactionOf,
  keyAttributes,
  standingOf,
  summaryOfItem
} from "./dynamodb/InteractionItem.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  record: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  get: ["dynamodb:GetItem"],
  summaries: ["dynamodb:Query"]
} satisfies Record<keyof InteractionStore["Service"], ReadonlyArray<string>>

const stored = (halves: ReadonlyArray<Half>, { ConsumedCapacity }: Written): Recorded => ({
  ...nothing,
  stored: halves.length,
  cut: halves.filter(({ cut }) => cut).length,
  writeUnits: ConsumedCapacity?.CapacityUnits ?? 0
})

interface Written {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number | undefined } | undefined
}

const nothing: Recorded = { stored: 0, duplicates: 0, conflicts: 0, cut: 0, writeUnits: 0 }

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

/** A repeat changes nothing: the same again is a duplicate, anything else a conflict. */
const repeated = (item: Item, half: Half): Recorded =>
  standingOf(item, half) === "same" ? { ...nothing, duplicates: 1 } : { ...nothing, conflicts: 1 }

/** An item that is no summary is named in the log; one bad item must not stop a whole report. */
const summarized = Effect.fnUntraced(function* (items: ReadonlyArray<Item>) {
  const summaries: Array<InteractionSummary | Unreadable> = []
  for (const item of items) {
    const summary = summaryOfItem(item)
    summaries.push(Result.getOrElse(summary, () => unreadable))
    if (Result.isFailure(summary)) {
      yield* Effect.logError("unreadable item left out", { requestId: item.requestId?.S })
    }
  }
  return summaries
})

const makeRecord = (client: DynamoDBClient, tableName: string) => {
  const recordHalf = (half: Half): Effect.Effect<Recorded, StoreError> =>
    call("UpdateItem", (o) => client.send(updateHalf(tableName, half), o)).pipe(
      Effect.map((written) => stored([half], written)),
      Effect.catchTag("ConditionFailed", ({ item = {} }) => Effect.succeed(repeated(item, half)))
    )

  /** Someone wrote first: only the halves that are missing are still to be written. */
  const recordMissing = (item: Item, halves: ReadonlyArray<Half>) =>
    Effect.forEach(
      halves,
      (half) =>
        standingOf(item, half) === "missing"
          ? recordHalf(half)
          : Effect.succeed(repeated(item, half)),
      { concurrency: "unbounded" }
    ).pipe(Effect.map(sum))

  return (
    interaction: Interaction,
    traits?: VisitorTraits
  ): Effect.Effect<Recorded, StoreError> => {
    const [first, second] = eventsOf(interaction).map((event) => halfOf(event, traits))
    if (first === undefined) return Effect.succeed(nothing)
    if (second === undefined) return recordHalf(first)
    return call("PutItem", (o) => client.send(putWhole(tableName, first, second), o)).pipe(
      Effect.map((written) => stored([first, second], written)),
      Effect.catchTag("ConditionFailed", ({ item = {} }) => recordMissing(item, [first, second]))
    )
  }
}

const makeSummaries = (client: DynamoDBClient, tableName: string) => {
  const ofWeek = (period: Period, weekId: WeekId, nowMs: number) =>
    Stream.paginate(undefined as Item | undefined, (after) =>
      Effect.gen(function* () {
        const page = yield* callPatiently("Query", (o) =>
          client.send(weekQuery(tableName, period, { weekId, nowMs, after }), o)
        ).pipe(Effect.catchTag("ConditionFailed", Effect.die))
        const summaries = yield* summarized(page.Items ?? [])
        return [summaries, Option.fromUndefinedOr(page.LastEvaluatedKey)] as const
      })
    )
  return (period: Period) =>
    Stream.unwrap(
      Effect.map(Clock.currentTimeMillis, (nowMs) =>
        Stream.fromIterable(utcWeeksOf(period)).pipe(
          Stream.flatMap((weekId) => ofWeek(period, weekId, nowMs))
        )
      )
    )
}

const makeGet =
  (client: DynamoDBClient, tableName: string): InteractionStore["Service"]["get"] =>
  (key) =>
    callPatiently("GetItem", (o) =>
      client.send(
        new GetItemCommand({ TableName: tableName, Key: keyAttributes(key), ConsistentRead: true }),
        o
      )
    ).pipe(
      Effect.map(({ Item: item }) =>
        Option.fromUndefinedOr(item === undefined ? undefined : interactionOf(item))
      ),
      Effect.catchTag("ConditionFailed", Effect.die)
    )

export const layer = ({ tableName }: Options) =>
  Layer.effect(
    InteractionStore,
    Effect.map(DynamoDb, (client) =>
      InteractionStore.of({
        record: makeRecord(client, tableName),
        get: makeGet(client, tableName),
        summaries: makeSummaries(client, tableName)
      })
    )
  )
