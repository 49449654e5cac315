import type { BatchOutcome } from "../../../local/lambda/BatchOutcome.ts"
import type { Message } from "../../../local/sqs/Message.ts"
import type { Cause, Parcel } from "../Parcel.ts"
import type { World } from "../World.ts"

interface Delivered {
  readonly message: Message
  readonly parcel: Parcel
  /** The fault of this message itself, if there was one. */
  readonly blamed: Cause | undefined
}

const behind = (cause: Cause): Cause =>
  cause === "poison" || cause === "defect" ? "behind a fault" : cause

/** An event is acknowledged only once it is stored. */
const checkDeleted = (world: World, { parcel }: Delivered): void => {
  const { event, name } = parcel.accepted
  if (event === undefined) {
    world.chronicle.violate("poison is never acknowledged", name)
  } else if (!world.expected.holds(event)) {
    world.chronicle.violate("an event is acknowledged only once it is stored", name)
  }
}

interface Times {
  readonly tookMs: number
  /** How long the batch might have taken. */
  readonly givenMs: number
}

/** A store that is away may be back before the function's time is over. */
const checkPatience = (world: World, { blamed, parcel }: Delivered, times: Times): void => {
  const { givenMs, tookMs } = times
  const isAway = blamed === "unavailable" || blamed === "outage" || blamed === "long outage"
  if (isAway && tookMs < givenMs / 2) {
    const detail = `${parcel.accepted.name} after ${Math.round(tookMs)} ms`
    world.chronicle.violate("a store that is away is waited for while there is time", detail)
  }
}

/**
 * Judges an answer of the processor: a message comes back because of its fault, or that of one before it
 * in its group. Returns the cause of each message that comes back.
 */
export const checkAnswer = (
  world: World,
  batch: ReadonlyArray<Delivered>,
  outcome: BatchOutcome,
  times: Times
): ReadonlyMap<Delivered, Cause> => {
  const kept = new Set(outcome.keep)
  const stopped = new Map<string, Cause>()
  const causes = new Map<Delivered, Cause>()
  for (const delivered of batch) {
    const { blamed, message, parcel } = delivered
    const stop = stopped.get(message.group)
    if (!kept.has(message.id)) {
      checkDeleted(world, delivered)
      if (stop !== undefined) {
        world.chronicle.violate("a group stops at what failed", parcel.accepted.name)
      }
      continue
    }
    const cause = stop ?? (parcel.accepted.event === undefined ? "poison" : blamed)
    if (cause === undefined) {
      world.chronicle.violate("a message comes back only with a cause", parcel.accepted.name)
    } else {
      if (stop === undefined) checkPatience(world, delivered, times)
      causes.set(delivered, cause)
      stopped.set(message.group, behind(cause))
    }
  }
  return causes
}
