/** The built Worker in workerd, the engine that Cloudflare runs, as a process of its own. */
import * as Flag from "effect/cli/Flag"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { start } from "./WorkerHost.ts"

const flags = {
  port: portFlag,
  queueUrl: Flag.String("queue-url").pipe(Flag.withDescription("where events are sent")),
  region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
}

runProcess("worker", flags, start)
