import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as MailerMemory from "../../src/layers/MailerMemory.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { Agenda } from "./Agenda.ts"
import { Chronicle } from "./Chronicle.ts"
import { errorAt, type MachineKind, skewOf } from "./Clocks.ts"
import { Coverage, type Fault } from "./Coverage.ts"
import type { Deployment } from "./Deployment.ts"
import { Expected } from "./Expected.ts"
import type { History, Outage } from "./History.ts"
import { Instance } from "./Instance.ts"
import type { Random } from "./Random.ts"

/** The adapters of most histories; the others have those of DynamoDB, which take longer. */
const memory = Layer.mergeAll(
  InteractionStoreMemory.layer,
  ReportLedgerMemory.layer,
  MailerMemory.layer
)

/** The program's own log, as lines of the trace. */
const loggerInto = (chronicle: Chronicle) =>
  Logger.make<unknown, void>(({ message }) => {
    const parts: ReadonlyArray<unknown> = Array.isArray(message) ? message : [message]
    chronicle.tell(`  log: ${parts.filter((part) => typeof part === "string").join(" ")}`)
  })

const during = (outage: Outage | undefined, now: number): Outage | undefined =>
  outage !== undefined && now >= outage.from && now < outage.to ? outage : undefined

/** Everything that one history shares: time, chance, the machines behind the network, the books. */
export class World {
  readonly deployment: Deployment
  readonly history: History
  readonly agenda: Agenda
  readonly chance: Random
  readonly chronicle: Chronicle
  readonly coverage = new Coverage()
  readonly expected = new Expected()
  readonly machines: Context.Context<Layer.Success<typeof memory>>
  readonly loggers: Context.Context<never>
  readonly #instances: Record<MachineKind, Array<Instance>> = {
    edge: [],
    processor: [],
    reporter: []
  }

  constructor(deployment: Deployment, history: History, isTold: boolean) {
    this.deployment = deployment
    this.history = history
    this.chance = history.chance
    this.agenda = new Agenda(history.startAt)
    this.chronicle = new Chronicle(isTold, () => this.agenda.now)
    this.machines = Effect.runSync(Effect.scoped(Layer.build(memory)))
    this.loggers = Context.make(
      Logger.CurrentLoggers,
      new Set(isTold ? [loggerInto(this.chronicle)] : [])
    )
  }

  get isCalm(): boolean {
    return this.agenda.now >= this.history.calmAt
  }

  get outage(): Outage | undefined {
    return during(this.history.outage, this.agenda.now)
  }

  get queueOutage(): Outage | undefined {
    return during(this.history.queueOutage, this.agenda.now)
  }

  /** Decides whether a fault of this probability occurs at this moment. */
  strikes(probability: number): boolean {
    return !this.isCalm && this.chance.chance(probability)
  }

  count(fault: Fault): void {
    this.coverage.count(fault)
    this.chronicle.tell(`  fault: ${fault}`)
  }

  /** How wrong the clocks of these machines are at present, each machine's own skew aside. */
  clockError(kind: MachineKind): number {
    const { agenda, history, isCalm } = this
    return isCalm ? 0 : errorAt(history.clockSteps[kind], agenda.now)
  }

  /** True while a machine of this kind is at work. */
  isAtWork(kind: MachineKind): boolean {
    const living = this.#instances[kind].filter(({ isOver }) => !isOver)
    this.#instances[kind] = living
    return living.length > 0
  }

  instance(kind: MachineKind, onKill: () => void): Instance {
    const { agenda, chance, history } = this
    const skew = history.areClocksSkewed ? skewOf(chance) : 0
    const instance = new Instance({
      agenda,
      chance,
      clockError: () => (this.isCalm ? 0 : this.clockError(kind) + skew),
      onKill
    })
    this.#instances[kind].push(instance)
    return instance
  }
}
