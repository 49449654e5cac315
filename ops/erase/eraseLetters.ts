import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DeadLetter } from "../dlq/DeadLetter.ts"
import { look } from "../dlq/DeadLetters.ts"
import type { Queue } from "../installation/Queue.ts"
import { letterIsSelected, type Selection } from "./Selection.ts"

export interface LettersDone {
  readonly erased: number
  /** Letters that do not tell whether they are selected. */
  readonly undecided: number
  readonly unseen: number
}

/**
 * Deletes the selected dead letters and leaves the others as they were. The letters of a request
 * follow each other, so that an answer goes with the question that was found before it.
 */
export const eraseLetters = Effect.fnUntraced(function* (
  queue: Queue,
  selection: Selection,
  { dryRun, requestIds }: { readonly dryRun: boolean; readonly requestIds: Iterable<string> }
) {
  const looking = yield* look(queue)
  const groups = new Set(requestIds)
  let [erased, undecided] = [0, 0]
  const one = Effect.fnUntraced(function* (letter: DeadLetter) {
    const isSelected = groups.has(letter.group) || letterIsSelected(letter, selection)
    if (isSelected === undefined) undecided += 1
    if (isSelected !== true) return
    groups.add(letter.group)
    if (!dryRun) yield* looking.remove(letter)
    erased += 1
  }, Effect.uninterruptible)
  yield* Stream.runForEach(looking.batches, (batch) =>
    Effect.forEach(batch, one, { discard: true })
  )
  return { erased, undecided, unseen: yield* looking.unseen } satisfies LettersDone
}, Effect.scoped)
