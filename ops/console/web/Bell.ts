/** Rings in open pages when the data changes, and knows how the console stands to its table. */
import * as Effect from "effect/Effect"
import * as PubSub from "effect/PubSub"
import * as Stream from "effect/Stream"
import type { LongAnswer } from "../../../local/LoopbackServer.ts"
import { ConsoleData, type Following } from "../ConsoleData.ts"

export interface Bell {
  readonly following: Effect.Effect<Following>
  /** One open page's stream of server-sent events. */
  readonly events: LongAnswer
}

/** A browser that waits longer than this without a byte may take the connection for dead. */
const heartbeat = "15 seconds"

const starting: Following = { kind: "following", state: "still", text: "" }

/** Follows the data until the scope ends. A burst of changes is one ring to a slow page. */
export const makeBell = Effect.gen(function* () {
  const { changes } = yield* ConsoleData
  const rings = yield* PubSub.sliding<void>(1)
  let following = starting
  yield* changes.pipe(
    Stream.runForEach((change) => {
      if (change.kind === "following") following = change
      return PubSub.publish(rings, undefined)
    }),
    Effect.forkScoped
  )
  const bell: Bell = {
    following: Effect.sync(() => following),
    events: {
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: Stream.make("retry: 2000\n\n").pipe(
        Stream.concat(
          Stream.merge(
            Stream.map(Stream.fromPubSub(rings), () => "event: changed\ndata: now\n\n"),
            Stream.map(Stream.tick(heartbeat), () => ": still here\n\n")
          )
        )
      )
    }
  }
  return bell
})
