import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Queue } from "../installation/Queue.ts"
import type { DeadLetter } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { openLettersFile } from "./LettersFile.ts"

/** Message ids, or every letter that holds no event. */
export type Choice = { readonly ids: ReadonlySet<string> } | "undecodable"

export interface Chosen {
  readonly chosen: number
  readonly others: number
  readonly unseen: number
  /** Ids that no letter has. */
  readonly missing: ReadonlyArray<string>
}

const isChosen = ({ messageId, verdict }: DeadLetter, choice: Choice): boolean =>
  choice === "undecodable" ? verdict.reason !== "downstream" : choice.ids.has(messageId)

/** Hands each chosen letter to `take`, batch by batch. */
const choose = Effect.fnUntraced(function* <E, R>(
  queue: Queue,
  choice: Choice,
  take: (
    letters: ReadonlyArray<DeadLetter>,
    remove: (letter: DeadLetter) => ReturnType<Effect.Success<ReturnType<typeof look>>["remove"]>
  ) => Effect.Effect<void, E, R>
) {
  const looking = yield* look(queue)
  const missing = new Set(choice === "undecodable" ? [] : choice.ids)
  let [chosen, others] = [0, 0]
  yield* Stream.runForEach(looking.batches, (batch) => {
    const letters = batch.filter((letter) => isChosen(letter, choice))
    for (const { messageId } of letters) missing.delete(messageId)
    others += batch.length - letters.length
    const done = Effect.sync(() => {
      chosen += letters.length
    })
    return letters.length === 0
      ? Effect.void
      : Effect.uninterruptible(Effect.andThen(take(letters, looking.remove), done))
  })
  return { chosen, others, missing: [...missing], unseen: yield* looking.unseen } satisfies Chosen
}, Effect.scoped)

export const countChosen = (queue: Queue, choice: Choice) =>
  choose(queue, choice, () => Effect.void)

/** Writes each chosen letter to a new file before it deletes it, so that none is ever nowhere. */
export const deleteLetters = Effect.fn("dlq.delete")(function* (
  queue: Queue,
  choice: Choice,
  {
    file,
    onDeleted
  }: { readonly file: string; readonly onDeleted: (count: number) => Effect.Effect<void> }
) {
  const now = yield* Clock.currentTimeMillis
  const { keep, write } = yield* openLettersFile(file)
  let deleted = 0
  return yield* choose(queue, choice, (letters, remove) =>
    Effect.andThen(
      Effect.andThen(write(letters, now), keep),
      Effect.forEach(
        letters,
        (letter) =>
          Effect.andThen(
            remove(letter),
            Effect.suspend(() => onDeleted(++deleted))
          ),
        { discard: true }
      )
    )
  )
}, Effect.scoped)
