/** Runs `npm run deploy`, `doctor` and `destroy` in this process, with recorded tools and AWS's double. */
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as TestConsole from "effect/testing/TestConsole"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import { deploymentCommand } from "../../../ops/deploy/deploymentCommand.ts"
import { Typed } from "../../../ops/deploy/Typed.ts"
import { serveAws, silence } from "../aws/AwsDouble.ts"
import { type Cloud, cloudOf } from "./Cloud.ts"
import { conversation, type RecordedCommand } from "./Conversation.ts"

export const settings = {
  siteName: "cv.example.com",
  reportFrom: "reports@example.com",
  reportTo: ["owner@example.com"],
  alarmEmail: "owner@example.com",
  account: "123456789012"
}

/** A deployed Worker, which answers its question and tells its health with these statuses. */
const worker = ({ healthStatus = 200, workerStatus = 200 }: Circumstances) =>
  Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request, { pathname }) =>
      Effect.succeed(
        HttpClientResponse.fromWeb(
          request,
          Response.json(
            { requestId: "r1", answer: "Yes.", sessionId: "s1" },
            { status: pathname === "/health" ? healthStatus : workerStatus }
          )
        )
      )
    )
  )

/** Every recorded conversation begins at this time. */
export const begin = "2026-11-23T07:00:00Z"

/** wrangler runs there. */
const root = fileURLToPath(new URL("../../../", import.meta.url))

/** A clock whose sleeps end at once, and still move its time. */
const hasty = (): Clock.Clock => {
  let now = Date.parse(begin)
  const nanos = () => BigInt(now) * 1_000_000n
  return {
    currentTimeMillisUnsafe: () => now,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: nanos,
    monotonicTimeNanos: Effect.sync(nanos),
    sleep: (duration) =>
      Effect.sync(() => {
        now += Math.round(Duration.toMillis(duration))
      })
  }
}

/** Types the answers one by one; an empty line follows the last. */
const typing = (answers: ReadonlyArray<string>) => {
  const left = [...answers]
  return Layer.succeed(Typed, Typed.of({ line: () => Effect.sync(() => left.shift() ?? "") }))
}

export interface Circumstances {
  /** An empty account by default. */
  readonly cloud?: Cloud
  /** Undefined = the file does not exist. */
  readonly settings?: unknown
  readonly workerStatus?: number
  readonly healthStatus?: number
  readonly typed?: ReadonlyArray<string>
  /** Other files in the folder of the settings. */
  readonly files?: Readonly<Record<string, string>>
  /** Variables of the Worker that its owner has changed, in every environment. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Real files, except that the Worker's definition has these variables. */
const withVariables = (
  files: FileSystem.FileSystem,
  variables: Readonly<Record<string, string>>
): FileSystem.FileSystem => ({
  ...files,
  readFileString: (path, encoding) =>
    Effect.map(files.readFileString(path, encoding), (text) =>
      Object.entries(variables).reduce(
        (changed, [name, value]) =>
          changed.replaceAll(new RegExp(`"${name}": "[^"]*"`, "g"), () =>
            JSON.stringify({ [name]: value }).slice(1, -1)
          ),
        text
      )
    )
})

const run = Command.runWith(deploymentCommand, { version: "test" })

const printed = Effect.gen(function* () {
  const out = (yield* TestConsole.logLines).map(String).join("\n")
  const error = (yield* TestConsole.errorLines).map(String).join("\n")
  return { out, error, all: `${out}\n${error}` }
})

/**
 * Runs a command, and returns its output and exit. `interrupted` means Ctrl-C once a tool or AWS is
 * silent.
 */
export const operate = (
  words: ReadonlyArray<string>,
  recording: ReadonlyArray<RecordedCommand>,
  circumstances: Circumstances & { readonly interrupted?: boolean } = {}
) =>
  Effect.gen(function* () {
    const cloud = circumstances.cloud ?? cloudOf()
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped()
    const file = `${folder}/deploy.json`
    yield* Effect.forEach(Object.entries(circumstances.files ?? {}), ([name, text]) =>
      fs.writeFileString(`${folder}/${name}`, text)
    )
    const written = "settings" in circumstances ? circumstances.settings : settings
    if (written !== undefined) yield* fs.writeFileString(file, JSON.stringify(written))
    const own = relative(root, `${folder}/wrangler.jsonc`)
    const { ended, fallSilent, heard, layer, silent, speak } = conversation(
      recording.map((each) => ({ ...each, said: each.said.replace("<own>", own) }))
    )
    const { requests, settings: aws } = yield* serveAws((request) => {
      const answer = cloud.answers(request)
      if (answer === silence) fallSilent()
      return answer
    })
    const fiber = yield* run([...words, "--settings", file]).pipe(
      Effect.provide(
        Layer.mergeAll(layer, worker(circumstances), typing(circumstances.typed ?? []))
      ),
      Effect.provideService(AwsSettings, aws),
      Effect.provideService(Clock.Clock, hasty()),
      Effect.provideService(
        FileSystem.FileSystem,
        withVariables(fs, circumstances.variables ?? {})
      ),
      Effect.forkChild({ startImmediately: true })
    )
    if (circumstances.interrupted) {
      yield* silent
      yield* Effect.forkChild(Fiber.interrupt(fiber), { startImmediately: true })
      speak()
    }
    const exit = yield* Fiber.await(fiber)
    ended()
    return { ...(yield* printed), heard, requests, exit, done: Exit.isSuccess(exit) }
  }).pipe(Effect.scoped, Effect.provide(TestConsole.layer), Effect.provide(NodeServices.layer))
