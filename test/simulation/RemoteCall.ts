import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import { type Call, type Mishap, mishaps } from "./Coverage.ts"
import type { Instance } from "./Instance.ts"
import type { World } from "./World.ts"

/** Who calls, and hears of what goes wrong with the call. */
export interface Caller {
  readonly instance: Instance
  readonly suffers: (call: Call, what: Mishap | "outage" | "long outage") => void
}

export interface RemoteCall<A, E, U> {
  readonly call: Call
  /** What the machine at the other end does when the request reaches it, which takes no time. */
  readonly apply: () => Exit.Exit<A, E>
  /** What the adapter says of a call that nobody answered, or that was refused for now. */
  readonly unavailable: (detail: string) => U
  /** How long the client waits for an answer. */
  readonly patienceMs: number
}

const mishapOf = (world: World, call: Call): Mishap | undefined => {
  if (world.isCalm) return undefined
  const rates = world.history.weather.calls[call]
  return mishaps.find((mishap) => world.chance.chance(rates[mishap]))
}

/** The mail service is another one, and does not share the table's outages. */
const outageOf = (world: World, caller: Caller, call: Call): Mishap | undefined => {
  const { outage } = world
  if (outage === undefined || call === "send") return undefined
  world.count(`store: outage ${outage.isLong ? "over" : "under"} 15 minutes`)
  caller.suffers(call, outage.isLong ? "long outage" : "outage")
  return outage.isSilent ? "never arrived" : "throttled"
}

/**
 * A call over a network that loses requests, loses answers and delays both, from a process that
 * may end at any point of it. What was sent takes effect whether or not anybody still waits for it.
 */
export const remoteCall = <A, E, U>(
  world: World,
  caller: Caller,
  { apply, call, patienceMs, unavailable }: RemoteCall<A, E, U>
): Effect.Effect<A, E | U> =>
  Effect.suspend(() => {
    const byOutage = outageOf(world, caller, call)
    const mishap = byOutage ?? mishapOf(world, call)
    const travel = () => Effect.sleep(world.chance.whole(1, 20))
    const crash = Effect.suspend(() => {
      caller.instance.kill()
      return Effect.never
    })
    if (mishap !== undefined && byOutage === undefined) {
      world.count(`${call}: ${mishap}`)
      caller.suffers(call, mishap)
    }
    const failed = Effect.suspend(() => Effect.fail(unavailable(mishap ?? "")))
    const applied = Effect.suspend(apply)
    switch (mishap) {
      case undefined:
        return Effect.andThen(travel(), Effect.tap(applied, travel()))
      case "throttled":
      case "failed before it took effect":
        return Effect.andThen(travel(), failed)
      case "failed after it took effect":
        return Effect.andThen(Effect.andThen(travel(), applied), failed)
      case "never arrived":
        return Effect.andThen(Effect.sleep(patienceMs), failed)
      case "took effect late":
        world.agenda.after(world.chance.whole(10, 200_000), () => void apply())
        return Effect.andThen(Effect.sleep(patienceMs), failed)
      case "crash before it":
        return crash
      case "crash after it":
        return Effect.andThen(Effect.andThen(travel(), Effect.exit(applied)), crash)
    }
  })
