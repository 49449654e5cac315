import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { type Call, isOfDrain, type Mishap, mishaps } from "./Coverage.ts"
import type { Instance } from "./Instance.ts"
import type { World } from "./World.ts"

/** The caller, which hears what goes wrong with its call. */
export interface Caller {
  readonly instance: Instance
  readonly suffers: (call: Call, what: Mishap | "outage" | "long outage") => void
}

export interface RemoteCall<A, E> {
  readonly call: Call
  /** Carries the request out on the machine at the other end, which takes no time. */
  readonly apply: () => Exit.Exit<A, E>
  /** The client's error for a call that was refused for now, or got no answer. */
  readonly unavailable: (mishap: Mishap) => E
  /** How long the client waits for an answer; without it a call may stay without an end. */
  readonly patienceMs?: number
}

const mishapOf = (world: World, call: Call): Mishap | undefined => {
  if (world.isCalm) return undefined
  const rates = world.history.weather.calls[call]
  return mishaps.find((mishap) => world.chance.chance(rates[mishap]))
}

/** Each machine at the other end has outages by itself; mail service and drains have none. */
const outageOf = (world: World, caller: Caller, call: Call): Mishap | undefined => {
  if (call === "send" || call === "keep" || isOfDrain(call)) return undefined
  if (call === "publish") {
    const { queueOutage } = world
    if (queueOutage === undefined) return undefined
    world.count("edge: queue out of reach")
    return queueOutage.isSilent ? "never arrived" : "failed before it took effect"
  }
  const { outage } = world
  if (outage === undefined) return undefined
  world.count(`store: outage ${outage.isLong ? "over" : "under"} 15 minutes`)
  caller.suffers(call, outage.isLong ? "long outage" : "outage")
  return outage.isSilent ? "never arrived" : "throttled"
}

/**
 * A call over a network that loses requests, loses answers and delays both, from a process that may
 * end at any point of it. A request that has left takes effect even if its caller gives up.
 */
export const call = <A, E>(
  world: World,
  caller: Caller,
  { apply, call: name, patienceMs, unavailable }: RemoteCall<A, E>,
  answer: (exit: Exit.Exit<A, E>) => void
): void => {
  const { instance } = caller
  const byOutage = outageOf(world, caller, name)
  const mishap = byOutage ?? mishapOf(world, name)
  if (mishap !== undefined && byOutage === undefined) {
    world.count(`${name}: ${mishap}`)
    caller.suffers(name, mishap)
  }
  const fail = () => answer(Exit.fail(unavailable(mishap ?? "never arrived")))
  const travel = (then: () => void) => instance.after(world.chance.whole(1, 20), then)
  const giveUp = () => {
    if (patienceMs !== undefined) instance.after(patienceMs, fail)
  }
  switch (mishap) {
    case undefined:
      travel(() => {
        const exit = apply()
        travel(() => answer(exit))
      })
      return
    case "throttled":
    case "failed before it took effect":
      travel(fail)
      return
    case "failed after it took effect":
      travel(() => {
        apply()
        fail()
      })
      return
    case "never arrived":
      giveUp()
      return
    case "took effect late":
      world.agenda.after(world.chance.whole(10, 200_000), () => void apply())
      giveUp()
      return
    case "crash before it":
      instance.kill()
      return
    case "crash after it":
      travel(() => {
        apply()
        instance.kill()
      })
  }
}

/** The call as a step of a program. */
export const remoteCall = <A, E>(
  world: World,
  caller: Caller,
  request: RemoteCall<A, E>
): Effect.Effect<A, E> =>
  Effect.callback((resume) => {
    call(world, caller, request, (exit) => resume(exit))
  })
