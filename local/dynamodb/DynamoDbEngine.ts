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
import { type EngineName, findProgram } from "./EngineProgram.ts"

/** The engine is there and did not come up; `detail` is what it said last. */
export class EngineFailed extends Data.TaggedError("EngineFailed")<{
  readonly engine: EngineName
  readonly detail: string
}> {
  override get message() {
    return `${this.engine} did not start: ${this.detail}`
  }
}

export interface Options {
  /** 0 = any free port. */
  readonly port: number
  /** Where the tables are kept; without it they are gone with the process. */
  readonly folder: string | undefined
  readonly prefer?: EngineName
}

export interface DynamoDbEngine {
  readonly endpoint: string
  readonly engine: EngineName
  readonly processId: number
  /** Ends when the engine does, by itself or by somebody's hand. */
  readonly ended: Effect.Effect<void>
}

/** How any client reaches the engine; DynamoDB Local refuses access keys with other characters. */
export const clientConfig = (endpoint: string) =>
  ({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" }
  }) satisfies DynamoDBClientConfig

const host = "127.0.0.1"

/**
 * Fails when the port is taken, because the engine that holds it would otherwise answer in place of
 * the one that is about to start.
 */
const ifFree = (port: number): Effect.Effect<number, string> =>
  Effect.callback((resume) => {
    const server = createServer()
    server.once("error", () => resume(Effect.fail(`port ${port} is taken`)))
    server.listen({ host, port }, () => server.close(() => resume(Effect.succeed(port))))
  })

/**
 * Engines cannot tell which port they were given. Below those that an operating system gives out by
 * itself nobody else gets this one before the engine starts, nor while it is started again.
 */
const anyFree: Effect.Effect<number, string> = Effect.suspend(() =>
  ifFree(randomInt(10_000, 20_000))
).pipe(Effect.retry({ times: 100 }))

/**
 * Holds this process's end of a pipe: when this process is gone, however it went, so is the engine.
 */
const guard = (processId: number) =>
  ChildProcess.make("/bin/sh", ["-c", 'read -r _; kill -s KILL -- "-$0"', String(processId)], {
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

/** Reads all that the process says, and fails with the last of it when the process ends. */
const untilEnded = Effect.fnUntraced(function* (child: ChildProcessHandle) {
  let lastWords = "it ended without a word"
  const reading = yield* child.all.pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.runForEach((line) =>
      Effect.sync(() => {
        lastWords = line.trim() === "" ? lastWords : line.trim()
      })
    ),
    Effect.forkScoped
  )
  return Effect.suspend(() => Fiber.await(reading)).pipe(
    Effect.andThen(Effect.suspend(() => Effect.fail(lastWords)))
  )
})

/**
 * Starts a DynamoDB engine on this machine, and ends it with the scope.
 *
 * It answers requests when `start` succeeds, and what it has acknowledged to a `folder` survives
 * `kill -9`. It does not outlive this process, whatever ends that.
 */
export const start = Effect.fnUntraced(function* ({ folder, port, prefer = "dynoxide" }: Options) {
  const [fs, spawner] = [yield* FileSystem.FileSystem, yield* ChildProcessSpawner]
  const { argumentsFor, command, engine } = yield* findProgram(prefer)
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
    } satisfies DynamoDbEngine
  }).pipe(
    Effect.mapError(
      (cause) =>
        new EngineFailed({ engine, detail: typeof cause === "string" ? cause : cause.message })
    )
  )
})
