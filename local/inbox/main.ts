/** The local mail service with its inbox page, as a process of its own that keeps what it accepted. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { announce } from "../process/announce.ts"
import { untilParentEnds } from "../process/untilParentEnds.ts"
import { serve } from "./Inbox.ts"

const command = Command.make(
  "inbox",
  {
    port: Flag.Int("port").pipe(Flag.withDescription("0 = any free port"), Flag.withDefault(0)),
    data: Flag.String("data").pipe(Flag.withDescription("folder of the accepted messages"))
  },
  Effect.fn("inbox")(function* ({ data, port }) {
    yield* announce(yield* serve({ port, folder: data }))
    yield* untilParentEnds
  }, Effect.scoped)
)

Command.run(command, { version: "1.0.0" }).pipe(
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
