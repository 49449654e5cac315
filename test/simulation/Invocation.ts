import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import { outcomeOf } from "../../local/lambda/BatchOutcome.ts"
import { type Message, receiptHandle } from "../../local/sqs/Message.ts"
import type { BatchResponse } from "../../src/programs/processor/BatchResponse.ts"
import { budgetOf } from "../../src/programs/processor/Budget.ts"
import { processBatch } from "../../src/programs/processor/program.ts"
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

interface Delivery {
  readonly message: Message
  readonly handle: string
  readonly parcel: Parcel
}

export interface InvocationOptions {
  readonly world: World
  readonly queues: Queues
  readonly store: FaultyStore
  readonly messages: ReadonlyArray<Message>
  /** Called once the poller is free again. */
  readonly onEnd: () => void
}

const isOutage = (cause: Cause | undefined): boolean =>
  cause === "outage" || cause === "long outage"

/** One batch on its way through the processor, from its receive to its acknowledgement. */
export class Invocation {
  readonly #options: InvocationOptions
  readonly #world: World
  readonly #batch: ReadonlyArray<Delivery>
  readonly #instance: Instance
  /** Why storing fails so far, by request. */
  readonly #blamed = new Map<string, Cause>()
  #invokedAt = 0
  /** Waited for a free function so long that an outage alone would not have cost it. */
  #isSlow = false

  constructor(options: InvocationOptions) {
    const { messages, queues, world } = options
    this.#options = options
    this.#world = world
    // a message changes with its next receive, and its handle with it
    this.#batch = messages.map((message) => ({
      message,
      handle: receiptHandle(message),
      parcel: queues.parcel(message)
    }))
    this.#instance = world.instance("processor", () => this.#end("crash"))
  }

  get #names(): string {
    return this.#batch
      .map(({ message, parcel }) => `${parcel.accepted.name}=${message.id}`)
      .join(" ")
  }

  /** The poller dies, waits long for a free instance, or invokes the function right away. */
  start(): void {
    const { agenda, chronicle, history } = this.#world
    const { pollerDies, pollerIsSlow } = history.weather
    chronicle.tell(`received ${this.#names}`)
    if (this.#world.strikes(pollerDies)) {
      this.#world.count("processor: poller died with its batch")
      this.#end("crash")
      return
    }
    this.#isSlow = this.#world.strikes(pollerIsSlow)
    const waitMs = this.#isSlow
      ? this.#world.chance.whole(300_000, 420_000)
      : this.#world.chance.whole(1, 30)
    agenda.after(waitMs, () => this.#invoke())
  }

  #invoke(): void {
    const { deployment, history } = this.#world
    const records = this.#batch.map(({ message: { body, group, id } }) => ({
      messageId: id,
      groupId: group,
      body
    }))
    const timeoutMs = deployment.processorTimeoutMs
    this.#invokedAt = this.#world.agenda.now
    this.#instance.after(timeoutMs, () => this.#instance.kill())
    if (this.#world.strikes(history.weather.killed)) {
      const ms = this.#world.chance.whole(1, 200)
      this.#instance.after(ms, () => {
        this.#world.count("processor: killed in mid-batch")
        this.#instance.kill()
      })
    }
    const options = { budget: budgetOf(timeoutMs) }
    this.#instance.run(processBatch(records, options), this.#services, (exit) => {
      if (Exit.isSuccess(exit)) this.#answered(exit.value)
      else {
        this.#world.chronicle.violate("the processor always answers", String(exit.cause))
        this.#end("crash")
      }
    })
  }

  get #services() {
    const store = InteractionStore.of({
      record: (interaction, traits) => {
        const { requestId } = interactionKey(interaction)
        const blame = (cause: Cause | undefined) => this.#blame(requestId, cause)
        const caller: Caller = {
          instance: this.#instance,
          suffers: (_, what) =>
            blame(what === "outage" || what === "long outage" ? what : "unavailable")
        }
        checkFold(this.#world, this.#batch, interaction)
        return this.#options.store.record(caller, blame, interaction, traits)
      },
      get: this.#options.store.direct.get,
      summaries: () => {
        throw new Error("the processor reads no summaries")
      }
    })
    return this.#world.loggers.pipe(
      Context.add(InteractionStore, store),
      Context.add(AgentClassifier, { classify: this.#classify }),
      Context.add(LanguageDetector, { detect: () => undefined })
    )
  }

  readonly #classify = () => {
    if (this.#world.strikes(this.#world.history.weather.enrichmentFails)) {
      this.#world.count("processor: enrichment failed")
      throw new Error("a classifier's defect")
    }
    return { agent: "unknown" } as const
  }

  #blame(requestId: string, cause: Cause | undefined): void {
    if (cause === undefined) this.#blamed.delete(requestId)
    else if (cause === "defect" || !isOutage(this.#blamed.get(requestId))) {
      this.#blamed.set(requestId, cause)
    }
  }

  #answered(response: BatchResponse): void {
    const ids = this.#batch.map(({ message }) => message.id)
    const outcome = outcomeOf(ids, response)
    const judged = this.#batch.map((delivery) => ({
      ...delivery,
      blamed: this.#blamed.get(delivery.parcel.accepted.event?.requestId ?? "")
    }))
    const tookMs = this.#world.agenda.now - this.#invokedAt
    const causes = checkAnswer(this.#world, judged, outcome, tookMs)
    for (const [{ parcel }, cause] of causes) {
      parcel.strikes.push(this.#isSlow && cause === "outage" ? "late" : cause)
    }
    this.#world.chronicle.tell(`answered, returned: ${outcome.keep.join(" ") || "nothing"}`)
    const done = new Set(outcome.delete)
    const acknowledged = this.#batch.filter(({ message }) => done.has(message.id))
    this.#world.agenda.after(this.#world.chance.whole(1, 30), () => this.#acknowledge(acknowledged))
  }

  #acknowledge(deliveries: ReadonlyArray<Delivery>): void {
    const { ackLost, ackPartlyLost } = this.#world.history.weather
    const isLost = deliveries.length > 0 && this.#world.strikes(ackLost)
    if (isLost) this.#world.count("processor: acknowledgement lost")
    for (const { handle, parcel } of deliveries) {
      if (isLost) {
        parcel.strikes.push("acknowledgement lost")
      } else if (this.#world.strikes(ackPartlyLost)) {
        this.#world.count("processor: acknowledgement lost for some")
        parcel.strikes.push("acknowledgement lost")
      } else if (!this.#options.queues.acknowledge(handle)) {
        this.#world.count("processor: visibility expired in mid-write")
        parcel.strikes.push("late")
      }
    }
    this.#options.onEnd()
  }

  /** The whole batch comes again when its visibility ends. */
  #end(cause: Cause): void {
    this.#world.chronicle.tell(`${cause} of ${this.#names}`)
    for (const { parcel } of this.#batch) parcel.strikes.push(cause)
    this.#options.onEnd()
  }
}
