/** The local SQS server as a process of its own, so that it can be killed and started again. */
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import { portFlag, runProcess } from "../process/runProcess.ts"
import * as SqsServer from "./SqsServer.ts"

const flags = {
  port: portFlag,
  data: Flag.String("data").pipe(
    Flag.withDescription("folder that keeps the queues; in memory without it"),
    Flag.optional
  ),
  region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
}

runProcess("sqs", flags, ({ data, port, region }) =>
  SqsServer.make({ port, folder: Option.getOrUndefined(data), region })
)
