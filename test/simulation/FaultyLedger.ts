import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { leaseSeconds } from "../../src/programs/reporter/Lease.ts"
import { newDeadLetters, type WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { StoreUnavailable } from "../../src/services/InteractionStore.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"
import { usualDifferenceMs } from "./Clocks.ts"
import type { Call } from "./Coverage.ts"
import type { DynamoDbAdapters } from "./dynamodb/DynamoDbAdapters.ts"
import { emptyTotals } from "./Expected.ts"
import { remoteCall } from "./RemoteCall.ts"
import { entryOf, type LedgerEntry, type Run } from "./Run.ts"
import type { World } from "./World.ts"

/** The reporter's client waits so long for an answer. */
const patienceMs = 5000

type Ledger = ReportLedger["Service"]

interface Holder {
  readonly run: Run
  /** How wrong the clock was by which its lease was measured. */
  readonly clockError: number
}

/** The time at which a claim ends, in the answer of either adapter. */
const leaseUntilIn = (answer: object): number => {
  if ("leaseUntil" in answer) return Number(answer.leaseUntil)
  const attributes =
    "Attributes" in answer ? (answer.Attributes as Record<string, { N?: string }>) : {}
  return Number(attributes.leaseUntil?.N)
}

/** The report ledger that all runs share, and the books on the writes that it accepted. */
export class FaultyLedger {
  readonly #world: World
  readonly #dynamoDb: DynamoDbAdapters | undefined
  readonly #memory: Ledger
  readonly #holders = new Map<LedgerEntry, Holder>()
  readonly frozen = new Map<LedgerEntry, WeeklyReport>()
  readonly confirmed = new Map<LedgerEntry, string>()
  readonly skipped = new Set<LedgerEntry>()
  /** Entries whose e-mail is not sent again, because no answer ever came. */
  readonly unanswered = new Set<LedgerEntry>()
  /** The run that wrote down how the week ended. */
  readonly endedBy = new Map<LedgerEntry, Run>()
  /** Message ids by which the mail service accepted an e-mail of the entry. */
  readonly accepted = new Map<LedgerEntry, Set<string>>()

  constructor(world: World, dynamoDb: DynamoDbAdapters | undefined) {
    this.#world = world
    this.#dynamoDb = dynamoDb
    this.#memory = Context.get(world.machines, ReportLedger)
  }

  /** A lease is short, by any clock that is about right, so that a crash does not lock its week. */
  #claimed(run: Run, leaseUntil: number, clockError: number): void {
    const { agenda, chronicle } = this.#world
    const { entry } = run
    const holder = this.#holders.get(entry)
    chronicle.tell(`${run.name} claimed ${entry}${this.frozen.has(entry) ? ", frozen" : ""}`)
    if (holder?.run.wasKilled === true) this.#world.count("report: took over after a crash")
    if (holder !== undefined && holder.run !== run && !holder.run.instance.isOver) {
      this.#tookOver(run, holder, Math.abs(clockError - holder.clockError))
    }
    const leaseMax = agenda.now + leaseSeconds * 1000 + usualDifferenceMs
    if (leaseUntil - clockError > leaseMax) {
      chronicle.violate("a crash locks its week for two minutes at most", run.name)
    }
    this.#holders.set(entry, { run, clockError })
  }

  #renewed(run: Run, clockError: number): void {
    run.couldNotRenew = false
    if (!this.frozen.has(run.entry)) this.#world.count("report: claim renewed in mid-run")
    this.#holders.set(run.entry, { run, clockError })
  }

  #tookOver(run: Run, holder: Holder, difference: number): void {
    if (holder.run.couldNotRenew) {
      this.#world.count("report: took over from a run that stood still")
      return
    }
    if (difference <= usualDifferenceMs) {
      const detail = `${run.name} took ${run.entry} from ${holder.run.name}`
      this.#world.chronicle.violate("a run that lives keeps its week", detail)
    }
    this.#world.count("report: a wrong clock ended a lease")
    run.wasCutShort = true
    holder.run.wasCutShort = true
  }

  /** The frozen numbers are those of the store in the moment in which the run read it. */
  #froze(run: Run, report: WeeklyReport): void {
    const { chronicle } = this.#world
    const { entry } = run
    const { answers, events = 0, lost = 0, questions, sessions, status, tokens } = report
    const { alone = 0, down = 0, up = 0 } = report.votes ?? {}
    const votes = { up, down, alone }
    const counted = { questions, sessions, answers, status, tokens, events, lost, votes }
    const totals = JSON.stringify(counted)
    const seen = run.seen.size === 0 ? new Set([JSON.stringify(emptyTotals())]) : run.seen
    chronicle.tell(`${run.name} froze ${entry}: ${questions} questions`)
    // a week that was written to between two pages has no one moment to compare with
    if (seen.size === 1 && !seen.has(totals) && report.readUntil === undefined) {
      const detail = `${entry}: ${totals} instead of ${[...seen].join()}`
      chronicle.violate("the report's totals are the store's", detail)
    }
    if (entry === run.weekId && run.begunAt < report.period.endMs) {
      chronicle.violate("a week's own report waits for its end", entry)
    }
    if ((this.frozen.get(entry) ?? report) !== report) {
      chronicle.violate("a week is frozen once", entry)
    }
    this.frozen.set(entry, report)
  }

  #confirmed(run: Run, messageId: string): void {
    const { chronicle } = this.#world
    const { entry } = run
    chronicle.tell(`${run.name} confirmed ${entry} as ${messageId}`)
    if ((this.confirmed.get(entry) ?? messageId) !== messageId) {
      chronicle.violate("a week is confirmed at most once", entry)
    }
    if (this.accepted.get(entry)?.has(messageId) !== true) {
      chronicle.violate("only an e-mail that was accepted is confirmed", entry)
    }
    this.confirmed.set(entry, messageId)
    this.endedBy.set(entry, run)
    this.#holders.delete(entry)
  }

  /** A week is skipped only if its owner wants that and its numbers are surely zero. */
  #skipped(run: Run): void {
    const { chronicle, history } = this.#world
    const { entry } = run
    chronicle.tell(`${run.name} skipped ${entry}`)
    const report: Partial<WeeklyReport> = this.frozen.get(entry) ?? {}
    const { lost = 0, questions = 1, status } = report
    const dead = newDeadLetters(report) ?? 0
    const isQuiet = questions + (status?.awaitingQuery ?? 0) + lost + dead === 0
    if (!isQuiet || history.quietWeek !== "skip") {
      chronicle.violate("only a quiet week is skipped", entry)
    }
    if (this.confirmed.has(entry)) chronicle.violate("a week that was sent is not skipped", entry)
    this.#world.count("report: quiet week skipped")
    this.skipped.add(entry)
    this.endedBy.set(entry, run)
    this.#holders.delete(entry)
  }

  /** Once the e-mail is out, or not wanted, the lease has to keep other runs away. */
  #checkRelease(run: Run): void {
    if (run.settlingSince === undefined) return
    this.#world.chronicle.violate("a week that has ended is not given back", run.name)
  }

  /** Hears of an operation in the moment in which it takes effect, whichever adapter runs it. */
  #through<A, E>(
    run: Run,
    call: Call,
    operation: (ledger: Ledger) => Effect.Effect<A, E>,
    onApplied: (answer: object) => void
  ): Effect.Effect<A, E | StoreUnavailable> {
    if (this.#dynamoDb !== undefined) {
      const passage = { caller: run, call, patienceMs }
      return operation(
        this.#dynamoDb.ledger({ ...passage, onApplied: (_, answer) => onApplied(answer) })
      )
    }
    return remoteCall<A, E | StoreUnavailable>(this.#world, run, {
      call,
      apply: () => {
        const exit = run.instance.now(operation(this.#memory))
        if (Exit.isSuccess(exit))
          onApplied(typeof exit.value === "object" ? Object(exit.value) : {})
        return exit
      },
      unavailable: (detail) => new StoreUnavailable({ operation: call, detail }),
      patienceMs
    })
  }

  /** Notes when the run began, because it has to be patient. */
  #settling<A, E>(
    run: Run,
    call: Call,
    operation: (ledger: Ledger) => Effect.Effect<A, E>,
    onApplied: () => void
  ): Effect.Effect<A, E | StoreUnavailable> {
    return Effect.suspend(() => {
      run.settlingSince ??= this.#world.agenda.now
      return this.#through(run, call, operation, onApplied)
    })
  }

  /** The memory adapter looks at the clock when the request arrives, the other when it leaves. */
  #errorOf({ instance }: Run, errorAtCall: number): number {
    return this.#dynamoDb === undefined ? instance.clockError : errorAtCall
  }

  /** The ledger as one run has it. */
  of(run: Run): Ledger {
    return ReportLedger.of({
      gaps: this.#memory.gaps,
      keepGaps: this.#memory.keepGaps,
      watched: Effect.die(new Error("the histories are too short for the watch")),
      keepWatched: () => Effect.die(new Error("the histories are too short for the watch")),
      reports: (weekIds) =>
        this.#through(
          run,
          "read",
          (ledger) => ledger.reports(weekIds),
          () => undefined
        ),
      claim: (options) =>
        Effect.suspend(() => {
          run.entry = entryOf(options)
          run.weekId = options.weekId
          const errorAtCall = run.instance.clockError
          return this.#through(
            run,
            "claim",
            (ledger) => ledger.claim(options),
            (answer) => this.#claimed(run, leaseUntilIn(answer), this.#errorOf(run, errorAtCall))
          )
        }),
      renew: (held, seconds) =>
        Effect.suspend(() => {
          const errorAtCall = run.instance.clockError
          return this.#through(
            run,
            "renew",
            (ledger) => ledger.renew(held, seconds),
            () => this.#renewed(run, this.#errorOf(run, errorAtCall))
          )
        }),
      freeze: (held, report) =>
        this.#through(
          run,
          "freeze",
          (ledger) => ledger.freeze(held, report),
          () => this.#froze(run, report)
        ),
      attempt: (held) =>
        this.#through(
          run,
          "attempt",
          (ledger) => ledger.attempt(held),
          () => undefined
        ),
      withdraw: (held) =>
        this.#through(
          run,
          "withdraw",
          (ledger) => ledger.withdraw(held),
          () => undefined
        ),
      confirm: (held, messageId) =>
        this.#settling(
          run,
          "confirm",
          (ledger) => ledger.confirm(held, messageId),
          () => this.#confirmed(run, messageId)
        ),
      skip: (held) =>
        this.#settling(
          run,
          "skip",
          (ledger) => ledger.skip(held),
          () => this.#skipped(run)
        ),
      release: (held) => {
        this.#checkRelease(run)
        return this.#through(
          run,
          "release",
          (ledger) => ledger.release(held),
          () => this.#holders.delete(run.entry)
        )
      }
    })
  }
}
