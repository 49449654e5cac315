import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { toggle } from "../../cli/flags.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { definitionsOf } from "../Place.ts"
import { optionsOf, report, weekOf } from "./report.ts"
import { systemOf } from "./System.ts"
import type { Recipients } from "./settings.ts"

export const dryRunFlag = toggle("dry-run", "do all but the sending")

/** What it takes to mail a week: the week, the options, and the system that a step runs on. */
export const mailing = Effect.fnUntraced(function* (input: {
  readonly to: Recipients
  readonly week: Option.Option<WeekId>
  readonly dryRun: boolean
}) {
  const given = yield* report
  if (!given.local && Option.isNone(given.fromAddress)) {
    return yield* refuse("give --from-address, a sender that SES has verified, or set REPORT_FROM")
  }
  const options = optionsOf(given, yield* definitionsOf(given), input.to)
  const system = yield* systemOf(given)
  const services = Layer.merge(system.numbers, system.mailer(input.dryRun))
  return {
    options,
    week: yield* weekOf(input.week, options.zone),
    run: <A, E, R>(step: Effect.Effect<A, E, R>) => system.clearly(Effect.provide(step, services))
  }
})
