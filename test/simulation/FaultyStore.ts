import { PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { FeedbackEvent } from "../../src/schema/AnalyticsEvent.ts"
import {
  AwaitingQuery,
  AwaitingResponse,
  eventsOf,
  type Interaction,
  type InteractionKey,
  interactionKey
} from "../../src/schema/Interaction.ts"
import { type Period, utcWeekId, utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import type { VisitorTraits } from "../../src/schema/VisitorTraits.ts"
import {
  InteractionStore,
  type Recorded,
  type StoreError,
  StoreRejected,
  StoreUnavailable,
  type Voted
} from "../../src/services/InteractionStore.ts"
import { contentOf } from "./contentOf.ts"
import { DynamoDbAdapters } from "./dynamodb/DynamoDbAdapters.ts"
import type { TableCommand } from "./dynamodb/SimulatedTable.ts"
import type { Broken } from "./History.ts"
import type { Cause } from "./Parcel.ts"
import { type Caller, remoteCall } from "./RemoteCall.ts"
import type { World } from "./World.ts"

/** The processor's client waits so long for an answer, and the reporter's. */
const patienceMs = { record: 3000, read: 5000 }

const unavailable = (detail: string) => new StoreUnavailable({ operation: "record", detail })
const refused = new StoreRejected({ operation: "record", detail: "refused" })

const half = (world: World, { query, response }: Interaction & { status: "correlated" }) =>
  world.chance.chance(0.5) ? AwaitingResponse.make({ query }) : AwaitingQuery.make({ response })

/** The events that a command of the DynamoDB adapter writes: both halves, or the one it names. */
const writtenBy = (command: TableCommand, interaction: Interaction) => {
  if (command instanceof PutItemCommand) return eventsOf(interaction)
  if (!(command instanceof UpdateItemCommand)) return []
  const values = command.input.ExpressionAttributeValues ?? {}
  return eventsOf(interaction).filter(({ eventType }) => `:${eventType}Event` in values)
}

/** The table that all functions share, with the network that fails between it and them. */
export class FaultyStore {
  readonly #world: World
  readonly #memory: InteractionStore["Service"]
  readonly #broken: Map<string, Broken>
  /** Absent in a history that runs on the memory adapters. */
  readonly dynamoDb: DynamoDbAdapters | undefined

  constructor(world: World) {
    this.#world = world
    if (world.history.isOnDynamoDb) {
      this.dynamoDb = new DynamoDbAdapters(world)
      world.count("store: history on the DynamoDB adapter")
    }
    this.#memory = Context.get(world.machines, InteractionStore)
    this.#broken = new Map(world.history.broken)
  }

  /** The store without a network in between, which the books use. */
  get direct(): InteractionStore["Service"] {
    return this.dynamoDb?.direct ?? this.#memory
  }

  /** An item never loses the content that it had first. */
  #checkKept(key: InteractionKey): void {
    const { chronicle, expected } = this.#world
    const held = Effect.runSyncExit(this.direct.get(key))
    const found = Exit.isSuccess(held) ? Option.getOrUndefined(held.value) : undefined
    const contents = found === undefined ? [] : eventsOf(found).map(contentOf)
    if (contents.join() === expected.contents(key).join()) return
    chronicle.violate("the content that was stored first stays", `${key.requestId}: ${contents}`)
  }

  /** A write that reaches the memory store. */
  #write({ instance }: Caller, interaction: Interaction, traits: VisitorTraits | undefined) {
    this.#world.expected.apply(interaction)
    const exit = instance.now(this.#memory.record(interaction, traits))
    this.#checkKept(interactionKey(interaction))
    return exit
  }

  #breakage(requestId: string): Broken["how"] | undefined {
    const broken = this.#broken.get(requestId)
    if (broken === undefined || broken.times === 0 || this.#world.isCalm) return undefined
    this.#broken.set(requestId, { ...broken, times: broken.times - 1 })
    this.#world.count(`store: ${broken.how}`)
    return broken.how
  }

  #recordInMemory(
    caller: Caller,
    blame: (cause: Cause | undefined) => void,
    ...[interaction, traits]: Parameters<InteractionStore["Service"]["record"]>
  ): Effect.Effect<Recorded, StoreError> {
    const { halfWritten } = this.#world.history.weather
    if (interaction.status === "correlated" && this.#world.strikes(halfWritten)) {
      this.#world.count("store: one half written")
      blame("unavailable")
      const written = this.#write(caller, half(this.#world, interaction), traits)
      return Effect.andThen(written, Effect.fail(unavailable("one half written")))
    }
    return remoteCall<Recorded, StoreError>(this.#world, caller, {
      call: "record",
      apply: () => this.#write(caller, interaction, traits),
      unavailable,
      patienceMs: patienceMs.record
    })
  }

  /** One caller's call; `blame` hears why it failed, and `undefined` once it succeeded. */
  record(
    caller: Caller,
    blame: (cause: Cause | undefined) => void,
    ...[interaction, traits]: Parameters<InteractionStore["Service"]["record"]>
  ): Effect.Effect<Recorded, StoreError> {
    const { dynamoDb } = this
    const { expected } = this.#world
    const key = interactionKey(interaction)
    const onApplied = (command: TableCommand) => {
      for (const event of writtenBy(command, interaction)) expected.applyEvent(event)
      this.#checkKept(key)
    }
    const passage = { caller, call: "record", patienceMs: patienceMs.record, onApplied } as const
    // encoded once, however often it is tried
    const written = dynamoDb?.store(passage).record(interaction, traits)
    return Effect.suspend((): Effect.Effect<Recorded, StoreError> => {
      const broken = this.#breakage(key.requestId)
      if (broken !== undefined) blame("defect")
      if (broken === "defect of one record") return Effect.die(new Error("a defect"))
      if (broken === "record refused") return Effect.fail(refused)
      return Effect.tap(written ?? this.#recordInMemory(caller, blame, interaction, traits), () =>
        Effect.sync(() => blame(undefined))
      )
    })
  }

  /** One caller's call, likewise. */
  vote(
    caller: Caller,
    blame: (cause: Cause | undefined) => void,
    event: FeedbackEvent
  ): Effect.Effect<Voted, StoreError> {
    const { dynamoDb } = this
    const { expected } = this.#world
    const call = { caller, call: "record", patienceMs: patienceMs.record } as const
    const onApplied = () => expected.applyVote(event)
    const written =
      dynamoDb?.store({ ...call, onApplied }).vote(event) ??
      remoteCall<Voted, StoreError>(this.#world, caller, {
        ...call,
        apply: () => {
          expected.applyVote(event)
          return caller.instance.now(this.#memory.vote(event))
        },
        unavailable
      })
    return Effect.suspend((): Effect.Effect<Voted, StoreError> => {
      const broken = this.#breakage(event.requestId)
      if (broken !== undefined) blame("defect")
      if (broken === "defect of one record") return Effect.die(new Error("a defect"))
      if (broken === "record refused") return Effect.fail(refused)
      return Effect.tap(written, ({ duplicates, older }) =>
        Effect.sync(() => {
          if (older > 0) this.#world.count("votes: older one refused")
          if (duplicates > 0) this.#world.count("votes: repeat refused")
          blame(undefined)
        })
      )
    })
  }

  /** Calls `seen` in each moment in which a part of the period is read. */
  summaries(caller: Caller, period: Period, seen: () => void) {
    const { dynamoDb } = this
    const { expected } = this.#world
    const live = expected.live(period, caller.instance.clock.currentTimeMillisUnsafe())
    if (utcWeeksOf(period).length > 1) this.#world.count("week index: period of two partitions")
    if (live.some(({ key }) => utcWeekId(key.timestamp) !== period.weekId)) {
      this.#world.count("week index: question in the neighbouring partition")
    }
    const call = { caller, call: "read", patienceMs: patienceMs.read } as const
    if (dynamoDb !== undefined) {
      return dynamoDb.store({ ...call, onApplied: seen }).summaries(period)
    }
    return Stream.unwrap(
      remoteCall(this.#world, caller, {
        ...call,
        apply: () => {
          seen()
          return caller.instance.now(Stream.runCollect(this.#memory.summaries(period)))
        },
        unavailable
      }).pipe(Effect.map((summaries) => Stream.fromIterable(summaries)))
    )
  }
}
