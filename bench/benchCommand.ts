import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { jsonFlag } from "../cli/flags.ts"
import { failWith, inOneLine } from "../cli/runCommandLine.ts"
import type { Measure } from "./Measure.ts"

type Row = Pick<Measure, "measure" | "ok">

interface Bench<Report, E, R> {
  readonly description: string
  readonly measure: (onStep: (name: string) => void) => Effect.Effect<Report, E, R | Scope.Scope>
  readonly printed: (report: Report) => string
  readonly rows: (report: Report) => ReadonlyArray<Row>
}

const onStep = (name: string): void => {
  process.stderr.write(`${name} …\n`)
}

/** A bench as a command: it prints its report, and ends with 1 if a target is missed. */
export const benchCommand = <Name extends string, Report, E extends Error, R>(
  name: Name,
  { description, measure, printed, rows }: Bench<Report, E, R>
) =>
  Command.make(name, { json: jsonFlag }, ({ json }) =>
    Effect.gen(function* () {
      const report = yield* measure(onStep).pipe(Effect.scoped, inOneLine)
      yield* Console.log(json ? JSON.stringify(report) : printed(report))
      const missed = rows(report).filter(({ ok }) => ok === false)
      if (missed.length > 0) {
        return yield* failWith(`Missed: ${missed.map((row) => row.measure.trim()).join("; ")}`)
      }
    })
  ).pipe(Command.withDescription(description))
