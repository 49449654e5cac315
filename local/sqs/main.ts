/** The local SQS server as a process of its own, so that it can be killed and started again. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { announce } from "../process/announce.ts"
import { untilParentEnds } from "../process/untilParentEnds.ts"
import * as SqsServer from "./SqsServer.ts"

const command = Command.make(
  "sqs",
  {
    port: Flag.Int("port").pipe(Flag.withDescription("0 = any free port"), Flag.withDefault(0)),
    data: Flag.String("data").pipe(
      Flag.withDescription("folder that keeps the queues; in memory without it"),
      Flag.optional
    ),
    region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
  },
  Effect.fn("sqs")(function* ({ port, data, region }) {
    const folder = Option.getOrUndefined(data)
    const { endpoint } = yield* SqsServer.make({ port, folder, region })
    yield* announce(endpoint)
    yield* untilParentEnds
  }, Effect.scoped)
)

Command.run(command, { version: "1.0.0" }).pipe(
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
