import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { follow } from "../../../ops/tail/follow.ts"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"
import { voteItem } from "../../../src/layers/dynamodb/VoteItem.ts"
import { feedbackEvent } from "../../schema/EventExamples.ts"

const event = feedbackEvent({ queryTimestamp: 1, rating: "down", reason: "wrong", comment: "no" })

/** A table whose every answer has the fields of a vote in the other order. */
const disordered = (looks: Array<Item>) => {
  const { vote, ...item } = voteItem(event)
  const fields = Object.entries(vote?.M ?? {})
  const read = () =>
    Effect.sync(() => {
      const answer = { ...item, vote: { M: Object.fromEntries(fields.reverse()) } }
      looks.push(answer)
      return { Items: [answer], $metadata: {} }
    })
  // follow reads by one command alone
  return { name: "table", place: "here", read, write: () => Effect.die("nothing is written") }
}

describe("follow", () => {
  it.effect("shows no vote again whose fields come in another order", () =>
    Effect.gen(function* () {
      const [looks, shown]: [Array<Item>, Array<Item>] = [[], []]
      const fiber = yield* follow(disordered(looks) as never, {
        onStart: Effect.void,
        onNew: (item) => Effect.sync(() => shown.push(item)),
        onAway: () => Effect.void
      }).pipe(Effect.forkChild)
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.interrupt(fiber)
      assert.isAtLeast(looks.length, 3)
      assert.notDeepEqual(
        Object.keys(looks[0]?.vote?.M ?? {}),
        Object.keys(looks[1]?.vote?.M ?? {})
      )
      assert.deepStrictEqual(shown, [])
    })
  )
})
