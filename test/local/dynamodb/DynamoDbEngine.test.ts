import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand
} from "@aws-sdk/client-dynamodb"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as PlatformError from "effect/PlatformError"
import * as ChildProcessSpawner from "effect/process/ChildProcessSpawner"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { createTable } from "../../../local/dynamodb/createTable.ts"
import { clientConfig, EngineFailed, start } from "../../../local/dynamodb/DynamoDbEngine.ts"
import { isRunning, until } from "../lambda/fixtures/processes.ts"
import { listeningOn } from "../listeningOn.ts"

const clientOf = (endpoint: string) =>
  Effect.acquireRelease(
    Effect.sync(() => new DynamoDBClient(clientConfig(endpoint))),
    (client) => Effect.sync(() => client.destroy())
  )

const absent = PlatformError.systemError({
  _tag: "NotFound",
  module: "ChildProcess",
  method: "spawn"
})

/** A machine with an empty disk and an empty PATH. */
const bareMachine = Layer.merge(
  FileSystem.layerNoop({
    exists: () => Effect.succeed(false),
    readDirectory: () => Effect.fail(absent)
  }),
  Layer.succeed(
    ChildProcessSpawner.ChildProcessSpawner,
    ChildProcessSpawner.make(() => Effect.fail(absent))
  )
)

describe("the DynamoDB engine", () => {
  it.live("answers as soon as it is started, and ends with its scope", () =>
    Effect.gen(function* () {
      const processId = yield* Effect.scoped(
        Effect.gen(function* () {
          const engine = yield* start({ port: 0, folder: undefined })
          const client = yield* clientOf(engine.endpoint)
          const { TableNames } = yield* Effect.promise(() => client.send(new ListTablesCommand()))
          assert.deepStrictEqual(TableNames, [])
          assert.isTrue(isRunning(engine.processId))
          return engine.processId
        })
      )
      assert.isFalse(isRunning(processId))
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("keeps acknowledged writes in its folder, even when it is killed", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = `${yield* fs.makeTempDirectoryScoped()}/not/there/yet`
      const definitions = yield* readDefinitions()
      const { TableName } = definitions.table
      const Key = { requestId: { S: "kept" }, timestamp: { N: "1" } }

      const first = yield* start({ port: 0, folder })
      const client = yield* clientOf(first.endpoint)
      yield* createTable(client, definitions)
      yield* Effect.promise(() => client.send(new PutItemCommand({ TableName, Item: Key })))
      process.kill(first.processId, "SIGKILL")
      yield* until(() => !isRunning(first.processId))

      const second = yield* start({ port: Number(new URL(first.endpoint).port), folder })
      assert.strictEqual(second.endpoint, first.endpoint)
      const again = yield* clientOf(second.endpoint)
      yield* createTable(again, definitions)
      const { Item } = yield* Effect.promise(() =>
        again.send(new GetItemCommand({ TableName, Key }))
      )
      assert.deepStrictEqual(Item, Key)
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )

  it.live.skipIf(process.platform !== "linux")(
    "listens on loopback alone, whichever engine it is",
    () =>
      Effect.gen(function* () {
        for (const prefer of ["dynoxide", "dynamodb-local"] as const) {
          const { endpoint } = yield* start({ port: 0, folder: undefined, prefer })
          const addresses = listeningOn(Number(new URL(endpoint).port))
          assert.deepStrictEqual([...new Set(addresses)], ["127.0.0.1"], prefer)
        }
      }).pipe(Effect.scoped, Effect.provide(NodeServices.layer)),
    120_000
  )

  it.live("does not start on a taken port, though another engine answers there", () =>
    Effect.gen(function* () {
      const { endpoint, engine } = yield* start({ port: 0, folder: undefined })
      const port = Number(new URL(endpoint).port)
      const error = yield* Effect.flip(start({ port, folder: undefined }))
      assert.deepStrictEqual(error, new EngineFailed({ engine, detail: `port ${port} is taken` }))
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )

  it.live("says what to install when no engine can start", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(start({ port: 0, folder: undefined }))
      assert.strictEqual(error._tag, "EngineMissing")
      assert.match(error.message, /dynoxide: npm ci installed no @dynoxide\/\S+/)
      assert.match(error.message, /dynamodb-local: install a JDK of Java 17 or newer/)
    }).pipe(Effect.scoped, Effect.provide(bareMachine))
  )

  it.live("does not outlive a process that is killed", () =>
    Effect.gen(function* () {
      const path = fileURLToPath(new URL("./fixtures/doomedHost.ts", import.meta.url))
      const host = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "ignore"] })
      const processId = yield* Effect.callback<number>((resume) => {
        const lines = createInterface({ input: host.stdout })
        lines.once("line", (line) => resume(Effect.succeed(Number(line))))
      })
      assert.isTrue(isRunning(processId))
      host.kill("SIGKILL")
      yield* until(() => !isRunning(processId))
    })
  )
})
