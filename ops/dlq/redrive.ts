import { SendMessageCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Queue } from "../installation/Queue.ts"
import type { DeadLetter, Reason } from "./DeadLetter.ts"
import { type Look, look } from "./DeadLetters.ts"

export interface Choice {
  /** Only the letters of this group, or of this reason. */
  readonly group?: string | undefined
  readonly reason?: Reason | undefined
  /** Redrives also undecodable letters, which would fail again. */
  readonly force: boolean
  /** Only counts. */
  readonly dryRun: boolean
}

export interface Redriven {
  readonly redriven: number
  readonly undecodable: number
  readonly notChosen: number
  readonly unseen: number
}

/** Decides about one letter: a letter that stays is counted under its reason to stay. */
const decide = (letter: DeadLetter, choice: Choice): Exclude<keyof Redriven, "unseen"> => {
  const { force, group = letter.group, reason = letter.verdict.reason } = choice
  if (letter.group !== group || letter.verdict.reason !== reason) return "notChosen"
  return letter.verdict.reason === "downstream" || force ? "redriven" : "undecodable"
}

/** SQS ignores a second copy within five minutes, because each try has the same id. */
const deduplicationId = ({ messageId }: DeadLetter): string => `${messageId}:redrive`

const sendAgain = (queue: Queue, letter: DeadLetter) => {
  const { attributes, body, group, system } = letter
  const trace = system.AWSTraceHeader
  return queue.send(
    new SendMessageCommand({
      QueueUrl: queue.url,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: deduplicationId(letter),
      ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
      ...(trace !== undefined && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } }
      })
    })
  )
}

/** Sends first and deletes then: a crash leaves the message in both queues, never in neither. */
const putBack = Effect.fnUntraced(function* (queue: Queue, looking: Look, letter: DeadLetter) {
  const { MessageId = "" } = yield* sendAgain(queue, letter)
  yield* looking.disregard(MessageId)
  yield* looking.remove(letter)
})

/**
 * Puts dead letters back on their queue, under their group and in its order.
 *
 * The same command again completes an interrupted redrive: within five minutes the queue ignores
 * the second copy, and later the store does, because it keeps what it has.
 */
export const redrive = Effect.fnUntraced(function* (
  { deadLetters, queue }: { readonly queue: Queue; readonly deadLetters: Queue },
  choice: Choice,
  onProgress: (counts: Redriven, expected: number) => Effect.Effect<void>
) {
  const looking = yield* look(deadLetters)
  const counts = { redriven: 0, undecodable: 0, notChosen: 0 }
  const report = Effect.flatMap(looking.unseen, (unseen) =>
    onProgress({ ...counts, unseen }, looking.expected)
  )
  // after Ctrl-C a message that was sent is still deleted and counted
  const one = Effect.fnUntraced(function* (letter: DeadLetter) {
    const decision = decide(letter, choice)
    if (decision === "redriven" && !choice.dryRun) yield* putBack(queue, looking, letter)
    counts[decision] += 1
    yield* report
  }, Effect.uninterruptible)
  yield* Stream.runForEach(looking.batches, (batch) => {
    const groups = Map.groupBy(batch, ({ group }) => group).values()
    return Effect.forEach(groups, (letters) => Effect.forEach(letters, one, { discard: true }), {
      concurrency: "unbounded",
      discard: true
    })
  })
  return { ...counts, unseen: yield* looking.unseen } satisfies Redriven
}, Effect.scoped)
