/**
 * Goal: `npm start` needs one command, and leaves no process behind however it ends.
 * Method: the script as a separate process, which is interrupted, killed, or finds its ports taken.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { eventually } from "./eventually.ts"
import { occupy, portBlock } from "./portBlock.ts"
import { descendantsOf, type ListedProcess, mentioning, remaining } from "./processes.ts"
import * as Script from "./Script.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import { ask, emailsIn, request } from "./Visitor.ts"

/** Ports of workerd, of a supervised process, and of the script itself. */
const taken = [
  ["Worker", 0],
  ["queue", 2],
  ["health page", 4],
  ["metrics", 5]
] as const

const startSystem = Effect.fnUntraced(function* (port: number, folder: string) {
  const script = yield* Script.start("local/main.ts", ["--port", String(port), "--data", folder])
  return {
    ...script,
    workerUrl: `http://127.0.0.1:${port}`,
    inboxUrl: `http://127.0.0.1:${port + 1}`
  }
})
type Running = Effect.Success<ReturnType<typeof startSystem>>

const isUp = ({ output }: Running) =>
  eventually(Effect.sync(() => assert.include(output(), "Ask a question")))

const Status = Schema.Struct({
  stored: Schema.Struct({ correlated: Schema.Int }),
  processes: Schema.Array(Schema.Struct({ name: Schema.String, processId: Schema.Int })),
  processors: Schema.Array(Schema.Int)
})

const statusOf = Effect.fnUntraced(function* (port: number) {
  const { body } = yield* request(`http://127.0.0.1:${port + 4}/status.json`)
  return yield* Schema.decodeUnknownEffect(Status)(body)
})

/** Asks, and waits until the answer is in the table. */
const askAndStore = Effect.fnUntraced(function* ({ workerUrl }: Running, port: number) {
  yield* ask(workerUrl, "Which programming languages do you know?")
  yield* eventually(
    Effect.map(statusOf(port), ({ stored }) => assert.strictEqual(stored.correlated, 1))
  )
})

/** Lists the processes of the system, and compares the health page with the machine. */
const processesOf = Effect.fnUntraced(function* ({ processId }: Running, port: number) {
  const { processes, processors } = yield* statusOf(port)
  const found = descendantsOf(processId)
  const ids = new Set(found.map(({ id }) => id))
  for (const id of [...processes.map((process) => process.processId), ...processors]) {
    assert.isTrue(ids.has(id), `process ${id}`)
  }
  assert.isNotEmpty(processors)
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
        const processes = yield* processesOf(system, port)
        yield* system.interrupt
        const { code } = yield* system.ended
        assert.strictEqual(code, 130)
        yield* eventually(noneLeft(processes, folder))
      }),
    60_000
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
        const processes = yield* processesOf(first, port)
        yield* first.kill
        yield* eventually(noneLeft(processes, folder))

        const second = yield* startSystem(port, folder)
        yield* isUp(second)
        assert.strictEqual((yield* statusOf(port)).stored.correlated, 1)
        const emails = yield* emailsIn(second.inboxUrl)
        assert.deepStrictEqual(
          emails.map(({ subject }) => subject),
          ["Kept"]
        )
      }),
    60_000
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
          assert.strictEqual(code, 1)
          yield* eventually(noneLeft([], folder))
        }),
      60_000
    )
  }
})
