/** A ledger, a store and a mailer that break at one step of a run, in one way, once. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Stream from "effect/Stream"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as MailerMemory from "../../../src/layers/MailerMemory.ts"
import * as ReportLedgerMemory from "../../../src/layers/ReportLedgerMemory.ts"
import { InteractionStore, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { Mailer, MailerUnavailable } from "../../../src/services/Mailer.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"

export type Step = "claim" | "count" | "freeze" | "renew" | "send" | "confirm"
type Call = Step | "release" | "skip" | "attempt" | "withdraw"

export interface CrashPlan {
  readonly step: Step
  /** `after` means that the step takes effect and its answer is lost. */
  readonly when: "before" | "after"
  /** A typed failure, a defect, or the end of the process. */
  readonly how: "fails" | "dies" | "is killed"
}

type Phase = "whole" | "dead" | "replaced"

/** Goes from whole to dead at the plan's step; `replace` starts another process in its place. */
export class Process extends Context.Service<
  Process,
  { readonly replace: Effect.Effect<void>; readonly phase: Ref.Ref<Phase> }
>()("test/Process") {
  static readonly layer = Layer.effect(
    Process,
    Effect.map(Ref.make<Phase>("whole"), (phase) => ({
      phase,
      replace: Ref.set(phase, "replaced")
    }))
  )
}

const gone = Effect.die(new Error("this process has ended"))

/** Breaks the effect when it is the plan's step, and lets no effect of a killed process happen. */
const breaking = ({ how, step, when }: CrashPlan, phase: Ref.Ref<Phase>) => {
  const crash = <E>(error: E): Effect.Effect<never, E> =>
    how === "fails" ? Effect.fail(error) : Effect.die(new Error(`${step} ${how}`))
  return <A, E, F>(name: Call, error: F, effect: Effect.Effect<A, E>) =>
    Effect.gen(function* () {
      const now = yield* Ref.get(phase)
      if (now === "dead" && how === "is killed") return yield* gone
      if (now !== "whole" || name !== step) return yield* effect
      yield* Ref.set(phase, "dead")
      if (when === "after") yield* effect
      return yield* crash(error)
    })
}

const broken = new StoreUnavailable({ operation: "test", detail: "broken" })
const unmailed = new MailerUnavailable({ detail: "broken", accepted: "unknown" })

const ledger = (plan: CrashPlan) =>
  Layer.effect(
    ReportLedger,
    Effect.gen(function* () {
      const [whole, { phase }] = [yield* ReportLedger, yield* Process]
      const at = breaking(plan, phase)
      return ReportLedger.of({
        claim: (options) => at("claim", broken, whole.claim(options)),
        renew: (claim, seconds) => at("renew", broken, whole.renew(claim, seconds)),
        freeze: (claim, report) => at("freeze", broken, whole.freeze(claim, report)),
        confirm: (claim, id) => at("confirm", broken, whole.confirm(claim, id)),
        skip: (claim) => at("skip", broken, whole.skip(claim)),
        attempt: (claim) => at("attempt", broken, whole.attempt(claim)),
        withdraw: (claim) => at("withdraw", broken, whole.withdraw(claim)),
        release: (claim) => at("release", broken, whole.release(claim)),
        reports: whole.reports,
        gaps: whole.gaps,
        keepGaps: whole.keepGaps,
        watched: whole.watched,
        keepWatched: whole.keepWatched
      })
    })
  ).pipe(Layer.provide(ReportLedgerMemory.layer))

const mailer = (plan: CrashPlan) =>
  Layer.effect(
    Mailer,
    Effect.gen(function* () {
      const [whole, { phase }] = [yield* Mailer, yield* Process]
      const at = breaking(plan, phase)
      return Mailer.of({ send: (message) => at("send", unmailed, whole.send(message)) })
    })
  ).pipe(Layer.provideMerge(MailerMemory.layer))

const store = (plan: CrashPlan) =>
  Layer.effect(
    InteractionStore,
    Effect.gen(function* () {
      const [whole, { phase }] = [yield* InteractionStore, yield* Process]
      const at = breaking(plan, phase)
      return InteractionStore.of({
        ...whole,
        summaries: (period) =>
          Stream.unwrap(at("count", broken, Effect.succeed(whole.summaries(period))))
      })
    })
  ).pipe(Layer.provide(InteractionStoreMemory.layer))

export const layer = (plan: CrashPlan) =>
  Layer.mergeAll(ledger(plan), mailer(plan), store(plan)).pipe(Layer.provideMerge(Process.layer))
