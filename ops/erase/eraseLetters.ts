import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DeadLetter } from "../dlq/DeadLetter.ts"
import { look } from "../dlq/DeadLetters.ts"
import type { Queue } from "../installation/Queue.ts"

export interface LettersDone {
  readonly erased: number
  /** Letters that name no session and belong to no known request of this one. */
  readonly undecided: number
  readonly unseen: number
}

const decodeSession = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Struct({ sessionId: Schema.String }))
)

interface Owner {
  readonly session: string
  readonly requestIds: ReadonlySet<string>
}

/** Also an undecodable message can tell whose it is: by its group, or by its session. */
const belongsTo = ({ body, group }: DeadLetter, { requestIds, session }: Owner) => {
  if (requestIds.has(group)) return "this session"
  return Option.match(decodeSession(body), {
    onNone: () => "unknown",
    onSome: ({ sessionId }) => (sessionId === session ? "this session" : "another")
  })
}

/** Deletes the session's dead letters and leaves the others as they were. */
export const eraseLetters = Effect.fnUntraced(function* (
  queue: Queue,
  owner: Owner,
  { dryRun }: { readonly dryRun: boolean }
) {
  const looking = yield* look(queue)
  let [erased, undecided] = [0, 0]
  const one = Effect.fnUntraced(function* (letter: DeadLetter) {
    const owned = belongsTo(letter, owner)
    if (owned === "unknown") undecided += 1
    if (owned !== "this session") return
    if (!dryRun) yield* looking.remove(letter)
    erased += 1
  }, Effect.uninterruptible)
  yield* Stream.runForEach(looking.batches, (batch) =>
    Effect.forEach(batch, one, { discard: true })
  )
  return { erased, undecided, unseen: yield* looking.unseen } satisfies LettersDone
}, Effect.scoped)
