import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { System } from "./System.ts"
import { ask } from "./Visitor.ts"

/** Two visitors who keep asking, also when they get no answer. */
export class Visitors extends Context.Service<
  Visitors,
  {
    /** The ids of answered requests, in order. */
    readonly answered: ReadonlyArray<string>
    readonly leave: Effect.Effect<void>
  }
>()("test/Visitors") {}

export const layer = Layer.effect(
  Visitors,
  Effect.gen(function* () {
    const { workerUrl } = yield* System
    const answered: Array<string> = []
    const visit = Effect.map(ask(workerUrl, "Which databases do you know?"), ({ requestId }) =>
      answered.push(requestId)
    )
    const asking = yield* visit.pipe(
      Effect.exit,
      Effect.andThen(Effect.sleep("100 millis")),
      Effect.forever,
      Effect.forkScoped,
      Effect.replicateEffect(2)
    )
    return Visitors.of({ answered, leave: Fiber.interruptAll(asking) })
  })
)
