/** `npm start` runs the local system until Ctrl-C, and prints its events. */
import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { inOneLine, runCommandLine } from "../cli/runCommandLine.ts"
import { plural } from "../cli/wording.ts"
import { buildBundles } from "../infra/bundles.ts"
import type { Definitions } from "../infra/definitions/Definitions.ts"
import { run, toCron } from "../infra/definitions/Schedule.ts"
import { version } from "../src/runtime/version.ts"
import { deliveryFlag } from "./deliveryFlag.ts"
import { lineOf } from "./follow.ts"
import * as HealthPage from "./health/HealthPage.ts"
import * as LocalSystem from "./LocalSystem.ts"
import { localPorts, portDefault, portFlag } from "./ports.ts"
import { notStarted } from "./process/SupervisedProcess.ts"
import type { SystemEvent } from "./SystemEvent.ts"
import { startVariables } from "./startVariables.ts"

const root = fileURLToPath(new URL("../", import.meta.url))

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

const banner = (system: LocalSystem.LocalSystem, health: string): string =>
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
    `  health   ${health}`,
    `  queue    ${system.queueUrl}`,
    `  delivery ${deliveryText(system.definitions)}`,
    `  report   ${system.definitions.schedule.expression} ${system.definitions.schedule.timeZone}`,
    "",
    "  Ctrl-C stops it; queue, table and inbox are kept.",
    ""
  ].join("\n")

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
        siteName: "cv.example.com",
        reportFrom: "reports@example.com",
        reportTo: "owner@example.com",
        reportRetryDelays: ["60 seconds", "120 seconds"],
        tellsChannels: true,
        onEvent: print
      })
      const { definitions, report } = system
      const cron = yield* Effect.fromResult(toCron(definitions.schedule))
      yield* Effect.forkScoped(run(cron, report({})))
      const health = yield* HealthPage.serve(system, port + localPorts.health).pipe(
        notStarted("health page")
      )
      yield* Console.log(banner(system, health))
      return yield* Effect.never
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(start, version)
