import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { handleReport } from "../../src/programs/reporter/handleEvent.ts"
import type { Options, Outcome } from "../../src/programs/reporter/program.ts"
import { previousWeek, type WeekId } from "../../src/schema/IsoWeek.ts"
import { newDeadLetters, type WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { Channels } from "../../src/services/Channels.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { Meaning } from "../../src/services/Meaning.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import { FaultyLedger } from "./FaultyLedger.ts"
import { FaultyMailer } from "./FaultyMailer.ts"
import type { FaultyStore } from "./FaultyStore.ts"
import { entryOf, type Run } from "./Run.ts"
import type { World } from "./World.ts"

/** Lambda tries an asynchronous event twice more, so long after each failure. */
const retryDelaysMs = [60_000, 120_000]

/** A passing fault of the table seldom lasts longer. */
const patienceMs = 30_000

export const siteName = "cv.example.com"
export const from = "reports@example.com"
export const version = "simulated"

/** The end of a run: the platform tries a failed one again, and leaves a held week to its holder. */
type RunEnd = "settled" | "held" | "failed"

/** An operator asks again so long after another run held the week. */
const askAgainMs = 60_000

/** The reporter function, its schedule, and the platform that tries a failed run again. */
export class Reporter {
  readonly #world: World
  readonly #store: FaultyStore
  readonly #deadLetters: () => number
  readonly #options: Options
  readonly ledger: FaultyLedger
  readonly mailer: FaultyMailer
  /** Weeks that were claimed, by their own entry or an interim one. */
  readonly weeks = new Set<WeekId>()
  #runs = 0
  #running = 0

  constructor(world: World, store: FaultyStore, deadLetters: () => number) {
    this.#world = world
    this.#store = store
    this.#deadLetters = deadLetters
    this.ledger = new FaultyLedger(world, store.dynamoDb)
    this.mailer = new FaultyMailer(world, this.ledger)
    this.#options = {
      siteName,
      language: "en",
      from,
      to: ["owner@example.com"],
      zone: world.history.zone,
      prices: [],
      questions: "shown",
      quietWeek: world.history.quietWeek,
      channelQuestions: "hidden",
      version
    }
  }

  /** The schedule fires, or the platform tries its event again. */
  fire(tries = 0): void {
    const { agenda } = this.#world
    if (tries === 0) this.#countFire()
    const { zone } = this.#world.history
    const week = previousWeek(agenda.now + this.#world.clockError("reporter"), zone)
    if (week !== previousWeek(agenda.now, zone)) {
      this.#world.count("report: clock stepped across a week's end")
    }
    this.#report(undefined, (end) => {
      const delay = retryDelaysMs[tries]
      if (end !== "failed" || delay === undefined) return
      agenda.after(delay, () => {
        this.#world.count("report: retried by the platform")
        this.fire(tries + 1)
      })
    })
  }

  #countFire(): void {
    if (this.#running > 0) this.#world.count("report: fired twice at once")
    else if (this.#runs > 0) this.#world.count("report: fired twice in turn")
  }

  /** An operator asks for the week now, which gives an interim report before it is over. */
  ask(): void {
    this.#report(this.#world.history.weekId, () => undefined)
  }

  /** The operator's last request: the week's report, until it is out. */
  finish(weekId: WeekId): void {
    const { agenda, chronicle } = this.#world
    const hadInterim = this.ledger.confirmed.has(entryOf({ weekId, interim: true }))
    if (hadInterim) this.#world.count("report: week's own report after an interim one")
    this.#report(weekId, (end) => {
      if (end === "failed" && !this.ledger.unanswered.has(weekId)) {
        chronicle.violate("a run without faults succeeds", weekId)
      }
      if (end === "held") agenda.after(askAgainMs, () => this.finish(weekId))
    })
  }

  /** An operator asks for the week's e-mail once more. */
  resend(): void {
    const { weekId } = this.#world.history
    const run = this.#newRun(true, () => this.#over(run, "was killed"))
    run.weekId = weekId
    run.entry = weekId
    const hasFrozen = this.ledger.frozen.has(weekId)
    const resent = this.#handled(run, { weekId, resend: true })
    run.instance.run(resent, this.#services(run), (exit) => {
      const failure = Option.getOrUndefined(Exit.findErrorOption(exit))
      this.#over(run, Exit.isSuccess(exit) ? "sent again" : `failed: ${failure?._tag}`)
      if (failure?._tag === "WeekOutOfReach" && failure.reason === "expired") {
        this.#world.count("report: too old to send again")
      }
      if (failure?._tag !== "NothingToResend") return
      this.#world.count("report: nothing to send again")
      if (hasFrozen) this.#world.chronicle.violate("a report that was made is sent again", weekId)
    })
  }

  #newRun(isResend: boolean, onKill: () => void): Run {
    const { agenda, chronicle, deployment } = this.#world
    this.#runs += 1
    this.#running += 1
    const instance = this.#world.instance("reporter", () => {
      run.wasKilled = true
      onKill()
    })
    const run: Run = {
      name: `run-${this.#runs}`,
      instance,
      begunAt: instance.clock.currentTimeMillisUnsafe(),
      suffers: (call) => {
        if (run.hasSent) run.wasCutShort = true
        if (call === "renew") run.couldNotRenew = true
      },
      isResend,
      weekId: undefined,
      entry: "",
      seen: new Set(),
      hasSent: false,
      couldNotRenew: false,
      wasSlow: false,
      settlingSince: undefined,
      wasKilled: false,
      wasCutShort: false
    }
    agenda.after(deployment.reporterTimeoutMs, () => run.instance.kill())
    chronicle.tell(`${run.name} started${isResend ? ", to send again" : ""}`)
    return run
  }

  #handled(run: Run, event: object) {
    return handleReport(event, run.name, this.#options)
  }

  #over(run: Run, outcome: string): void {
    this.#running -= 1
    if (run.weekId !== undefined && !run.isResend) this.weeks.add(run.weekId)
    this.#world.chronicle.tell(`${run.name} ${outcome}`)
  }

  #report(weekId: WeekId | undefined, onEnd: (end: RunEnd) => void): void {
    const run = this.#newRun(false, () => {
      this.#over(run, "was killed")
      onEnd("failed")
    })
    const reported = this.#handled(run, weekId === undefined ? {} : { weekId })
    run.instance.run(reported, this.#services(run), (exit) => {
      const failure = Option.getOrUndefined(Exit.findErrorOption(exit))
      this.#over(run, Exit.isSuccess(exit) ? exit.value.outcome : `failed: ${failure?._tag}`)
      if (Exit.isSuccess(exit)) {
        this.#checkOutcome(run, exit.value)
        onEnd(exit.value.outcome === "held" ? "held" : "settled")
        return
      }
      if (failure?._tag === "SendsUnanswered") {
        this.#world.count("report: never answered by the mail service")
        this.ledger.unanswered.add(run.entry)
      }
      if (failure?._tag === "StoreUnavailable") this.#checkPatience(run)
      if (failure?._tag === "ClaimLost" && this.ledger.endedBy.get(run.entry) === run) {
        this.#world.chronicle.violate("a run knows that it has ended its week", run.name)
      }
      if (failure?._tag === "ClaimLost" && !run.hasSent) {
        this.#world.count("report: claim lost before the e-mail")
      }
      onEnd("failed")
    })
  }

  /** A week that has ended is written down for a while, unless a clock that steps cuts it short. */
  #checkPatience({ name, settlingSince }: Run): void {
    if (settlingSince === undefined) return
    const { agenda, history } = this.#world
    const triedMs = agenda.now - settlingSince
    const hasStepped = history.clockSteps.reporter.some(
      ({ at }) => at >= settlingSince && at <= agenda.now
    )
    if (hasStepped || triedMs > patienceMs) return
    const detail = `${name} gave up after ${Math.round(triedMs)} ms`
    this.#world.chronicle.violate("the end of a week is written down with patience", detail)
  }

  /** The run tells its platform the truth about the week. */
  #checkOutcome(run: Run, { messageId, outcome }: Outcome): void {
    const { confirmed, skipped } = this.ledger
    const { entry, name } = run
    if (outcome === "held") {
      this.#world.count("report: left the week to another run")
      return
    }
    if (entry.endsWith("#interim") && outcome === "sent")
      this.#world.count("report: interim report")
    const isTrue = messageId === undefined ? skipped.has(entry) : confirmed.get(entry) === messageId
    if (!isTrue) {
      this.#world.chronicle.violate("a run tells how the week ended", `${name}: ${outcome}`)
    }
    if (outcome === "sent" && this.#isQuietWithDeadLetters(entry)) {
      this.#world.count("report: quiet week not skipped, because of dead letters")
    }
  }

  #isQuietWithDeadLetters(entry: string): boolean {
    const report: Partial<WeeklyReport> = this.ledger.frozen.get(entry) ?? {}
    const dead = newDeadLetters(report) ?? 0
    return this.#world.history.quietWeek === "skip" && report.events === 0 && dead > 0
  }

  /** A large week takes long to group; the run hears nothing meanwhile. */
  #slowDown(run: Run): void {
    if (run.wasSlow || !this.#world.strikes(this.#world.history.weather.reporterIsSlow)) return
    run.wasSlow = true
    run.couldNotRenew = true
    run.instance.compute(this.#world.chance.whole(1000, 300_000))
  }

  #services(run: Run) {
    const store = InteractionStore.of({
      record: () => Effect.die(new Error("the reporter records nothing")),
      get: this.#store.direct.get,
      newest: () => Effect.die(new Error("a report does not ask for it")),
      vote: () => Effect.die(new Error("the reporter records nothing")),
      voteOn: this.#store.direct.voteOn,
      summaries: (period) =>
        this.#store.summaries(run, period, () => {
          this.#slowDown(run)
          if (period.weekId !== run.weekId) return
          const now = run.instance.clock.currentTimeMillisUnsafe()
          run.seen.add(JSON.stringify(this.#world.expected.totals(period, now)))
        })
    })
    const deadLetters = Effect.sync(() => Option.some(this.#deadLetters()))
    return this.#world.loggers.pipe(
      Context.add(InteractionStore, store),
      Context.add(ReportLedger, this.ledger.of(run)),
      Context.add(Mailer, this.mailer.of(run)),
      Context.add(Channels, []),
      Context.add(DeadLetterGauge, DeadLetterGauge.of({ count: deadLetters })),
      Context.add(Meaning, Meaning.of({ nearness: () => Effect.succeed({ by: "words" }) })),
      Context.add(PipelineMeter, PipelineMeter.of({ read: () => Effect.succeed({}) })),
      Context.add(StorageGauge, StorageGauge.of({ bytes: Effect.succeedNone }))
    )
  }
}
