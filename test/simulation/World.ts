import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as InteractionStoreMemory from "../../src/layers/InteractionStoreMemory.ts"
import * as MailerMemory from "../../src/layers/MailerMemory.ts"
import * as ReportLedgerMemory from "../../src/layers/ReportLedgerMemory.ts"
import { Agenda } from "./Agenda.ts"
import { Chronicle } from "./Chronicle.ts"
import { Coverage, type Fault } from "./Coverage.ts"
import type { Deployment } from "./Deployment.ts"
import { Expected } from "./Expected.ts"
import type { History, Outage } from "./History.ts"
import { Instance } from "./Instance.ts"
import type { Random } from "./Random.ts"

/**
 * The adapters below the faults. Their contract suites also run on the real engines, so that what
 * holds above them here holds above DynamoDB.
 */
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

/** What everything in one history shares: time, chance, the machines behind the network, the books. */
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
  /** How far the clocks of the functions are from true time. */
  clockError = 0

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
    const { outage } = this.history
    const { now } = this.agenda
    return outage !== undefined && now >= outage.from && now < outage.to ? outage : undefined
  }

  /** Whether something that goes wrong with this probability does so now. */
  strikes(probability: number): boolean {
    return !this.isCalm && this.chance.chance(probability)
  }

  count(fault: Fault): void {
    this.coverage.count(fault)
    this.chronicle.tell(`  fault: ${fault}`)
  }

  instance(onKill: () => void): Instance {
    return new Instance({
      agenda: this.agenda,
      chance: this.chance,
      clockError: () => this.clockError,
      onKill
    })
  }
}
