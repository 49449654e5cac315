/** A table that is read at a share of its units, and only while reading is allowed. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { OnThrottled, type Table } from "../installation/Table.ts"

/** Read units a second: infinite where units are not provisioned, or nobody pays for them. */
export interface Paces {
  readonly weekIndex: number
  readonly sessionIndex: number
  readonly table: number
}

export const unlimited: Paces = {
  weekIndex: Number.POSITIVE_INFINITY,
  sessionIndex: Number.POSITIVE_INFINITY,
  table: Number.POSITIVE_INFINITY
}

/** Half of the week index, because the reporter reads it too. */
export const pacesOf = ({ table }: Pick<Definitions, "table">): Paces => {
  const unitsOf = (part: { readonly ProvisionedThroughput?: object | undefined } = {}): number => {
    const { ReadCapacityUnits = 0 } = { ...part.ProvisionedThroughput } as Record<string, number>
    return ReadCapacityUnits > 0 ? ReadCapacityUnits : Number.POSITIVE_INFINITY
  }
  const indexOf = (name: string) =>
    table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)
  return {
    weekIndex: unitsOf(indexOf(indexes.week)) / 2,
    sessionIndex: unitsOf(indexOf(indexes.session)),
    table: unitsOf(table)
  }
}

type Capacity = { readonly CapacityUnits?: number }

/** Zero for an answer that does not tell. */
const unitsIn = (answer: object): number => {
  const { ConsumedCapacity = [] } = answer as { ConsumedCapacity?: Capacity | Array<Capacity> }
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)
}

/** One read at a time, which begins when the units of the one before are back. */
const pacer = (unitsPerSecond: number) => {
  const one = Semaphore.makeUnsafe(1)
  let freeAt = 0
  return <A extends object, E>(read: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    one.withPermits(1)(
      Effect.gen(function* () {
        yield* Effect.sleep(Math.max(0, freeAt - (yield* Clock.currentTimeMillis)))
        const answer = yield* read
        const now = yield* Clock.currentTimeMillis
        freeAt = Math.max(now, freeAt) + (unitsIn(answer) / unitsPerSecond) * 1000
        return answer
      })
    )
}

export interface Pacing {
  readonly paces: Paces
  /** Ends once reading the week index is allowed. */
  readonly untilAllowed: Effect.Effect<void>
  readonly onThrottled: Effect.Effect<void>
  /** Learns what each read of the week index took. */
  readonly onUnits?: (units: number) => void
}

export const pacedTable = (table: Table, pacing: Pacing): Table => {
  const [weekIndex, sessionIndex, whole] = [
    pacer(pacing.paces.weekIndex),
    pacer(pacing.paces.sessionIndex),
    pacer(pacing.paces.table)
  ]
  const read: Table["read"] = (command) => {
    const input = command.input as { IndexName?: string; ReturnConsumedCapacity?: string }
    input.ReturnConsumedCapacity = "TOTAL"
    const reading = table.read(command).pipe(Effect.provideService(OnThrottled, pacing.onThrottled))
    if (input.IndexName !== indexes.week) {
      return (input.IndexName === indexes.session ? sessionIndex : whole)(reading)
    }
    const counted = Effect.tap(reading, (answer) =>
      Effect.sync(() => pacing.onUnits?.(unitsIn(answer)))
    )
    return weekIndex(Effect.andThen(pacing.untilAllowed, counted))
  }
  return { ...table, read }
}
