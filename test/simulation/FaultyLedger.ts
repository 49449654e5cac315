import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { StoreUnavailable } from "../../src/services/InteractionStore.ts"
import { type Claim, ReportLedger } from "../../src/services/ReportLedger.ts"
import type { Call } from "./Coverage.ts"
import { emptyTotals } from "./Expected.ts"
import { remoteCall } from "./RemoteCall.ts"
import type { Run } from "./Run.ts"
import type { World } from "./World.ts"

/** As the reporter's client has it. */
const patienceMs = 5000

const unavailableIn = (operation: string) => (detail: string) =>
  new StoreUnavailable({ operation, detail })

/** The report ledger that all runs share, and the books on what it said yes to. */
export class FaultyLedger {
  readonly #world: World
  readonly #ledger: ReportLedger["Service"]
  readonly #holders = new Map<WeekId, Run>()
  readonly frozen = new Map<WeekId, WeeklyReport>()
  readonly confirmed = new Map<WeekId, string>()

  constructor(world: World) {
    this.#world = world
    this.#ledger = Context.get(world.machines, ReportLedger)
  }

  #claimed(run: Run, { frozen, weekId }: Claim): void {
    const holder = this.#holders.get(weekId)
    if (holder?.wasKilled === true) this.#world.count("report: took over after a crash")
    this.#holders.set(weekId, run)
    this.#world.chronicle.tell(
      `${run.name} claimed ${weekId}${frozen === undefined ? "" : ", frozen"}`
    )
  }

  /** The frozen numbers are those of the store in the moment in which the run read it. */
  #froze(run: Run, weekId: WeekId, report: WeeklyReport): void {
    const { chronicle } = this.#world
    const { answers, questions, sessions, status, tokens } = report
    const totals = { questions, sessions, answers, status, tokens }
    const seen = JSON.stringify(run.seen ?? emptyTotals())
    chronicle.tell(`${run.name} froze ${weekId}: ${questions} questions`)
    if (JSON.stringify(totals) !== seen) {
      const detail = `${weekId}: ${JSON.stringify(totals)} instead of ${seen}`
      chronicle.violate("the report's totals are the store's", detail)
    }
    if (this.frozen.has(weekId)) chronicle.violate("a week is frozen once", weekId)
    this.frozen.set(weekId, report)
  }

  #confirmed(run: Run, weekId: WeekId, messageId: string): void {
    this.#world.chronicle.tell(`${run.name} confirmed ${weekId} as ${messageId}`)
    if ((this.confirmed.get(weekId) ?? messageId) !== messageId) {
      this.#world.chronicle.violate("a week is confirmed at most once", weekId)
    }
    this.confirmed.set(weekId, messageId)
  }

  /** The ledger as one run has it. */
  of(run: Run): ReportLedger["Service"] {
    const call = <A, E>(name: Call, apply: () => Exit.Exit<A, E>, onSuccess: (value: A) => void) =>
      remoteCall(this.#world, run, {
        call: name,
        apply: () => {
          const exit = apply()
          if (Exit.isSuccess(exit)) onSuccess(exit.value)
          return exit
        },
        unavailable: unavailableIn(name),
        patienceMs
      })
    const at = run.instance
    const { claim, confirm, freeze, release, reports, skip } = this.#ledger
    return ReportLedger.of({
      reports,
      claim: (options) => {
        run.weekId = options.weekId
        return call(
          "claim",
          () => at.now(claim(options)),
          (held) => this.#claimed(run, held)
        )
      },
      freeze: (held, report) =>
        call(
          "freeze",
          () => at.now(freeze(held, report)),
          () => this.#froze(run, held.weekId, report)
        ),
      confirm: (held, messageId) =>
        call(
          "confirm",
          () => at.now(confirm(held, messageId)),
          () => this.#confirmed(run, held.weekId, messageId)
        ),
      skip,
      release: (held) =>
        call(
          "release",
          () => at.now(release(held)),
          () => undefined
        )
    })
  }
}
