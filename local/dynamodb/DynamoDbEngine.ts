import { randomInt } from "node:crypto"
import { createServer } from "node:net"
import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  ListTablesCommand
} from "@aws-sdk/client-dynamodb"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import { type ChildProcessHandle, ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { guardArguments } from "../process/processGroup.ts"
import { type EngineName, type EngineProgram, findProgram } from "./EngineProgram.ts"

/** The engine is installed but did not start; `detail` is its last line. */
export class EngineFailed extends Data.TaggedError("EngineFailed")<{
  readonly engine: string
  readonly detail: string
}> {
  override get message() {
    return `${this.engine} did not start: ${this.detail}`
  }
}

export interface Options {
  /** 0 = any free port. */
  readonly port: number
  /** The tables are kept here; without it they end with the process. */
  readonly folder: string | undefined
  readonly prefer?: EngineName
}

export interface DynamoDbEngine<Name extends string = EngineName> {
  readonly endpoint: string
  readonly engine: Name
  readonly processId: number
  /** Ends when the engine does. */
  readonly ended: Effect.Effect<void>
}

/** Reaches the engine. DynamoDB Local accepts only letters and digits in access keys. */
export const clientConfig = (endpoint: string) =>
  ({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" }
  }) satisfies DynamoDBClientConfig

const host = "127.0.0.1"

/** Fails when the port is taken: otherwise the engine that holds it would answer. */
const ifFree = (port: number): Effect.Effect<number, string> =>
  Effect.callback((resume) => {
    const server = createServer()
    server.once("error", () => resume(Effect.fail(`port ${port} is taken`)))
    server.listen({ host, port }, () => server.close(() => resume(Effect.succeed(port))))
  })

/**
 * Chooses a port, because engines cannot report the one that they got. Operating systems give out
 * higher ones, so it stays free until the engine starts, and while it restarts.
 */
const anyFree: Effect.Effect<number, string> = Effect.suspend(() =>
  ifFree(randomInt(10_000, 20_000))
).pipe(Effect.retry({ times: 100 }))

const guard = (processId: number) =>
  ChildProcess.make("/bin/sh", guardArguments(processId), {
    env: {},
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore"
  })

const untilAnswering = (endpoint: string): Effect.Effect<void> =>
  Effect.acquireUseRelease(
    Effect.sync(() => new DynamoDBClient({ ...clientConfig(endpoint), maxAttempts: 1 })),
    (client) =>
      Effect.tryPromise((abortSignal) =>
        client.send(new ListTablesCommand(), { abortSignal })
      ).pipe(Effect.retry(Schedule.spaced("20 millis")), Effect.orDie, Effect.asVoid),
    (client) => Effect.sync(() => client.destroy())
  )

/** Reads all lines of the process, and fails with the last one when the process ends. */
const untilEnded = Effect.fnUntraced(function* (child: ChildProcessHandle) {
  let lastLine = "it ended and printed nothing"
  const reading = yield* child.all.pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.runForEach((line) =>
      Effect.sync(() => {
        lastLine = line.trim() === "" ? lastLine : line.trim()
      })
    ),
    Effect.forkScoped
  )
  return Effect.suspend(() => Fiber.await(reading)).pipe(
    Effect.andThen(Effect.suspend(() => Effect.fail(lastLine)))
  )
})

/** Starts a program that answers DynamoDB's requests, as {@link start} does. */
export const startProgram = Effect.fn("DynamoDbEngine.startProgram")(function* <
  Name extends string
>(
  { argumentsFor, command, engine }: EngineProgram<Name>,
  { folder, port }: Pick<Options, "folder" | "port">
) {
  const [fs, spawner] = [yield* FileSystem.FileSystem, yield* ChildProcessSpawner]
  return yield* Effect.gen(function* () {
    if (folder !== undefined) yield* fs.makeDirectory(folder, { recursive: true })
    const chosen = yield* port === 0 ? anyFree : ifFree(port)
    const endpoint = `http://${host}:${chosen}`
    const child = yield* spawner.spawn(
      ChildProcess.make(command, argumentsFor({ port: chosen, folder }), {
        stdin: "ignore",
        forceKillAfter: "5 seconds"
      })
    )
    yield* spawner.spawn(guard(child.pid))
    const ended = yield* untilEnded(child)
    yield* untilAnswering(endpoint).pipe(
      Effect.raceFirst(ended),
      Effect.timeoutOrElse({
        duration: "2 minutes",
        orElse: () => Effect.fail("it does not answer ListTables")
      })
    )
    return {
      endpoint,
      engine,
      processId: child.pid,
      ended: Effect.asVoid(Effect.exit(ended))
    } satisfies DynamoDbEngine<Name>
  }).pipe(
    Effect.mapError(
      (cause) =>
        new EngineFailed({ engine, detail: typeof cause === "string" ? cause : cause.message })
    )
  )
})

/**
 * Starts a DynamoDB engine that answers requests, and ends it with the scope or with this process.
 * Acknowledged writes to a `folder` survive `kill -9`.
 */
export const start = Effect.fn("DynamoDbEngine.start")(function* (options: Options) {
  return yield* startProgram(yield* findProgram(options.prefer ?? "dynoxide"), options)
})
