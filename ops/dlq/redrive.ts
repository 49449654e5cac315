import { SendMessageCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type DeadLetter, isDecodable, type Reason } from "./DeadLetter.ts"
import { type Look, look } from "./DeadLetters.ts"
import type { Queue } from "./Queue.ts"

export interface Choice {
  /** Only the letters of this group, or of this reason. */
  readonly group?: string
  readonly reason?: Reason
  /** Also those that are no events, which would only come back. */
  readonly force: boolean
  /** Says what would be done, and does none of it. */
  readonly dryRun: boolean
}

export interface Redriven {
  readonly putBack: number
  readonly undecodable: number
  readonly notChosen: number
  readonly unseen: number
}

type Decision = Exclude<keyof Redriven, "unseen">

/** What becomes of one letter; what stays has its own count for each reason to stay. */
export const decide = (letter: DeadLetter, { force, group, reason }: Choice): Decision => {
  if (group !== undefined && letter.group !== group) return "notChosen"
  if (reason !== undefined && letter.verdict.reason !== reason) return "notChosen"
  return isDecodable(letter) || force ? "putBack" : "undecodable"
}

/** The same for every attempt to put a letter back: the second within five minutes is ignored. */
const deduplicationId = ({ messageId }: DeadLetter): string => `${messageId}:redrive`

const sendAgain = (queue: Queue, letter: DeadLetter) => {
  const { attributes, body, group, system } = letter
  const trace = system.AWSTraceHeader
  const command = new SendMessageCommand({
    QueueUrl: queue.url,
    MessageBody: body,
    MessageGroupId: group,
    MessageDeduplicationId: deduplicationId(letter),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(trace !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } }
    })
  })
  return queue
    .call((sqs, abortSignal) => sqs.send(command, { abortSignal }))
    .pipe(Effect.map(({ MessageId = "" }) => MessageId))
}

/** First sent, then deleted: a crash leaves the message in both queues and never in none. */
const putBack = (queue: Queue, { disregard, remove }: Look, letter: DeadLetter) =>
  sendAgain(queue, letter).pipe(Effect.flatMap(disregard), Effect.andThen(remove(letter)))

/**
 * Puts dead letters back on the queue that they came from, under their own group and in its order.
 *
 * An interrupted redrive is repaired by the same one again: within five minutes the queue ignores
 * the second copy, and later the store does, which keeps what it has.
 */
export const redrive = Effect.fnUntraced(function* (
  { deadLetters, queue }: { readonly queue: Queue; readonly deadLetters: Queue },
  choice: Choice,
  onProgress: (counts: Redriven, expected: number) => Effect.Effect<void>
) {
  const looking = yield* look(deadLetters)
  const counts = { putBack: 0, undecodable: 0, notChosen: 0 }
  const report = Effect.flatMap(looking.unseen, (unseen) =>
    onProgress({ ...counts, unseen }, looking.expected)
  )
  // Ctrl-C lets a message that was sent also be deleted and counted
  const one = Effect.fnUntraced(function* (letter: DeadLetter) {
    const decision = decide(letter, choice)
    if (decision === "putBack" && !choice.dryRun) yield* putBack(queue, looking, letter)
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
