/**
 * Goal: `npm start` needs one command, and leaves no process behind however it ends.
 * Method: the script as a separate process, which is interrupted, killed, or finds its ports taken.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { storedInteractions } from "../../local/census.ts"
import { eventually } from "./eventually.ts"
import { occupy, portBlock } from "./portBlock.ts"
import { descendantsOf, type ListedProcess, mentioning, remaining } from "./processes.ts"
import * as Script from "./Script.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import { ask, emailsIn } from "./Visitor.ts"

/** Ports of workerd, of a supervised process, and of the script itself. */
const taken = [
  ["Worker", 0],
  ["queue", 2],
  ["console", 4],
  ["metrics", 5]
] as const

const startSystem = Effect.fnUntraced(function* (port: number, folder: string) {
  const script = yield* Script.start("ops/start/main.ts", [
    "--port",
    String(port),
    "--data",
    folder
  ])
  return {
    ...script,
    workerUrl: `http://127.0.0.1:${port}`,
    inboxUrl: `http://127.0.0.1:${port + 1}`
  }
})
type Running = Effect.Success<ReturnType<typeof startSystem>>

const isUp = ({ output }: Running) =>
  eventually(Effect.sync(() => assert.include(output(), "Ask a question")))

/** The table as a client of this machine reads it. */
const storedAt = (port: number) =>
  Effect.acquireUseRelease(
    Effect.sync(
      () =>
        new DynamoDBClient({
          region: "local",
          endpoint: `http://127.0.0.1:${port + 3}`,
          credentials: { accessKeyId: "local", secretAccessKey: "local" }
        })
    ),
    (client) => Stream.runCollect(storedInteractions(client, "cv-analytics")),
    (client) => Effect.sync(() => client.destroy())
  )

const correlatedAt = (port: number) =>
  Effect.map(storedAt(port), (stored) => stored.filter(({ status }) => status === "correlated"))

/** The console's page of that path, opened with the address that the script printed. */
const consolePage = ({ output }: Running, path: string) =>
  Effect.promise(async () => {
    const [address = ""] = /http:\S+\?token=\S+/.exec(output()) ?? []
    const { headers } = await fetch(address, { redirect: "manual" })
    const [cookie = ""] = headers.get("set-cookie")?.split(";") ?? []
    const { origin } = new URL(address)
    return (await fetch(`${origin}${path}`, { headers: { cookie } })).text()
  })

/** Asks, and waits until the answer is in the table. */
const askAndStore = Effect.fnUntraced(function* ({ workerUrl }: Running, port: number) {
  yield* ask(workerUrl, "Which programming languages do you know?")
  yield* eventually(Effect.map(correlatedAt(port), (stored) => assert.lengthOf(stored, 1)))
})

/** Lists the processes of the system, and compares the console's with the machine. */
const processesOf = Effect.fnUntraced(function* (system: Running) {
  const health = yield* consolePage(system, "/health")
  const found = descendantsOf(system.processId)
  const ids = new Set(found.map(({ id }) => id))
  const listed = [...health.matchAll(/\bprocess (\d+)/g)].map(([, id]) => Number(id))
  for (const id of listed) assert.isTrue(ids.has(id), `process ${id}`)
  assert.isAtLeast(listed.length, 5)
  assert.include(health, "processor")
  assert.isTrue(found.some(({ command }) => command.includes("workerd serve")))
  return found
})

const noneLeft = (processes: ReadonlyArray<ListedProcess>, folder: string) =>
  Effect.sync(() => assert.deepStrictEqual([...remaining(processes), ...mentioning(folder)], []))

const sendEmail = ({ inboxUrl }: Running) =>
  Effect.promise(() =>
    fetch(inboxUrl, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: "AWS4-HMAC-SHA256 Credential=local"
      },
      body: new URLSearchParams({
        Action: "SendRawEmail",
        "RawMessage.Data": Buffer.from(
          "From: a@example.com\r\nTo: b@example.com\r\nSubject: Kept\r\n\r\nStill here."
        ).toString("base64")
      })
    })
  ).pipe(Effect.map(({ status }) => assert.strictEqual(status, 200)))

describe("npm start", () => {
  it.live(
    "says where to ask, and leaves no process when it is interrupted",
    () =>
      Effect.gen(function* () {
        const folder = yield* temporaryFolder
        const port = yield* portBlock
        const system = yield* startSystem(port, folder)
        yield* isUp(system)
        assert.include(system.output(), `curl -s ${system.workerUrl}/query`)
        assert.include(system.output(), `${system.workerUrl}/\n`)
        assert.include(system.output(), system.inboxUrl)
        yield* askAndStore(system, port)
        const processes = yield* processesOf(system)
        yield* system.interrupt
        const { code } = yield* system.ended
        assert.strictEqual(code, 130)
        yield* eventually(noneLeft(processes, folder))
      }),
    120_000
  )

  it.live(
    "leaves no process when it is killed, and the next start has all that was there",
    () =>
      Effect.gen(function* () {
        const folder = yield* temporaryFolder
        const port = yield* portBlock
        const first = yield* startSystem(port, folder)
        yield* isUp(first)
        yield* askAndStore(first, port)
        yield* sendEmail(first)
        const processes = yield* processesOf(first)
        yield* first.kill
        yield* eventually(noneLeft(processes, folder))

        const second = yield* startSystem(port, folder)
        yield* isUp(second)
        assert.lengthOf(yield* correlatedAt(port), 1)
        const emails = yield* emailsIn(second.inboxUrl)
        assert.deepStrictEqual(
          emails.map(({ subject }) => subject),
          ["Kept"]
        )
      }),
    120_000
  )

  it.live(
    "ends with its processes when it is terminated",
    () =>
      Effect.gen(function* () {
        const folder = yield* temporaryFolder
        const port = yield* portBlock
        const system = yield* startSystem(port, folder)
        yield* isUp(system)
        yield* askAndStore(system, port)
        const processes = yield* processesOf(system)
        yield* system.terminate
        yield* system.ended
        yield* eventually(noneLeft(processes, folder))
      }),
    120_000
  )

  it.live(
    "names the folder of damaged data, and the way out",
    () =>
      Effect.gen(function* () {
        const folder = yield* temporaryFolder
        mkdirSync(`${folder}/sqs`)
        writeFileSync(`${folder}/sqs/sqs.sqlite`, "no database".repeat(1000))
        const system = yield* startSystem(yield* portBlock, folder)
        const { code } = yield* system.ended
        assert.strictEqual(code, 1)
        assert.match(
          system.output(),
          new RegExp(`sqs did not start: .*not a database; .*move ${folder} away, or .* --data`)
        )
      }),
    120_000
  )

  for (const [name, offset] of taken) {
    it.live(
      `ends with one clear message when the port of the ${name} is taken`,
      () =>
        Effect.gen(function* () {
          const folder = yield* temporaryFolder
          const port = yield* portBlock
          yield* occupy(port + offset)
          const system = yield* startSystem(port, folder)
          const { code } = yield* system.ended
          const message = new RegExp(`^ERROR\n {2}[^\n]*\\bport ${port + offset}\\b[^\n]*$`)
          assert.match(system.output().trim(), message)
          assert.include(system.output(), "--port")
          assert.strictEqual(code, 1)
          yield* eventually(noneLeft([], folder))
        }),
      120_000
    )
  }
})
