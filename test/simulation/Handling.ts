import * as Context from "effect/Context"
import type { BatchOutcome } from "../../local/lambda/BatchOutcome.ts"
import { type Message, receiptHandle } from "../../local/sqs/Message.ts"
import { interactionKey } from "../../src/schema/Interaction.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { LanguageDetector } from "../../src/services/LanguageDetector.ts"
import type { FaultyStore } from "./FaultyStore.ts"
import type { Instance } from "./Instance.ts"
import { checkAnswer } from "./invariants/answer.ts"
import { checkFold } from "./invariants/fold.ts"
import type { Cause, Parcel } from "./Parcel.ts"
import type { Queues } from "./Queues.ts"
import type { Caller } from "./RemoteCall.ts"
import type { World } from "./World.ts"

/** The machines that an instance of the processor works with. */
export interface Machines {
  readonly world: World
  readonly queues: Queues
  readonly store: FaultyStore
}

interface Delivery {
  readonly message: Message
  readonly handle: string
  readonly parcel: Parcel
}

const isOutage = (cause: Cause | undefined): boolean =>
  cause === "outage" || cause === "long outage"

type Recording = InteractionStore["Service"]["record"]

/** A batch in the hands of the processor: what storing suffers, and how the answer is judged. */
export class Handling {
  readonly #machines: Machines
  readonly #instance: Instance
  since: number
  readonly deliveries: ReadonlyArray<Delivery>
  /** Why storing fails so far, by request. */
  readonly #blamed = new Map<string, Cause>()

  constructor(machines: Machines, instance: Instance, messages: ReadonlyArray<Message>) {
    this.#machines = machines
    this.#instance = instance
    this.since = machines.world.agenda.now
    // a message changes with its next receive, and its handle with it
    this.deliveries = messages.map((message) => ({
      message,
      handle: receiptHandle(message),
      parcel: machines.queues.parcel(message)
    }))
  }

  /** A batch may wait for its function, which then has all of its time. */
  begin(): void {
    this.since = this.#machines.world.agenda.now
  }

  get names(): string {
    return this.deliveries
      .map(({ message, parcel }) => `${parcel.accepted.name}=${message.id}`)
      .join(" ")
  }

  readonly record: Recording = (interaction, traits) => {
    const { store, world } = this.#machines
    const { requestId } = interactionKey(interaction)
    const blame = (cause: Cause | undefined) => this.#blame(requestId, cause)
    const caller: Caller = {
      instance: this.#instance,
      suffers: (_, what) =>
        blame(what === "outage" || what === "long outage" ? what : "unavailable")
    }
    checkFold(world, this.deliveries, interaction)
    return store.record(caller, blame, interaction, traits)
  }

  #blame(requestId: string, cause: Cause | undefined): void {
    if (cause === undefined) this.#blamed.delete(requestId)
    else if (cause === "defect" || !isOutage(this.#blamed.get(requestId))) {
      this.#blamed.set(requestId, cause)
    }
  }

  /** Judges an answer that had so much time, and returns the deliveries to acknowledge. */
  judge(outcome: BatchOutcome, givenMs: number, { isSlow = false } = {}): ReadonlyArray<Delivery> {
    const { world } = this.#machines
    const judged = this.deliveries.map((delivery) => ({
      ...delivery,
      blamed: this.#blamed.get(delivery.parcel.accepted.event?.requestId ?? "")
    }))
    const times = { tookMs: world.agenda.now - this.since, givenMs }
    const causes = checkAnswer(world, judged, outcome, times)
    for (const [{ parcel }, cause] of causes) {
      parcel.strikes.push(isSlow && cause === "outage" ? "late" : cause)
    }
    world.chronicle.tell(`answered, returned: ${outcome.keep.join(" ") || "nothing"}`)
    const done = new Set(outcome.delete)
    return this.deliveries.filter(({ message }) => done.has(message.id))
  }

  /** The whole batch comes again when its visibility ends. */
  givenUp(cause: Cause): void {
    this.#machines.world.chronicle.tell(`${cause} of ${this.names}`)
    for (const { parcel } of this.deliveries) parcel.strikes.push(cause)
  }
}

/** All that processing asks for; each recording goes through the batch that is at hand. */
export const servicesOf = (world: World, record: Recording) => {
  const classify = () => {
    if (world.strikes(world.history.weather.enrichmentFails)) {
      world.count("processor: enrichment failed")
      throw new Error("a classifier's defect")
    }
    return { agent: "unknown" } as const
  }
  const unread = () => {
    throw new Error("the processor reads nothing")
  }
  return world.loggers.pipe(
    Context.add(InteractionStore, {
      record,
      get: unread,
      vote: unread,
      voteOn: unread,
      summaries: unread,
      newest: unread
    }),
    Context.add(AgentClassifier, { classify }),
    Context.add(LanguageDetector, { detect: () => undefined })
  )
}
