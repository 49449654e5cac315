import * as Exit from "effect/Exit"
import type { QueueBinding } from "../../../src/layers/OutboxCloudflare.ts"
import type { OutboxBatch } from "../../../src/programs/recorder/Package.d.ts"
import type { Mishap } from "../Coverage.ts"
import { Later } from "../Later.ts"
import { type Caller, call } from "../RemoteCall.ts"
import type { World } from "../World.ts"
import type { Fates } from "./Fates.ts"

/** A message of the outbox, between its deliveries. */
export interface WaitingMessage {
  readonly body: unknown
  attempts: number
}

const batchSizeMax = 10

/** Cloudflare waits so long for a batch to fill. */
const batchTimeoutMs = 5000

/** Messages whose consumer died come again after about this time. */
const redeliveryMs = 60_000

/** Hands a batch to a consumer, and tells when the consumer is done with it or dead. */
export type Consume = (
  batch: OutboxBatch,
  end: { readonly done: () => void; readonly died: () => void }
) => void

/** Cloudflare's queue behind the Worker: at least once, in batches, again after a delay. */
export class OutboxQueue {
  readonly #world: World
  readonly #fates: Fates
  readonly #consume: Consume
  /** When each waiting message is to be delivered. */
  readonly #waiting = new Map<WaitingMessage, number>()

  constructor(world: World, fates: Fates, consume: Consume) {
    this.#world = world
    this.#fates = fates
    this.#consume = consume
  }

  /** Messages that are waiting; those on their way to a consumer are not counted. */
  get size(): number {
    return this.#waiting.size
  }

  bindingFor(caller: Caller): QueueBinding {
    const sendBatch = (messages: ReadonlyArray<{ readonly body: unknown }>) =>
      new Later<unknown>((resolve, reject) => {
        const bodies = messages.map(({ body }) => body)
        const apply = () => {
          for (const body of bodies) this.#enter({ body, attempts: 0 }, batchTimeoutMs)
          // until the sender has the answer it may count them as lost
          this.#fates.doubt(bodies, 1)
          return Exit.void
        }
        const unavailable = (mishap: Mishap) => mishap
        call<void, Mishap>(this.#world, caller, { call: "keep", apply, unavailable }, (exit) => {
          if (Exit.isFailure(exit)) return reject(new Error("not kept"))
          this.#fates.doubt(bodies, -1)
          resolve(undefined)
        })
      }).asPromise
    return { sendBatch }
  }

  #enter(message: WaitingMessage, afterMs: number): void {
    const { agenda } = this.#world
    this.#waiting.set(message, agenda.now + afterMs)
    agenda.after(afterMs, () => this.#deliver(message))
  }

  /** Delivers this message with those that wait beside it. */
  #deliver(due: WaitingMessage): void {
    const { now } = this.#world.agenda
    // an earlier batch may have taken it along
    if ((this.#waiting.get(due) ?? Number.POSITIVE_INFINITY) > now) return
    const others = [...this.#waiting.keys()].filter(
      (other) => other !== due && other.attempts === 0
    )
    const batch = [due, ...others.slice(0, batchSizeMax - 1)]
    const retries = new Map<WaitingMessage, number>()
    const acknowledged = new Set<WaitingMessage>()
    for (const message of batch) {
      this.#waiting.delete(message)
      message.attempts += 1
      const isAgain = message.attempts > 1
      this.#world.count(`edge: delivered from the outbox${isAgain ? " again" : ""}`)
    }
    const messages = batch.map((message) => ({
      body: message.body,
      attempts: message.attempts,
      ack: () => void acknowledged.add(message),
      retry: ({ delaySeconds }: { readonly delaySeconds: number }) =>
        void retries.set(message, delaySeconds * 1000)
    }))
    this.#consume(
      { messages },
      {
        done: () => {
          for (const [message, delayMs] of retries) {
            if (!acknowledged.has(message)) this.#enter(message, delayMs)
          }
        },
        died: () => {
          this.#world.count("edge: isolate died with the outbox's messages")
          // the one that died may have counted some of them as lost, and the next will again
          this.#fates.doubt(
            batch.map(({ body }) => body),
            1
          )
          for (const message of batch) this.#enter(message, redeliveryMs)
        }
      }
    )
  }
}
