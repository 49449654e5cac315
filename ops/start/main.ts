/** `npm start` runs the local system and its console until Ctrl-C, and prints its events. */
import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { plural } from "../../cli/wording.ts"
import { buildBundles } from "../../infra/bundles.ts"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { run, type ScheduleDefinition, toCron } from "../../infra/definitions/Schedule.ts"
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

const whenText = ({ expression, timeZone }: ScheduleDefinition): string =>
  `${expression} ${timeZone}`

const deliveryText = ({ delivery }: Definitions): string =>
  delivery.by === "trigger"
    ? "by trigger, at once"
    : `by schedule, every ${plural(delivery.everyMinutes, "minute")}`

/** Fires the reporter when the schedules of a deployment would, each with its event. */
const runSchedules = ({ definitions, report }: LocalSystem.LocalSystem) => {
  const { check, schedule, watch } = definitions
  const timed = [
    { ...schedule, input: "{}" },
    { ...check, input: "{}" },
    ...(watch === undefined ? [] : [watch])
  ]
  return Effect.forEach(timed, ({ input, ...when }) =>
    Effect.flatMap(Effect.fromResult(toCron(when)), (cron) =>
      Effect.forkScoped(run(cron, report(JSON.parse(input))))
    )
  )
}

/** What is most often in the way of a start, and how to go on. */
const wayOut = (detail: string, data: string): string =>
  /is taken$/.test(detail)
    ? "another npm start may run: stop it, or give --port with six free ports in a row"
    : `if its data are damaged, move ${data} away, or give another folder with --data`

const previewWords = (port: number): string =>
  `npm run ops -- report preview --local${port === portDefault ? "" : ` --port ${port}`} --open`

const banner = (system: LocalSystem.LocalSystem, port: number, address: string): string =>
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
    "  Then read this week's e-mail so far:",
    "",
    `    ${previewWords(port)}`,
    "",
    `  page     ${system.workerUrl}/`,
    `  inbox    ${system.inboxUrl}`,
    `  console  ${address}`,
    `  queue    ${system.queueUrl}`,
    `  delivery ${deliveryText(system.definitions)}`,
    `  report   ${whenText(system.definitions.schedule)}`,
    `  check    ${whenText(system.definitions.check)}`,
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
        limitsQuestions: true,
        onEvent: print
      }).pipe(
        Effect.catchTag("NotStarted", ({ detail, message }) =>
          failWith(`${message}; ${wayOut(detail, data)}`)
        )
      )
      yield* runSchedules(system)
      const zone = DateTime.zoneMakeNamedUnsafe(system.definitions.schedule.timeZone)
      const held = yield* Layer.build(yield* consoleData(port, zone))
      const address = yield* openConsole({
        port: Option.some(port + localPorts.console),
        zone,
        siteName,
        gapFile: `${root}examples/cv-chatbot/gaps.jsonl`,
        processes: processesOf(system)
      }).pipe(Effect.provide(held))
      yield* Console.log(banner(system, port, address))
      return yield* Effect.never
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(start, version)
