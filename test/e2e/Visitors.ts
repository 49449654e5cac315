import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { System } from "./System.ts"
import { ask } from "./Visitor.ts"

export interface Answered {
  readonly requestId: string
  readonly atMs: number
}

/** Two visitors who ask all the time, whether they are answered or not. */
export class Visitors extends Context.Service<
  Visitors,
  {
    readonly answered: ReadonlyArray<Answered>
    readonly leave: Effect.Effect<void>
    /** Marks the time in which an answer's events may be lost, because their way to SQS is cut. */
    readonly whileCutOff: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
    readonly wasCutOff: (answered: Answered) => boolean
  }
>()("test/Visitors") {}

/** For so long after its answer the Worker still tries to publish. */
const publishingMs = 5000

export const layer = Layer.effect(
  Visitors,
  Effect.gen(function* () {
    const { workerUrl } = yield* System
    const answered: Array<Answered> = []
    const cuts: Array<{ readonly fromMs: number; readonly toMs: number }> = []
    const visit = Effect.gen(function* () {
      const { requestId } = yield* ask(workerUrl, "Which databases do you know?")
      answered.push({ requestId, atMs: yield* Clock.currentTimeMillis })
    })
    const asking = yield* visit.pipe(
      Effect.exit,
      Effect.andThen(Effect.sleep("100 millis")),
      Effect.forever,
      Effect.forkScoped,
      Effect.replicateEffect(2)
    )
    return Visitors.of({
      answered,
      leave: Fiber.interruptAll(asking),
      whileCutOff: Effect.fnUntraced(function* (effect) {
        const fromMs = yield* Clock.currentTimeMillis
        const result = yield* effect
        cuts.push({ fromMs, toMs: yield* Clock.currentTimeMillis })
        return result
      }),
      wasCutOff: ({ atMs }) =>
        cuts.some(({ fromMs, toMs }) => fromMs - publishingMs <= atMs && atMs <= toMs)
    })
  })
)
