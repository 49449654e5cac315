/** Runs the built Worker in workerd, Cloudflare's engine, as a separate process. */
import * as Flag from "effect/cli/Flag"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { start } from "./WorkerHost.ts"

const flags = {
  port: portFlag,
  queueUrl: Flag.String("queue-url").pipe(Flag.withDescription("the queue that gets the events")),
  isLimited: Flag.Boolean("limited").pipe(
    Flag.withDescription("limit the questions of a visitor, as a deployment does"),
    Flag.withDefault(false)
  ),
  clockAheadMs: Flag.Int("clock-ahead-ms").pipe(Flag.withDefault(0)),
  region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
}

runProcess("worker", flags, start)
