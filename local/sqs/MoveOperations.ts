import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Account, QueueEntry } from "./Account.ts"
import type { Message } from "./Message.ts"
import { Rejection } from "./Rejection.ts"
import { type Operation, operation, Whole } from "./Request.ts"
import type { MoveTask } from "./Store.ts"

const destinationOf = (account: Account, message: Message, asked: string | undefined) => {
  const arn = asked ?? message.deadLetterSource
  return arn === undefined ? undefined : Result.getOrUndefined(account.findByArn(arn))
}

/** A message without a destination stays where it is: a move never loses one. */
const move = (
  account: Account,
  now: number,
  from: QueueEntry,
  asked: string | undefined
): { readonly moved: number; readonly toMove: number } => {
  const messages = from.queue.movable(now)
  let moved = 0
  for (const message of messages) {
    const target = destinationOf(account, message, asked)
    if (target === undefined) continue
    from.queue.take(now, message)
    target.queue.accept(now, message, account.newId(), undefined)
    moved++
  }
  return { moved, toMove: messages.length }
}

const StartMessageMoveTask = operation(
  Schema.Struct({
    SourceArn: Schema.String,
    DestinationArn: Schema.optionalKey(Schema.String),
    MaxNumberOfMessagesPerSecond: Schema.optionalKey(Whole)
  }),
  ({ account }, now, { SourceArn, DestinationArn }) =>
    Result.gen(function* () {
      const from = yield* account.findByArn(SourceArn)
      if (DestinationArn !== undefined) yield* account.findByArn(DestinationArn)
      if (account.sources(SourceArn).length === 0) {
        const message = "Source queue must be configured as a Dead Letter Queue."
        return yield* Result.fail(new Rejection({ code: "UnsupportedOperation", message }))
      }
      const handle = Buffer.from(JSON.stringify([account.newId(), SourceArn])).toString("base64url")
      account.store.saveMoveTask({
        handle,
        sourceArn: SourceArn,
        destinationArn: DestinationArn,
        startedAt: now,
        ...move(account, now, from, DestinationArn)
      })
      return { TaskHandle: handle }
    })
)

const shown = (task: MoveTask) => ({
  Status: "COMPLETED",
  SourceArn: task.sourceArn,
  ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  StartedTimestamp: task.startedAt
})

const ListMessageMoveTasks = operation(
  Schema.Struct({ SourceArn: Schema.String, MaxResults: Schema.optionalKey(Whole) }),
  ({ account }, _, { SourceArn, MaxResults = 1 }) =>
    Result.map(account.findByArn(SourceArn), () => {
      const tasks = account.store.moveTasks().filter((task) => task.sourceArn === SourceArn)
      const newest = tasks.sort((a, b) => b.startedAt - a.startedAt).slice(0, MaxResults)
      return { Results: newest.map(shown) }
    })
)

export const moveOperations: Readonly<Record<string, Operation>> = {
  ListMessageMoveTasks,
  StartMessageMoveTask
}
