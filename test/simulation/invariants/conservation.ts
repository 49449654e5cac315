import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { encodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { correlate, eventsOf, type Interaction } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import type { Accepted } from "../Parcel.ts"
import type { Queues } from "../Queues.ts"
import type { World } from "../World.ts"

/** Every accepted message is stored, or a dead letter, or repeats what is stored. */
export const checkConservation = ({ chronicle, expected }: World, queues: Queues): void => {
  if (queues.waiting > 0) chronicle.violate("the queue drains", `${queues.waiting} messages left`)
  const dead = new Set(queues.deadLetters)
  for (const accepted of queues.accepted) {
    const { event, name } = accepted
    if (event === undefined) {
      if (!dead.has(accepted)) chronicle.violate("poison ends as a dead letter", name)
    } else if (expected.half(event) === undefined) {
      chronicle.violate("every accepted event is stored or a dead letter", name)
    }
  }
  for (const { event, name } of dead) {
    if (event !== undefined) chronicle.violate("a redrive brings every event back", name)
  }
}

const sameHalf = (one: Accepted, other: Accepted): boolean =>
  one.event !== undefined &&
  one.event.eventType === other.event?.eventType &&
  one.group === other.group

/** A queue keeps the order of a group, except for what went through the dead-letter queue. */
const checkFirstWins = ({ chronicle, expected }: World, { accepted }: Queues): void => {
  for (const first of accepted) {
    if (first.event === undefined) continue
    const ofKind = accepted.filter((other) => sameHalf(first, other))
    if (ofKind[0] !== first || ofKind.some(({ wasDeadLettered }) => wasDeadLettered)) continue
    const stored = expected.half(first.event)
    if (stored !== undefined && encodeMessage(stored) !== first.body) {
      chronicle.violate("the first accepted content of a kind stays", first.name)
    }
  }
}

const contentsOf = (interaction: Interaction | undefined): ReadonlyArray<string> =>
  interaction === undefined ? [] : eventsOf(interaction).map(encodeMessage)

/** One interaction a request: what `correlate` makes of its events as they were written. */
const checkInteractions = (world: World, { accepted }: Queues): void => {
  const { chronicle, expected, machines } = world
  const store = Context.get(machines, InteractionStore)
  const bodies = new Set(accepted.map(({ body }) => body))
  const seen = new Set<string>()
  for (const { key, written } of expected.entries) {
    if (seen.has(key.requestId)) chronicle.violate("one interaction a request", key.requestId)
    seen.add(key.requestId)
    const exit = Effect.runSyncExit(store.get(key))
    const stored = Exit.isSuccess(exit) ? Option.getOrUndefined(exit.value) : undefined
    const contents = contentsOf(stored)
    const folded = written.reduce<Interaction | undefined>(correlate, undefined)
    for (const wanted of [expected.contents(key), contentsOf(folded)]) {
      if (contents.join() === wanted.join()) continue
      const detail = `${contents.join()} instead of ${wanted.join()}`
      chronicle.violate("an interaction is the fold of its events", detail)
    }
    if (contents.some((content) => !bodies.has(content))) {
      chronicle.violate("only what was accepted is stored", contents.join())
    }
  }
}

export const checkStore = (world: World, queues: Queues): void => {
  checkFirstWins(world, queues)
  checkInteractions(world, queues)
}
