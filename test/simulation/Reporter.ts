import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { leaseSecondsOf } from "../../src/programs/reporter/handleEvent.ts"
import { type Options, run as report } from "../../src/programs/reporter/program.ts"
import { previousWeek, type WeekId } from "../../src/schema/IsoWeek.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import { FaultyLedger } from "./FaultyLedger.ts"
import { FaultyMailer } from "./FaultyMailer.ts"
import type { FaultyStore } from "./FaultyStore.ts"
import type { Run } from "./Run.ts"
import type { World } from "./World.ts"

/** Lambda tries an asynchronous event twice more, so long after each failure. */
const retryDelaysMs = [60_000, 120_000]

export const siteName = "cv.example.com"
export const from = "reports@example.com"
export const version = "simulated"

/** The reporter function, its schedule, and the platform that tries a failed run again. */
export class Reporter {
  readonly #world: World
  readonly #store: FaultyStore
  readonly #options: Options
  readonly ledger: FaultyLedger
  readonly mailer: FaultyMailer
  readonly weeks = new Set<WeekId>()
  #runs = 0
  #running = 0

  constructor(world: World, store: FaultyStore) {
    this.#world = world
    this.#store = store
    this.ledger = new FaultyLedger(world)
    this.mailer = new FaultyMailer(world, this.ledger)
    this.#options = {
      siteName,
      from,
      to: ["owner@example.com"],
      zone: world.history.zone,
      prices: [],
      questions: "shown",
      quietWeek: "send",
      version
    }
  }

  get isRunning(): boolean {
    return this.#running > 0
  }

  /** What the platform does with an event of the schedule. */
  fire(tries = 0): void {
    const { agenda } = this.#world
    if (tries === 0) this.#countFire()
    const { zone } = this.#world.history
    const week = previousWeek(agenda.now + this.#world.clockError, zone)
    if (week !== previousWeek(agenda.now, zone)) {
      this.#world.count("report: clock stepped across a week's end")
    }
    this.#start(undefined, () => {
      const delay = retryDelaysMs[tries]
      if (delay === undefined) return
      agenda.after(delay, () => {
        this.#world.count("report: retried by the platform")
        this.fire(tries + 1)
      })
    })
  }

  #countFire(): void {
    if (this.isRunning) this.#world.count("report: fired twice at once")
    else if (this.#runs > 0) this.#world.count("report: fired twice in turn")
  }

  /** What an operator does in the end: ask for the week until it is out. */
  finish(weekId: WeekId): void {
    this.#start(weekId, (leaseUntil) => {
      const { agenda } = this.#world
      if (leaseUntil === undefined) {
        this.#world.chronicle.violate("a run without faults succeeds", weekId)
      } else {
        agenda.at(Math.max(leaseUntil, agenda.now + 1), () => this.finish(weekId))
      }
    })
  }

  #newRun(onKill: () => void): Run {
    this.#runs += 1
    const run: Run = {
      name: `run-${this.#runs}`,
      instance: this.#world.instance(() => {
        run.wasKilled = true
        onKill()
      }),
      suffers: () => {
        if (run.hasSent) run.wasCutShort = true
      },
      weekId: undefined,
      seen: undefined,
      hasSent: false,
      wasKilled: false,
      wasCutShort: false
    }
    return run
  }

  #start(weekId: WeekId | undefined, onFailure: (leaseUntil?: number) => void): void {
    const timeoutMs = this.#world.deployment.reporterTimeoutMs
    this.#running += 1
    const over = (outcome: string) => {
      this.#running -= 1
      if (run.weekId !== undefined) this.weeks.add(run.weekId)
      this.#world.chronicle.tell(`${run.name} ${outcome}`)
    }
    const run = this.#newRun(() => {
      over("was killed")
      onFailure()
    })
    this.#world.chronicle.tell(`${run.name} started`)
    run.instance.after(timeoutMs, () => run.instance.kill())
    const leaseSeconds = leaseSecondsOf(timeoutMs)
    const effect = report({ weekId, owner: run.name, leaseSeconds }, this.#options)
    run.instance.run(effect, this.#services(run), (exit) => {
      const failure = Option.getOrUndefined(Exit.findErrorOption(exit))
      over(Exit.isSuccess(exit) ? exit.value.outcome : `failed: ${failure?._tag}`)
      if (Exit.isSuccess(exit)) return
      const isHeld = failure?._tag === "ReportInProgress"
      if (isHeld) this.#world.count("report: found the week claimed")
      onFailure(isHeld ? failure.leaseUntil : undefined)
    })
  }

  #services(run: Run) {
    const store = InteractionStore.of({
      record: () => Effect.die(new Error("the reporter records nothing")),
      get: this.#store.get,
      summaries: (period) =>
        this.#store.summaries(run, period, () => {
          run.seen = this.#world.expected.totals(period)
        })
    })
    return this.#world.loggers.pipe(
      Context.add(InteractionStore, store),
      Context.add(ReportLedger, this.ledger.of(run)),
      Context.add(Mailer, this.mailer.of(run)),
      Context.add(DeadLetterGauge, DeadLetterGauge.of({ count: Effect.succeedNone })),
      Context.add(PipelineMeter, PipelineMeter.of({ read: () => Effect.succeed({}) })),
      Context.add(StorageGauge, StorageGauge.of({ bytes: Effect.succeedNone }))
    )
  }
}
