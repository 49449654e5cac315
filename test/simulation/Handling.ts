import * as Context from "effect/Context"
import type { BatchOutcome } from "../../local/lambda/BatchOutcome.ts"
import { type Message, receiptHandle } from "../../local/sqs/Message.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { interactionKey } from "../../src/schema/Interaction.ts"
import { AgentClassifier } from "../../src/services/AgentClassifier.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { LanguageDetector } from "../../src/services/LanguageDetector.ts"
import type { FaultyStore } from "./FaultyStore.ts"
import type { Instance } from "./Instance.ts"
import { checkAnswer } from "./invariants/answer.ts"
import { checkFold, checkVoteFold } from "./invariants/fold.ts"
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

type Recording = Pick<InteractionStore["Service"], "record" | "vote">

/** A vote fails by itself, so what it suffers is told apart. */
const blameName = (event: AnalyticsEvent): string =>
  event.eventType === "feedback" ? `vote#${event.requestId}` : event.requestId

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

  readonly record: Recording["record"] = (interaction, traits) => {
    const { store, world } = this.#machines
    const { blame, caller } = this.#sufferer(interactionKey(interaction).requestId)
    checkFold(world, this.deliveries, interaction)
    return store.record(caller, blame, interaction, traits)
  }

  readonly vote: Recording["vote"] = (event) => {
    const { store, world } = this.#machines
    const { blame, caller } = this.#sufferer(blameName(event))
    checkVoteFold(world, this.deliveries, event)
    return store.vote(caller, blame, event)
  }

  #sufferer(name: string) {
    const blame = (cause: Cause | undefined) => this.#blame(name, cause)
    const caller: Caller = {
      instance: this.#instance,
      suffers: (_, what) =>
        blame(what === "outage" || what === "long outage" ? what : "unavailable")
    }
    return { blame, caller }
  }

  #blame(requestId: string, cause: Cause | undefined): void {
    if (cause === undefined) this.#blamed.delete(requestId)
    else if (cause === "defect" || !isOutage(this.#blamed.get(requestId))) {
      this.#blamed.set(requestId, cause)
    }
  }

  #blameOf({ parcel }: Delivery): Cause | undefined {
    const { event } = parcel.accepted
    return event === undefined ? undefined : this.#blamed.get(blameName(event))
  }

  /** Judges an answer that had so much time, and returns the deliveries to acknowledge. */
  judge(outcome: BatchOutcome, givenMs: number, { isSlow = false } = {}): ReadonlyArray<Delivery> {
    const { world } = this.#machines
    const judged = this.deliveries.map((delivery) => ({
      ...delivery,
      blamed: this.#blameOf(delivery)
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
export const servicesOf = (world: World, { record, vote }: Recording) => {
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
      vote,
      get: unread,
      voteOn: unread,
      summaries: unread,
      newest: unread
    }),
    Context.add(AgentClassifier, { classify }),
    Context.add(LanguageDetector, { detect: () => undefined })
  )
}
