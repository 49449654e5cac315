import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as EventSourceSqs from "../../../src/layers/EventSourceSqs.ts"
import { Sqs } from "../../../src/layers/sqs/Sqs.ts"
import { drainBudgetOf } from "../../../src/programs/processor/Budget.ts"
import { drain } from "../../../src/programs/processor/drain.ts"
import { EventSource, type ReceivedMessage } from "../../../src/services/EventSource.ts"
import { Handling, type Machines, servicesOf } from "../Handling.ts"
import type { Instance } from "../Instance.ts"
import type { World } from "../World.ts"
import { SimulatedSqs } from "./SimulatedSqs.ts"

/** The schedule, which hears of its runs. */
interface Schedule {
  readonly received: () => void
  readonly ended: () => void
}

/** One run of the schedule: the program and its adapter, over a network that fails. */
export class DrainRun {
  readonly #machines: Machines
  readonly #world: World
  readonly #schedule: Schedule
  readonly #instance: Instance
  readonly #sqs: SimulatedSqs
  #startedAt = 0
  #batches = 0
  #handling: Handling | undefined

  constructor(machines: Machines, schedule: Schedule) {
    const { queues, world } = machines
    this.#machines = machines
    this.#world = world
    this.#schedule = schedule
    this.#instance = world.instance("processor", () => this.#crash())
    const caller = { instance: this.#instance, suffers: () => undefined }
    this.#sqs = new SimulatedSqs(world, queues, caller)
  }

  /** True while it has messages in its hands. */
  get isBusy(): boolean {
    return this.#handling !== undefined
  }

  start(): void {
    const { chance, chronicle, deployment, history } = this.#world
    const timeoutMs = deployment.processorTimeoutMs
    this.#startedAt = this.#world.agenda.now
    chronicle.tell("a drain begins")
    this.#instance.after(timeoutMs, () => this.#instance.kill())
    if (this.#world.strikes(history.weather.killed)) {
      this.#instance.after(chance.whole(1, 300), () => {
        this.#world.count("drain: killed in mid-drain")
        this.#instance.kill()
      })
    }
    this.#instance.run(drain(drainBudgetOf(timeoutMs)), this.#services, (exit) => {
      if (Exit.isSuccess(exit)) {
        if (exit.value.ended === "time up") this.#world.count("drain: time up")
        chronicle.tell(`the drain ends: ${exit.value.ended}`)
      } else if (exit.cause.reasons.every((reason) => reason._tag === "Fail")) {
        this.#world.count("drain: run failed")
        this.#giveUp()
      } else {
        chronicle.violate("a drain fails by its queue alone", String(exit.cause))
      }
      this.#schedule.ended()
    })
  }

  get #services() {
    const client = Layer.succeed(Sqs, this.#sqs.client)
    const layer = EventSourceSqs.layer({ queueUrl: "simulated" }).pipe(Layer.provide(client))
    const source = Context.get(Effect.runSync(Effect.scoped(Layer.build(layer))), EventSource)
    const record: Handling["record"] = (...given) =>
      this.#handling?.record(...given) ?? Effect.die(new Error("nothing was received"))
    const vote: Handling["vote"] = (event) =>
      this.#handling?.vote(event) ?? Effect.die(new Error("nothing was received"))
    return servicesOf(this.#world, { record, vote }).pipe(
      Context.add(EventSource, {
        receive: Effect.tap(source.receive, (messages) =>
          Effect.sync(() => this.#received(messages))
        ),
        acknowledge: (messages) =>
          Effect.suspend(() => {
            this.#judge(messages)
            return source.acknowledge(messages)
          }).pipe(Effect.tap(() => Effect.sync(() => this.#release())))
      })
    )
  }

  #received(messages: ReadonlyArray<ReceivedMessage>): void {
    if (messages.length === 0) return
    this.#batches += 1
    if (this.#batches === 2) this.#world.count("drain: several batches in one run")
    const given = messages.flatMap(({ receipt }) => this.#sqs.given.get(receipt) ?? [])
    this.#handling = new Handling(this.#machines, this.#instance, given)
    this.#world.chronicle.tell(`received ${this.#handling.names}`)
    this.#schedule.received()
  }

  /** What is not acknowledged is what the program returns. */
  #judge(acknowledged: ReadonlyArray<ReceivedMessage>): void {
    const handling = this.#handling
    if (handling === undefined) return
    const done = new Set(acknowledged.map(({ messageId }) => messageId))
    const ids = handling.deliveries.map(({ message }) => message.id)
    const outcome = {
      delete: ids.filter((id) => done.has(id)),
      keep: ids.filter((id) => !done.has(id))
    }
    handling.judge(outcome, this.#givenMs(handling))
  }

  /** From its receive until storing must end. */
  #givenMs(handling: Handling): number {
    const storingMs = 0.9 * this.#world.deployment.processorTimeoutMs
    return this.#startedAt + storingMs - handling.since
  }

  #release(): void {
    this.#handling = undefined
  }

  #giveUp(): void {
    this.#handling?.givenUp("crash")
    this.#handling = undefined
  }

  #crash(): void {
    this.#giveUp()
    this.#schedule.ended()
  }
}
