import * as Console from "effect/Console"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { aligned, figure, tableOf } from "../Measure.ts"
import type { CodecRow } from "./codecs.ts"
import { type ProcessorReport, runProcessorBench } from "./runProcessorBench.ts"

const codecTable = (rows: ReadonlyArray<CodecRow>): string =>
  aligned([
    ["text", "codec", "bytes", "as one", "units", "ms", "ms at 256 MB"],
    ...rows.map((row) => [
      row.text,
      row.codec,
      row.bytes.toFixed(0),
      row.bytesTogether.toFixed(0),
      row.writeUnits.toFixed(1),
      row.ms.toFixed(2),
      figure(row.msAt256Mb)
    ])
  ])

const printed = ({ codecs, engine, measures, node }: ProcessorReport): string =>
  [
    `Processor, on ${engine} and Node.js ${node}; the reference is the original design.`,
    tableOf(measures),
    "Codecs, per interaction; each event is compressed on its own, as it is stored.",
    codecTable(codecs)
  ].join("\n\n")

const onStep = (name: string): void => {
  process.stderr.write(`${name} …\n`)
}

export const processorCommand = Command.make(
  "processor",
  {
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("print one JSON object"),
      Flag.withDefault(false)
    )
  },
  Effect.fn("bench processor")(
    function* ({ json }) {
      const report = yield* runProcessorBench(onStep)
      yield* Console.log(json ? JSON.stringify(report) : printed(report))
      const missed = report.measures.filter(({ ok }) => ok === false)
      if (missed.length > 0) {
        return yield* new CliError.UserError({
          cause: missed,
          userMessage: `Missed: ${missed.map(({ measure }) => measure.trim()).join("; ")}`
        })
      }
    },
    Effect.scoped,
    (effect) =>
      Effect.mapError(effect, (error) =>
        error._tag === "UserError"
          ? error
          : new CliError.UserError({ cause: error, userMessage: error.message })
      )
  )
).pipe(Command.withDescription("the processor against the design that it comes from"))
