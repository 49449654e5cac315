import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { hasProperty } from "effect/Predicate"
import { DeployFault, type Fault } from "./DeployFault.ts"

/** Records which steps of a command are done, so that it can say so however it ends. */
export interface Ledger {
  readonly step: <A, E, R>(name: string, effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  readonly told: () => string
}

/** An outcome is its own text, or has one. */
const textOf = (outcome: unknown): string => {
  if (typeof outcome === "string") return outcome
  return hasProperty(outcome, "text") ? String(outcome.text) : "done"
}

const list = (names: ReadonlyArray<string>): string =>
  names.length === 0 ? "nothing" : names.join(", ")

export const makeLedger = (planned: ReadonlyArray<string>): Ledger => {
  const done: Array<string> = []
  let current: string | undefined
  return {
    told: () => {
      const left = planned.filter((name) => !done.includes(name) && name !== current)
      const begun = current === undefined ? "" : ` Begun: ${current}.`
      return `Done: ${list(done)}.${begun} Not done: ${list(left)}.`
    },
    step: Effect.fnUntraced(function* (name, effect) {
      current = name
      yield* Console.error(`${name} ...`)
      const outcome = yield* effect
      done.push(name)
      current = undefined
      yield* Console.error(`${name}: ${textOf(outcome)}`)
      return outcome
    })
  }
}

const goOn = "The same command goes on from there."

/** Tells which steps are done and which are not, after a failure and after an interruption. */
export const withLedger =
  (ledger: Ledger) =>
  <A, R>(effect: Effect.Effect<A, Fault, R>) =>
    effect.pipe(
      Effect.mapError(
        ({ mend, what }) => new DeployFault({ what, mend: `${mend}\n${ledger.told()} ${goOn}` })
      ),
      Effect.onInterrupt(() => Console.error(`Interrupted. ${ledger.told()} ${goOn}`))
    )
