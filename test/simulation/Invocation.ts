import * as Exit from "effect/Exit"
import { outcomeOf } from "../../local/lambda/BatchOutcome.ts"
import type { Message } from "../../local/sqs/Message.ts"
import type { BatchResponse } from "../../src/programs/processor/BatchResponse.ts"
import { budgetOf } from "../../src/programs/processor/Budget.ts"
import { processBatch } from "../../src/programs/processor/program.ts"
import { Handling, type Machines, servicesOf } from "./Handling.ts"
import type { Instance } from "./Instance.ts"
import type { World } from "./World.ts"

export interface InvocationOptions extends Machines {
  readonly messages: ReadonlyArray<Message>
  /** Called once the poller is free again. */
  readonly onEnd: () => void
}

/** One batch on its way through the processor, from its receive to its acknowledgement. */
export class Invocation {
  readonly #options: InvocationOptions
  readonly #world: World
  readonly #instance: Instance
  readonly #handling: Handling
  /** Waited for a free function so long that an outage alone would not have cost it. */
  #isSlow = false

  constructor(options: InvocationOptions) {
    const { messages, world } = options
    this.#options = options
    this.#world = world
    this.#instance = world.instance("processor", () => this.#crash())
    this.#handling = new Handling(options, this.#instance, messages)
  }

  /** The poller dies, waits long for a free instance, or invokes the function right away. */
  start(): void {
    const { agenda, chronicle, history } = this.#world
    const { pollerDies, pollerIsSlow } = history.weather
    chronicle.tell(`received ${this.#handling.names}`)
    if (this.#world.strikes(pollerDies)) {
      this.#world.count("processor: poller died with its batch")
      this.#crash()
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
    const records = this.#options.messages.map(({ body, group, id }) => ({
      messageId: id,
      groupId: group,
      body
    }))
    const timeoutMs = deployment.processorTimeoutMs
    this.#handling.begin()
    this.#instance.after(timeoutMs, () => this.#instance.kill())
    if (this.#world.strikes(history.weather.killed)) {
      const ms = this.#world.chance.whole(1, 200)
      this.#instance.after(ms, () => {
        this.#world.count("processor: killed in mid-batch")
        this.#instance.kill()
      })
    }
    const services = servicesOf(this.#world, this.#handling)
    const options = { budget: budgetOf(timeoutMs) }
    this.#instance.run(processBatch(records, options), services, (exit) => {
      if (Exit.isSuccess(exit)) this.#answered(exit.value)
      else {
        this.#world.chronicle.violate("the processor always answers", String(exit.cause))
        this.#crash()
      }
    })
  }

  #answered(response: BatchResponse): void {
    const { agenda, chance, deployment } = this.#world
    const ids = this.#options.messages.map(({ id }) => id)
    const outcome = outcomeOf(ids, response)
    const isSlow = this.#isSlow
    const done = this.#handling.judge(outcome, deployment.processorTimeoutMs, { isSlow })
    agenda.after(chance.whole(1, 30), () => this.#acknowledge(done))
  }

  #acknowledge(deliveries: Handling["deliveries"]): void {
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

  #crash(): void {
    this.#handling.givenUp("crash")
    this.#options.onEnd()
  }
}
