import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { deliver, type Told } from "../../../src/programs/recorder/deliver.ts"
import { drain } from "../../../src/programs/recorder/drain.ts"
import type { Asked } from "../../../src/programs/recorder/Exchange.ts"
import type { OutboxBatch } from "../../../src/programs/recorder/Package.d.ts"
import type { Queues } from "../Queues.ts"
import type { World } from "../World.ts"
import { Fates, type Recording } from "./Fates.ts"
import { Isolate, type Surroundings } from "./Isolate.ts"
import { OutboxQueue } from "./OutboxQueue.ts"
import { SqsEndpoint } from "./SqsEndpoint.ts"
import { isSentAhead, type VisitorRequest } from "./VisitorRequest.ts"

/** Cloudflare ends the work of a request so long after its answer has left. */
const afterAnswerMs = 30_000

const isolatesMax = 3

/** The Worker: requests and the outbox's batches come to any isolate, and isolates come and go. */
export class Edge {
  readonly #world: World
  readonly #surroundings: Surroundings
  readonly fates = new Fates()
  readonly isolates: Array<Isolate> = []

  constructor(world: World, queues: Queues) {
    this.#world = world
    this.#surroundings = {
      fates: this.fates,
      endpoint: new SqsEndpoint(world, queues, this.fates),
      outbox: new OutboxQueue(world, this.fates, (batch, end) => this.#drain(batch, end))
    }
  }

  get outboxSize(): number {
    return this.#surroundings.outbox.size
  }

  #isolate(): Isolate {
    const { chance } = this.#world
    const living = this.isolates.filter(({ instance }) => !instance.isOver)
    const known = living[chance.whole(0, isolatesMax - 1)]
    if (known !== undefined) return known
    const isolate = new Isolate(
      this.#world,
      `isolate-${this.isolates.length + 1}`,
      this.#surroundings
    )
    this.isolates.push(isolate)
    return isolate
  }

  /** The question is asked now, and recorded as the Worker records it. */
  ask(request: VisitorRequest): void {
    const { agenda, chance, chronicle, history } = this.#world
    const isolate = this.#isolate()
    const { instance } = isolate
    const { answerMs, ending, name, requestId } = request
    const owesEvents = ending !== "refused" || isSentAhead(request)
    const recording: Recording = { name, requestId, owesEvents, isDone: false }
    this.fates.recordings.push(recording)
    isolate.underWay.add(recording)
    chronicle.tell(`${name} asks ${isolate.name}`)
    instance.fork(this.#recorded(request), isolate.services, () => {
      recording.isDone = true
      isolate.underWay.delete(recording)
    })
    if (this.#world.strikes(history.weather.isolateDies)) {
      agenda.after(answerMs + chance.whole(0, 3000), () => instance.kill())
    }
    instance.after(answerMs + afterAnswerMs, () => {
      if (!recording.isDone) chronicle.violate("recording ends while the platform waits", name)
    })
  }

  readonly #recorded = Effect.fnUntraced(function* (this: Edge, request: VisitorRequest) {
    const { answer, answerMs, country, ending, leftMs, question, requestId, sessionId } = request
    const askedAt = yield* Clock.currentTimeMillis
    const asked: Asked = { requestId, sessionId, askedAt, question, metadata: { country } }
    const told = Effect.gen({ self: this }, function* () {
      yield* Effect.sleep(answerMs)
      const answeredAt = yield* Clock.currentTimeMillis
      if (answeredAt < askedAt) this.#world.count("edge: clock stepped back during an answer")
      return ending === "refused"
        ? ({ _tag: "Refused" } satisfies Told)
        : ({ _tag: "Answered", answered: { answer, answeredAt, ending } } satisfies Told)
    })
    this.#count(request)
    const left = leftMs === undefined ? Effect.never : Effect.sleep(leftMs)
    // the chatbot answers once, however often its answer is waited for
    const telling = yield* Effect.forkChild(told)
    yield* deliver(asked, Fiber.join(telling), (event) => event, left)
  })

  #count(request: VisitorRequest): void {
    const { ending } = request
    const ahead = isSentAhead(request)
    if (ahead) this.#world.count("edge: question sent ahead of its answer")
    if (ahead && ending === "refused") this.#world.count("edge: question refused after it was sent")
    if (!ahead && ending === "refused") this.#world.count("edge: question refused in time")
  }

  #drain(batch: OutboxBatch, end: { readonly done: () => void; readonly died: () => void }): void {
    const isolate = this.#isolate()
    isolate.onDeath.add(end.died)
    isolate.instance.fork(drain(batch), isolate.services, () => {
      isolate.onDeath.delete(end.died)
      end.done()
    })
  }
}
