import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import {
  AwaitingQuery,
  AwaitingResponse,
  eventsOf,
  type Interaction,
  interactionKey
} from "../../src/schema/Interaction.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"
import type { VisitorTraits } from "../../src/schema/VisitorTraits.ts"
import {
  InteractionStore,
  type Recorded,
  type StoreError,
  StoreRejected,
  StoreUnavailable
} from "../../src/services/InteractionStore.ts"
import type { Broken } from "./History.ts"
import type { Instance } from "./Instance.ts"
import type { Cause } from "./Parcel.ts"
import { type Caller, remoteCall } from "./RemoteCall.ts"
import type { World } from "./World.ts"

/** As the processor's client has it. */
const patienceMs = 3000

const unavailable = (detail: string) => new StoreUnavailable({ operation: "record", detail })
const refused = new StoreRejected({ operation: "record", detail: "refused" })

const half = (world: World, { query, response }: Interaction & { status: "correlated" }) =>
  world.chance.chance(0.5) ? AwaitingResponse.make({ query }) : AwaitingQuery.make({ response })

/** The table that all functions share, between them and the network that fails. */
export class FaultyStore {
  readonly #world: World
  readonly #store: InteractionStore["Service"]
  readonly #broken: Map<string, Broken>

  constructor(world: World) {
    this.#world = world
    this.#store = Context.get(world.machines, InteractionStore)
    this.#broken = new Map(world.history.broken)
  }

  /** A write that reaches the table; what is there already must stand as it was. */
  #write(instance: Instance, interaction: Interaction, traits: VisitorTraits | undefined) {
    const { chronicle, expected } = this.#world
    const key = interactionKey(interaction)
    expected.apply(interaction)
    const exit = instance.now(this.#store.record(interaction, traits))
    const held = instance.now(this.#store.get(key))
    const found = Exit.isSuccess(held) ? Option.getOrUndefined(held.value) : undefined
    const contents = found === undefined ? [] : eventsOf(found).map(encodeMessage)
    if (contents.join() !== expected.contents(key).join()) {
      chronicle.violate(
        "what was stored first never changes",
        `${key.requestId}: ${contents.join()}`
      )
    }
    return exit
  }

  #breakage(requestId: string): Broken["how"] | undefined {
    const broken = this.#broken.get(requestId)
    if (broken === undefined || broken.times === 0 || this.#world.isCalm) return undefined
    this.#broken.set(requestId, { ...broken, times: broken.times - 1 })
    this.#world.count(`store: ${broken.how}`)
    return broken.how
  }

  /** One caller's call; `blame` hears why it failed, and of nothing any more once it succeeded. */
  record(
    caller: Caller,
    blame: (cause: Cause | undefined) => void,
    ...[interaction, traits]: Parameters<InteractionStore["Service"]["record"]>
  ): Effect.Effect<Recorded, StoreError> {
    return Effect.suspend((): Effect.Effect<Recorded, StoreError> => {
      const broken = this.#breakage(interactionKey(interaction).requestId)
      if (broken !== undefined) blame("defect")
      if (broken === "defect of one record") return Effect.die(new Error("a defect"))
      if (broken === "record refused") return Effect.fail(refused)
      const { halfWritten } = this.#world.history.weather
      if (interaction.status === "correlated" && this.#world.strikes(halfWritten)) {
        this.#world.count("store: one half written")
        blame("unavailable")
        const written = this.#write(caller.instance, half(this.#world, interaction), traits)
        return Effect.andThen(written, Effect.fail(unavailable("one half written")))
      }
      return remoteCall(this.#world, caller, {
        call: "record",
        apply: () => this.#write(caller.instance, interaction, traits),
        unavailable,
        patienceMs
      }).pipe(Effect.tap(() => Effect.sync(() => blame(undefined))))
    })
  }

  /** Read in one moment, at which `seen` is told. */
  summaries(caller: Caller, period: Period, seen: () => void) {
    return Stream.unwrap(
      remoteCall(this.#world, caller, {
        call: "read",
        apply: () => {
          seen()
          return caller.instance.now(Stream.runCollect(this.#store.summaries(period)))
        },
        unavailable,
        patienceMs
      }).pipe(Effect.map((summaries) => Stream.fromIterable(summaries)))
    )
  }

  get get(): InteractionStore["Service"]["get"] {
    return this.#store.get
  }
}
