/** `npm start` runs the local system and its console until Ctrl-C, and prints its events. */
import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { buildBundles } from "../../infra/bundles.ts"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { run, toCron } from "../../infra/definitions/Schedule.ts"
import { deliveryFlag } from "../../local/deliveryFlag.ts"
import { lineOf } from "../../local/follow.ts"
import * as LocalSystem from "../../local/LocalSystem.ts"
import { localPorts, portDefault, portFlag } from "../../local/ports.ts"
import type { SystemEvent } from "../../local/SystemEvent.ts"
import { startVariables } from "../../local/startVariables.ts"
import { version } from "../../src/runtime/version.ts"
import { knownPrices } from "../../src/schema/report/KnownPrices.ts"
import * as ConsoleDataTable from "../console/ConsoleDataTable.ts"
import { openConsole } from "../console/openConsole.ts"
import { open } from "../installation/Installation.ts"
import { localFlags } from "../installation/installationFlags.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const flags = {
  delivery: deliveryFlag.pipe(Flag.withDefault("trigger")),
  port: portFlag("where questions are asked; the next five ports are used too").pipe(
    Flag.withDefault(portDefault)
  ),
  data: Flag.String("data").pipe(
    Flag.withDescription("folder that keeps queue, table and inbox between starts"),
    Flag.withDefault(`${root}.data`)
  )
}

const print = (event: SystemEvent) =>
  Effect.flatMap(DateTime.now, (now) => {
    const line = lineOf(now, event)
    return line === undefined ? Effect.void : Console.log(line)
  })

const deliveryText = ({ delivery }: Definitions): string =>
  delivery.by === "trigger"
    ? "by trigger, at once"
    : `by schedule, every ${plural(delivery.everyMinutes, "minute")}`

/** The event of each run is the one that the schedule of a deployment sends. */
const watchHourly = Effect.fnUntraced(function* ({ definitions, report }: LocalSystem.LocalSystem) {
  const { watch } = definitions
  if (watch === undefined) return
  const cron = yield* Effect.fromResult(toCron(watch))
  yield* run(cron, report(JSON.parse(watch.input)))
})

const banner = (system: LocalSystem.LocalSystem, address: string): string =>
  [
    "",
    "  cv-analytics is up. Ask a question:",
    "",
    `    curl -s ${system.workerUrl}/query -H 'content-type: application/json' \\`,
    `      -A 'Mozilla/5.0 Firefox/145.0' \\`,
    `      -d '{"query":"Which programming languages do you know?"}'`,
    "",
    "  (curl's own user agent counts as a bot, and the report leaves bots out.)",
    "",
    `  page     ${system.workerUrl}/`,
    `  inbox    ${system.inboxUrl}`,
    `  console  ${address}`,
    `  queue    ${system.queueUrl}`,
    `  delivery ${deliveryText(system.definitions)}`,
    `  report   ${system.definitions.schedule.expression} ${system.definitions.schedule.timeZone}`,
    "",
    "  Ctrl-C stops it; queue, table and inbox are kept.",
    ""
  ].join("\n")

const siteName = "cv.example.com"

/** The console lists them; a function's process has no address. */
const processesOf = (system: LocalSystem.LocalSystem) =>
  Effect.gen(function* () {
    const processes = yield* Effect.forEach(system.processes, ({ endpoint, name, processId }) =>
      Effect.map(processId, (id) => ({ name, endpoint, processId: id }))
    )
    const processors = yield* system.processor.processIds
    return [
      ...processes,
      ...processors.map((processId) => ({ name: "processor", endpoint: "", processId }))
    ]
  })

/** The console finds the system as every command does that is given --local. */
const consoleData = Effect.fnUntraced(function* (port: number, zone: DateTime.TimeZone.Named) {
  const given = localFlags(port)
  const installation = yield* open(given)
  return ConsoleDataTable.layer({
    installation,
    given,
    source: { kind: "local", name: installation.name, showsTexts: true },
    counting: { zone, prices: knownPrices }
  })
})

const start = Command.make(
  "start",
  flags,
  Effect.fn("start")(
    function* ({ data, delivery, port }) {
      yield* Effect.promise(buildBundles)
      const system = yield* LocalSystem.start({
        ports: {
          worker: port,
          inbox: port + localPorts.mail,
          sqs: port + localPorts.queues,
          dynamoDb: port + localPorts.table,
          metrics: port + localPorts.metrics
        },
        folder: data,
        variables: { ...startVariables, delivery },
        siteName,
        reportFrom: "reports@example.com",
        reportTo: "owner@example.com",
        reportRetryDelays: ["60 seconds", "120 seconds"],
        tellsChannels: true,
        onEvent: print
      })
      const { definitions, report } = system
      const cron = yield* Effect.fromResult(toCron(definitions.schedule))
      yield* Effect.forkScoped(run(cron, report({})))
      yield* Effect.forkScoped(watchHourly(system))
      const zone = DateTime.zoneMakeNamedUnsafe(definitions.schedule.timeZone)
      const held = yield* Layer.build(yield* consoleData(port, zone))
      const address = yield* openConsole({
        port: Option.some(port + localPorts.console),
        zone,
        siteName,
        gapFile: `${root}examples/cv-chatbot/gaps.jsonl`,
        processes: processesOf(system)
      }).pipe(Effect.provide(held))
      yield* Console.log(banner(system, address))
      return yield* Effect.never
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(start, version)
