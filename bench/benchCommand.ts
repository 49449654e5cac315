import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { jsonFlag } from "../cli/flags.ts"
import { failWith, inOneLine } from "../cli/runCommandLine.ts"
import type { Measure } from "./Measure.ts"

type Row = Pick<Measure, "measure" | "ok">

interface Bench<Given extends Command.Command.Config, Report, E, R> {
  readonly short: string
  readonly description: string
  readonly flags: Given
  readonly measure: (
    given: Command.Command.Config.Infer<{ readonly given: Given }>["given"]
  ) => Effect.Effect<Report, E, R | Scope.Scope>
  readonly printed: (report: Report) => string
  readonly rows: (report: Report) => ReadonlyArray<Row>
}

/** A bench as a command: it prints its report, and fails if a target is missed. */
export const benchCommand = <
  Name extends string,
  const Given extends Command.Command.Config,
  Report,
  E extends { readonly message: string },
  R
>(
  name: Name,
  { description, flags, measure, printed, rows, short }: Bench<Given, Report, E, R>
) =>
  Command.make(name, { json: jsonFlag, given: flags }, ({ given, json }) =>
    Effect.gen(function* () {
      const report = yield* measure(given).pipe(Effect.scoped, inOneLine)
      yield* Console.log(json ? JSON.stringify(report) : printed(report))
      const missed = rows(report).filter(({ ok }) => ok === false)
      if (missed.length > 0) {
        yield* failWith(`Missed: ${missed.map((row) => row.measure.trim()).join("; ")}`)
      }
    })
  ).pipe(Command.withDescription(description), Command.withShortDescription(short))
