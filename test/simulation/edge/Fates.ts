import * as Result from "effect/Result"
import { type AnalyticsEvent, decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { deduplicationId } from "../../../src/schema/EventText.ts"
import { messagesIn } from "../../../src/schema/QueueMessage.ts"

/** The books on one event of a visitor's request, found by its deduplication id. */
interface Fate {
  /** Losses that this question tells of. */
  readonly lostBefore: number
  wentAlone: boolean
  isAccepted: boolean
  isRefused: boolean
  /** The queue accepted it, and its answer has not arrived: the sender may count it as lost. */
  isUntold: boolean
  /** Ways of the outbox on which it may be counted as lost although it arrives, or twice. */
  doubts: number
}

/** One visitor's request, and whether the isolate that recorded it lived long enough. */
export interface Recording {
  readonly name: string
  readonly requestId: string
  /** A question that is refused before it was sent is no exchange. */
  readonly owesEvents: boolean
  isDone: boolean
}

/** The books of the edge: where each event of each request ended. */
export class Fates {
  readonly #fates = new Map<string, Fate>()
  readonly recordings: Array<Recording> = []
  /** Events that the log counts as lost, by request. */
  readonly lost = new Map<string, number>()

  #fate(event: AnalyticsEvent): Fate {
    const id = deduplicationId(event)
    const lostBefore = event.eventType === "query" ? (event.metadata.lostBefore ?? 0) : 0
    const fate = this.#fates.get(id) ?? {
      lostBefore,
      wentAlone: false,
      isAccepted: false,
      isRefused: false,
      isUntold: false,
      doubts: 0
    }
    this.#fates.set(id, fate)
    return fate
  }

  /** The fate of the event in this message, which the edge has encoded. */
  of(body: string): Fate {
    return this.#fate(Result.getOrThrow(decodeMessage(body)))
  }

  /** Takes a doubt in the events of the outbox's messages, or takes it back. */
  doubt(bodies: ReadonlyArray<unknown>, change: 1 | -1): void {
    for (const { body } of bodies.flatMap((kept) => messagesIn(kept) ?? [])) {
      this.of(body).doubts += change
    }
  }

  countLost(requestId: string, count: number): void {
    this.lost.set(requestId, (this.lost.get(requestId) ?? 0) + count)
  }

  /** The two events that a recorded request owes; `undefined` for one that was never sent. */
  events({ requestId }: Recording): ReadonlyArray<Fate | undefined> {
    return ["query", "response"].map((kind) => this.#fates.get(`${requestId}:${kind}`))
  }

  get all(): Iterable<Fate> {
    return this.#fates.values()
  }
}
