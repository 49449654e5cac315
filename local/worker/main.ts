/** The built Worker in workerd, the engine that Cloudflare runs, as a process of its own. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Miniflare } from "miniflare"
import { announce } from "../process/announce.ts"
import { untilParentEnds } from "../process/untilParentEnds.ts"

const root = new URL("../../", import.meta.url).pathname

const command = Command.make(
  "worker",
  {
    port: Flag.Int("port").pipe(Flag.withDescription("0 = any free port"), Flag.withDefault(0)),
    queueUrl: Flag.String("queue-url").pipe(Flag.withDescription("where events are sent")),
    region: Flag.String("region").pipe(Flag.withDefault("eu-west-1"))
  },
  Effect.fn("worker")(function* ({ port, queueUrl, region }) {
    const worker = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new Miniflare({
            host: "127.0.0.1",
            port,
            cf: false,
            modules: true,
            scriptPath: `${root}dist/edge/main.js`,
            compatibilityDate: "2026-07-01",
            bindings: {
              AWS_REGION: region,
              AWS_ACCESS_KEY_ID: "local",
              AWS_SECRET_ACCESS_KEY: "local",
              QUEUE_URL: queueUrl
            }
          })
      ),
      (miniflare) => Effect.promise(() => miniflare.dispose())
    )
    const url = yield* Effect.promise(() => worker.ready)
    yield* announce(url.origin)
    yield* untilParentEnds
  }, Effect.scoped)
)

Command.run(command, { version: "1.0.0" }).pipe(
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
