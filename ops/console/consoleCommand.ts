import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { count, optionalText, toggle } from "../../cli/flags.ts"
import { inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { portDefault, portFlag } from "../../local/ports.ts"
import { pricesOf } from "../../src/schema/report/KnownPrices.ts"
import { targetFlags } from "../deploy/flags.ts"
import { nameOfStage } from "../deploy/Target.ts"
import { fileOf as gapFileOf, gapFlags } from "../gaps/gaps.ts"
import { open } from "../installation/Installation.ts"
import { type InstallationFlags, installationFlags } from "../installation/installationFlags.ts"
import { manual } from "../manual.ts"
import { definitionsOf } from "../Place.ts"
import { zoneOf } from "../report/report.ts"
import { settings } from "../report/settings.ts"
import { ConsoleData } from "./ConsoleData.ts"
import * as ConsoleDataMemory from "./ConsoleDataMemory.ts"
import * as ConsoleDataTable from "./ConsoleDataTable.ts"
import { openConsole } from "./openConsole.ts"

const { port: startPort, ...place } = installationFlags

const flags = {
  ...place,
  from: optionalText("from", "a file of ops export --format jsonl, in place of a table"),
  stage: targetFlags.stage,
  port: count("port", "where the console answers (default: 8797, or any that is free)", {
    minimum: 1,
    maximum: 65_535
  }).pipe(Flag.optional),
  startPort: portFlag(
    `with --local: the port of npm start (default: ${portDefault})`,
    "start-port"
  ).pipe(Flag.optional),
  knowledge: gapFlags.knowledge,
  gapFile: optionalText(
    "gap-file",
    "file of the gaps (default: gaps.jsonl beside the knowledge base)"
  ),
  withText: toggle("with-text", "show questions, answers and comments"),
  site: settings.site,
  zone: settings.zone,
  prices: settings.prices
}
type Input = Command.Command.Config.Infer<typeof flags>

/** The table that the flags name, as the other commands name it. */
const installationOf = Effect.fnUntraced(function* (input: Input) {
  const { local, stage, startPort: port, table } = input
  if (Option.isSome(stage) && (local || Option.isSome(table))) {
    return yield* refuse("--stage names a table on AWS: leave out --local and --table")
  }
  if (Option.isSome(port) && !local) return yield* refuse("--start-port is for --local")
  const given: InstallationFlags = {
    ...input,
    port,
    table: Option.match(stage, {
      onNone: () => table,
      onSome: (name) => Option.some(nameOfStage(name))
    })
  }
  return given
})

const isElsewhere = ({ endpoint, local, region, stage, startPort: port, table }: Input): boolean =>
  local || [endpoint, region, stage, port, table].some((flag) => Option.isSome<unknown>(flag))

const dataOf = Effect.fnUntraced(function* (input: Input) {
  const { from, local, prices, withText: showsTexts } = input
  const given = yield* installationOf(input)
  const zone = zoneOf(input, yield* definitionsOf(given))
  const counting = { zone, prices: pricesOf(prices) }
  if (Option.isSome(from)) {
    if (isElsewhere(input)) {
      return yield* refuse("--from reads a file: leave out --local and every flag of another place")
    }
    return { zone, data: ConsoleDataMemory.layerOfExport(from.value, { counting, showsTexts }) }
  }
  const installation = yield* open(given)
  const source = { kind: local ? "local" : "stage", name: installation.name, showsTexts } as const
  return { zone, data: ConsoleDataTable.layer({ installation, given, source, counting }) }
})

const welcome = (
  address: string,
  { holdsTexts, name, showsTexts }: ConsoleData["Service"]["source"]
) =>
  [
    `The console of ${name} reads, and changes nothing. Open it in a browser of this machine:`,
    "",
    `  ${address}`,
    "",
    ...(holdsTexts && !showsTexts ? ["Questions are hidden; --with-text shows them."] : []),
    "Ctrl-C ends it."
  ].join("\n")

const serve = Effect.fnUntraced(function* (input: Input, shown: Parameters<typeof openConsole>[0]) {
  const { source } = yield* ConsoleData
  const address = yield* openConsole(shown)
  yield* Console.log(
    input.json
      ? JSON.stringify({ address, source: source.name, showsTexts: source.showsTexts })
      : welcome(address, source)
  )
  return yield* Effect.never
})

const run = Effect.fn("console")(
  function* (input: Input) {
    const { data, zone } = yield* dataOf(input)
    const { port, site: siteName } = input
    const gapFile = yield* gapFileOf({ file: input.gapFile, knowledge: input.knowledge })
    const shown = { port, zone, siteName, gapFile, processes: Effect.succeed([]) }
    return yield* serve(input, shown).pipe(Effect.provide(data))
  },
  Effect.scoped,
  inOneLine
)

export const consoleCommand = Command.make("console", flags, run).pipe(
  manual({
    short: "open a page with questions, weeks and health on this machine",
    long:
      "Serves a page on 127.0.0.1 until Ctrl-C, and prints its address with a token that lets " +
      "a browser in: questions as they come, any week as its e-mail tells it, conversations, " +
      "gaps, a search and the health of the installation. It reads alone, hosts nothing and " +
      "needs no login. It shows questions and answers only with --with-text. Every start has " +
      "another token.",
    examples: {
      "console --local --with-text": "the system of npm start",
      "console --stage staging --region eu-west-1": "a stage on AWS, without texts",
      "console --from interactions.jsonl --with-text": "an export, without AWS"
    }
  })
)
