import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DeadLetter } from "../dlq/DeadLetter.ts"
import { look } from "../dlq/DeadLetters.ts"
import type { Queue } from "../dlq/Queue.ts"

export interface LettersDone {
  readonly erased: number
  /** That name no session at all, and belong to no request of this one. */
  readonly undecided: number
  readonly unseen: number
}

const decodeSession = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Struct({ sessionId: Schema.String }))
)

interface Session {
  readonly session: string
  readonly requestIds: ReadonlySet<string>
}

/** A message need not decode as an event to say whose it is. */
export const belongsTo = (
  { body, group }: Pick<DeadLetter, "body" | "group">,
  { requestIds, session }: Session
): "this session" | "another" | "unknown" => {
  if (requestIds.has(group)) return "this session"
  return Option.match(decodeSession(body), {
    onNone: () => "unknown",
    onSome: ({ sessionId }) => (sessionId === session ? "this session" : "another")
  })
}

/** Deletes the session's dead letters, and leaves the others as they were. */
export const eraseLetters = Effect.fnUntraced(function* (
  queue: Queue,
  owner: Session,
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
