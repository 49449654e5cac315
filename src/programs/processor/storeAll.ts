import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import {
  InteractionStore,
  type Recorded,
  type StoreError,
  type Voted
} from "../../services/InteractionStore.ts"
import { isVote, type Work } from "./Batch.ts"
import { enrich, type Tellers, tellers } from "./enrich.ts"

/** What became of a piece of work, in the words of the batch's counts. */
export type Kept = Partial<Recorded & Voted>

/** How the write of one piece of work ended; an unfinished write counts as interrupted. */
export interface Outcome {
  readonly work: Work
  tries: number
  exit: Exit.Exit<Kept, unknown>
}

/** Waits 50 ms to 5 s between tries, with jitter; the batch's budget ends it. */
const untilAvailable = Schedule.min([
  Schedule.exponential("50 millis", 2.5),
  Schedule.spaced("5 seconds")
]).pipe(Schedule.jittered)

interface Services extends Tellers {
  readonly interactions: InteractionStore["Service"]
}

const untilStored = (outcome: Outcome, attempt: Effect.Effect<Kept, StoreError>) =>
  Effect.suspend(() => {
    outcome.tries += 1
    return attempt
  }).pipe(
    Effect.retry({
      schedule: untilAvailable,
      while: (error) => error._tag === "StoreUnavailable"
    })
  )

/** Enriches and encodes the interaction once, and writes it until the store is available. */
const write = (outcome: Outcome, { interactions, ...tellers }: Services) =>
  Effect.suspend(() => {
    const { work } = outcome
    if (isVote(work)) return untilStored(outcome, interactions.vote(work.vote))
    const { failure, traits } = enrich(work.interaction, tellers)
    const stored = untilStored(outcome, interactions.record(work.interaction, traits))
    return failure === undefined
      ? stored
      : Effect.andThen(Effect.logWarning("visit not enriched", { reason: failure }), stored)
  })

/** Notes down how the write ended, so that its failure or defect concerns no other interaction. */
const store = (outcome: Outcome, services: Services) =>
  Effect.map(Effect.exit(write(outcome, services)), (exit) => {
    outcome.exit = exit
  })

/** Writes concurrently until no time is left; unfinished writes count as interrupted. */
export const storeAll = Effect.fnUntraced(function* (
  works: ReadonlyArray<Work>,
  leftMs: () => number
) {
  const services = { interactions: yield* InteractionStore, ...(yield* tellers) }
  const outcomes = works.map((work): Outcome => ({ work, tries: 0, exit: Exit.interrupt() }))
  yield* Effect.raceFirst(
    Effect.forEach(outcomes, (outcome) => store(outcome, services), {
      concurrency: "unbounded",
      discard: true
    }),
    // asked when all writes have begun, because encoding them cannot be interrupted and takes time
    Effect.suspend(() => Effect.sleep(Math.max(0, leftMs())))
  )
  return outcomes
})
