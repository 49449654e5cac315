/** Runs the local SQS server as a separate process, which can be killed and started again. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { countsLine, type QueueCounts } from "./QueueCounts.ts"
import * as SqsServer from "./SqsServer.ts"

const flags = {
  port: portFlag,
  data: Flag.String("data").pipe(
    Flag.withDescription("folder that keeps the queues (in memory without it)"),
    Flag.optional
  ),
  region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
}

const print = (queueName: string, counts: QueueCounts) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => Console.log(countsLine(queueName, counts, now)))

runProcess("sqs", flags, ({ data, port, region }) =>
  SqsServer.make({ port, folder: Option.getOrUndefined(data), region, onCounts: print })
)
