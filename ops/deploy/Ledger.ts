import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { DeployFault } from "./DeployFault.ts"

/** What of a command's steps is done, so that its end can say so however it comes. */
export interface Ledger {
  readonly step: <A, E, R>(name: string, effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  readonly told: () => string
}

const list = (names: ReadonlyArray<string>): string =>
  names.length === 0 ? "nothing" : names.join(", ")

export const makeLedger = (planned: ReadonlyArray<string>): Ledger => {
  const done: Array<string> = []
  let current: string | undefined
  const told = () => {
    const left = planned.filter((name) => !done.includes(name) && name !== current)
    const begun = current === undefined ? "" : ` Begun: ${current}.`
    return `Done: ${list(done)}.${begun} Not done: ${list(left)}.`
  }
  const begin = (name: string) =>
    Effect.suspend(() => {
      current = name
      return Console.error(`${name} ...`)
    })
  const end = (name: string, outcome: unknown) =>
    Effect.suspend(() => {
      done.push(name)
      current = undefined
      return Console.error(typeof outcome === "string" ? `${name}: ${outcome}` : `${name}: done`)
    })
  return {
    told,
    step: (name, effect) =>
      begin(name).pipe(
        Effect.andThen(effect),
        Effect.tap((outcome) => end(name, outcome))
      )
  }
}

const goOn = "The same command goes on from there."

/** Says what was done and what was not, when the steps fail and when they are interrupted. */
export const withLedger =
  (ledger: Ledger) =>
  <A, R>(effect: Effect.Effect<A, DeployFault, R>) =>
    effect.pipe(
      Effect.mapError(
        ({ code, mend, what }) =>
          new DeployFault({
            what,
            mend: `${mend}\n${ledger.told()} ${goOn}`,
            ...(code !== undefined && { code })
          })
      ),
      Effect.onInterrupt(() => Console.error(`Interrupted. ${ledger.told()} ${goOn}`))
    )
