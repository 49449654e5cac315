import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as EventQueueSqs from "../../../src/layers/EventQueueSqs.ts"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Notices } from "../../../src/programs/recorder/Notices.ts"
import type { Instance } from "../Instance.ts"
import type { World } from "../World.ts"
import type { Fates, Recording } from "./Fates.ts"
import type { OutboxQueue } from "./OutboxQueue.ts"
import type { SqsEndpoint } from "./SqsEndpoint.ts"

interface LossLine {
  readonly lost: number
  readonly requestId: string
}

const isLossLine = (part: unknown): part is LossLine =>
  typeof part === "object" && part !== null && "lost" in part && "requestId" in part

export interface Surroundings {
  readonly fates: Fates
  readonly endpoint: SqsEndpoint
  readonly outbox: OutboxQueue
}

/** One isolate of the Worker: its memory, its clock and the requests that it is recording. */
export class Isolate {
  readonly name: string
  readonly instance: Instance
  readonly services: ReturnType<Isolate["build"]>
  /** Recordings under way; they die with the isolate. */
  readonly underWay = new Set<Recording>()
  /** The losses that this isolate's log has counted. */
  lost = 0
  /** Called when the isolate dies, so that the outbox delivers its batches again. */
  readonly onDeath = new Set<() => void>()

  constructor(world: World, name: string, surroundings: Surroundings) {
    this.name = name
    this.instance = world.instance("edge", () => this.#died(world))
    this.services = this.build(world, surroundings)
  }

  get untold(): number {
    return Context.get(this.services, Losses).untold
  }

  /** The layers of the Worker, with a network in between that fails. */
  build(world: World, { endpoint, fates, outbox }: Surroundings) {
    const caller = { instance: this.instance, suffers: () => undefined }
    const layers = Layer.mergeAll(
      EventQueueSqs.layer({
        queueUrl: "https://sqs.eu-west-1.amazonaws.com/000000000000/events.fifo",
        signer: endpoint.signerFor(caller)
      }),
      OutboxCloudflare.layer(outbox.bindingFor(caller)),
      Losses.layer,
      Notices.layer
    )
    const losses = Logger.make<unknown, void>(({ message }) => {
      const [text, fields]: ReadonlyArray<unknown> = Array.isArray(message) ? message : [message]
      if (text !== "events lost" || !isLossLine(fields)) return
      world.count("edge: events lost and counted")
      this.lost += fields.lost
      fates.countLost(fields.requestId, fields.lost)
    })
    return Effect.runSync(Effect.scoped(Layer.build(layers))).pipe(
      Context.add(
        Logger.CurrentLoggers,
        new Set([losses, ...Context.get(world.loggers, Logger.CurrentLoggers)])
      )
    )
  }

  #died(world: World): void {
    world.chronicle.tell(`${this.name} died`)
    if (this.underWay.size > 0) world.count("edge: isolate died with events")
    for (const died of this.onDeath) died()
  }
}
