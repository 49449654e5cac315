import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { UpdateItemCommand, UpdateTableCommand } from "@aws-sdk/client-dynamodb"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet"
import { withoutGuard } from "../../../ops/csv/Csv.ts"
import { CsvReader } from "../../../ops/csv/CsvReader.ts"
import { exportCommand } from "../../../ops/export/exportCommand.ts"
import { keyAttributes } from "../../../src/layers/dynamodb/InteractionItem.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { interactionKey } from "../../../src/schema/Interaction.ts"
import { queryHalf, responseHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { startOps } from "../dlq/Operator.ts"
import { inFrontOf } from "../inFrontOf.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"

const operate = operateWith(exportCommand)

const secret = { query: "my secret question", response: '=the secret, "answer"\nin lines' }
const weekMs = 7 * 86_400_000

/** The flags that put a server in place of the table. */
const tableAt = (endpoint: string) => [
  "--local",
  "--port",
  String(Number(new URL(endpoint).port) - 3)
]

const linesIn = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n")

/** Interactions of two weeks, of which the last 300 share one instant. */
const filled = Effect.gen(function* () {
  const services = yield* localServices
  const times = [
    ...Array.from({ length: 100 }, (_, n) => services.startMs - weekMs + n * 1_000_000),
    ...Array<number>(300).fill(services.startMs + weekMs - 1)
  ]
  const stored = times.map((time) => someCorrelated(time, secret))
  yield* Effect.forEach(stored, (one) => services.record(one, { agent: "person" }), {
    concurrency: 16
  })
  return { ...services, stored }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops export", (it) => {
  it.effect("writes the known attributes of each interaction, and no content", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      const [whole, query, response] = [0, 1, 2].map((n) => someCorrelated(startMs + n, secret))
      yield* record(whole!, { agent: "person", askedIn: "en", device: "desktop" })
      yield* record(queryHalf(query!), { agent: "bot" })
      yield* record(responseHalf(response!))
      const file = `${yield* temporaryFolder}/interactions.jsonl`
      const { error, out } = yield* operate("--out", file, ...flags)
      assert.strictEqual(error, "")
      assert.strictEqual(out, `3 interactions in ${file}.`)
      const [first, ...others] = linesIn(file).map((line) => JSON.parse(line))
      assert.deepStrictEqual(first, {
        requestId: whole?.query.requestId,
        timestamp: new Date(startMs).toISOString(),
        status: "correlated",
        sessionId: "a-session",
        country: "GB",
        agent: "person",
        device: "desktop",
        askedIn: "en",
        matchType: "full",
        matchScore: 0.75,
        processingTimeMs: 38.5,
        outcome: "answered",
        model: "search",
        inputTokens: 0,
        outputTokens: 0
      })
      assert.deepStrictEqual(
        others.map(({ status }) => status),
        ["awaiting_response", "awaiting_query"]
      )
      assert.notInclude(readFileSync(file, "utf8"), "secret")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      assert.isFalse(existsSync(`${file}.cursor`))
    })
  )

  it.effect("writes whole texts on request, as events and as safe cells", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      const one = someCorrelated(startMs, secret)
      yield* record(one)
      const folder = yield* temporaryFolder
      yield* operate("--with-text", "--out", `${folder}/a.jsonl`, ...flags)
      const { events } = JSON.parse(linesIn(`${folder}/a.jsonl`)[0]!)
      assert.deepStrictEqual(
        events,
        [one.query, one.response].map((event) => JSON.parse(encodeMessage(event)))
      )
      const words = ["--with-text", "--format", "csv", "--out", `${folder}/a.csv`, "--json"]
      const { out } = yield* operate(...words, ...flags)
      assert.deepInclude(JSON.parse(out), {
        format: "csv",
        withText: true,
        lines: 1,
        unreadable: 0
      })
      const text = readFileSync(`${folder}/a.csv`, "utf8")
      assert.isTrue(text.startsWith("\uFEFFrequestId,"))
      assert.include(text, `my secret question,"'=the secret, ""answer""\nin lines",\r\n`)
      const [head, row] = new CsvReader().read(text).map(({ cells }) => cells.map(withoutGuard))
      assert.strictEqual(row?.[head?.indexOf("answer") ?? -1], secret.response)
    })
  )

  it.effect("writes a Parquet file that is read with the types of its columns", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      const [whole, query] = [0, 1].map((n) => someCorrelated(startMs + n, secret))
      yield* record(whole!, { agent: "bot", own: 1 })
      yield* record(queryHalf(query!))
      const file = `${yield* temporaryFolder}/a.parquet`
      const words = ["--format", "parquet", "--with-text", "--out", file]
      const { error, out } = yield* operate(...words, ...flags)
      assert.strictEqual(out, `2 interactions in ${file}.`, error)
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      const buffer = yield* Effect.promise(() => asyncBufferFromFile(file))
      const [first, second] = yield* Effect.promise(() => parquetReadObjects({ file: buffer }))
      assert.deepInclude(first, {
        timestamp: new Date(startMs),
        agent: "bot",
        own: 1n,
        processingTimeMs: 38.5,
        inputTokens: 0n,
        question: secret.query,
        answer: secret.response
      })
      assert.deepInclude(second, { status: "awaiting_response", answer: null })
      const again = yield* operate(...words, ...flags)
      assert.include(again.error, "cannot be written: a file has this name")
    })
  )

  it.effect("prints a visitor's control characters as escapes, which JSON reads as they were", () =>
    Effect.gen(function* () {
      const { flags, record, startMs } = yield* localServices
      const query = "red \u009b31m and \u202Eback"
      yield* record(someCorrelated(startMs, { query }))
      const { code, out } = yield* startOps("export", "--with-text", ...flags).ended
      assert.strictEqual(code, 0)
      assert.include(out, "red \\u009b31m and \\u202eback")
      assert.strictEqual(JSON.parse(out).events[0].query, query)
    })
  )

  it.effect("writes each interaction once and in order, even if many share an instant", () =>
    Effect.gen(function* () {
      const { flags, stored } = yield* filled
      const file = `${yield* temporaryFolder}/all.jsonl`
      const { error, out } = yield* operate("--out", file, ...flags)
      assert.strictEqual(out, `400 interactions in ${file}.`)
      assert.match(error, /^\d+ exported/)
      const place = ({ requestId, timestamp }: { requestId: string; timestamp: number }) =>
        `${new Date(timestamp).toISOString()} ${requestId}`
      const written = linesIn(file).map((line) => JSON.parse(line))
      assert.deepStrictEqual(
        written.map(({ requestId, timestamp }) => `${timestamp} ${requestId}`),
        stored.map((one) => place(interactionKey(one))).toSorted()
      )
    })
  )

  it.effect(
    "continues after a kill -9 without a missing or repeated line",
    () =>
      Effect.gen(function* () {
        const { flags, port } = yield* filled
        const folder = yield* temporaryFolder
        const [whole, killed] = [`${folder}/whole.csv`, `${folder}/killed.csv`]
        yield* operate("--format", "csv", "--with-text", "--out", whole, ...flags)
        let [reads, kill] = [0, (): unknown => undefined]
        const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
          if (operation === "BatchGetItem") reads += 1
          if (reads < 8) return "passed"
          kill()
          return "held"
        })
        const words = ["export", "--format", "csv", "--with-text", "--out", killed]
        const ops = startOps(...words, ...tableAt(proxy.endpoint))
        kill = () => ops.child.kill("SIGKILL")
        assert.strictEqual((yield* ops.ended).code, null)
        assert.strictEqual(linesIn(killed).length < linesIn(whole).length, true)
        const refused = yield* operate(...words.slice(1), ...flags)
        assert.include(refused.error, "is not complete: --resume continues it")
        // what was on its way to the disk when the process died
        appendFileSync(killed, "half a li")
        const { out } = yield* operate(...words.slice(1), "--resume", ...flags)
        assert.strictEqual(out, `400 interactions in ${killed}.`)
        assert.strictEqual(readFileSync(killed, "utf8"), readFileSync(whole, "utf8"))
      }),
    60_000
  )

  it.effect(
    "continues after the table was away, and only with the flags that it was begun with",
    () =>
      Effect.gen(function* () {
        const { flags, port, startMs } = yield* filled
        const from = ["--from", new Date(startMs - weekMs).toISOString().slice(0, 10)]
        const file = `${yield* temporaryFolder}/all.jsonl`
        let reads = 0
        const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
          if (operation === "Query") reads += 1
          return reads < 3 ? "passed" : { refusedAs: "AccessDeniedException" }
        })
        const failed = yield* operate("--out", file, ...from, ...tableAt(proxy.endpoint))
        assert.isFalse(failed.done)
        assert.include(failed.error, `${file} is not complete: --resume continues it`)
        assert.include(failed.error, "AWS does not let these credentials Query on cv-analytics at")
        assert.lengthOf(linesIn(file), 100)
        const other = yield* operate("--out", file, "--resume", "--with-text", ...flags)
        assert.include(other.error, "was begun with another withText")
        const { out } = yield* operate("--out", file, "--resume", ...from, ...flags)
        assert.strictEqual(out, `400 interactions in ${file}.`)
        assert.strictEqual(new Set(linesIn(file)).size, 400)
        const again = yield* operate("--out", file, "--resume", ...flags)
        assert.include(again.error, "it is complete, or not an export")
      })
  )

  it.effect("waits while the table throttles", () =>
    Effect.gen(function* () {
      const { port, store } = yield* localServices
      yield* store(1)
      let refused = 0
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 3}`, (operation) => {
        const throttled = operation === "Query" && refused++ < 8
        return throttled ? { refusedAs: "ProvisionedThroughputExceededException" } : "passed"
      })
      const file = `${yield* temporaryFolder}/one.jsonl`
      const { out } = yield* operate("--out", file, ...tableAt(proxy.endpoint))
      assert.strictEqual(out, `1 interaction in ${file}.`)
      assert.isAbove(refused, 8)
    })
  )

  it.effect("counts unreadable items, and continues", () =>
    Effect.gen(function* () {
      const { flags, record, startMs, table, tableName } = yield* localServices
      const items = [0, 1, 2].map((n) => someCorrelated(startMs + n, secret))
      yield* Effect.forEach(items, (one) => record(one))
      const damage = (n: number, set: string, value: Uint8Array | string) =>
        Effect.promise(() =>
          table.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: keyAttributes(interactionKey(items[n]!)),
              UpdateExpression: `SET ${set} = :value`,
              ExpressionAttributeValues: {
                ":value": typeof value === "string" ? { S: value } : { B: value }
              }
            })
          )
        )
      yield* damage(0, "responseEvent", new Uint8Array([1, 2, 3]))
      yield* damage(1, "matchType", "of another version")
      const file = `${yield* temporaryFolder}/damaged.jsonl`
      const { out } = yield* operate("--with-text", "--out", file, ...flags)
      assert.strictEqual(
        out,
        `2 interactions in ${file}.\n` +
          "2 items not fully readable: damaged, or of another version."
      )
      const [damaged, healthy] = linesIn(file).map((line) => JSON.parse(line))
      assert.isUndefined(damaged.events)
      assert.lengthOf(healthy.events, 2)
    })
  )

  it.effect("names a table of another version, and a missing table", () =>
    Effect.gen(function* () {
      const { flags, table, tableName } = yield* localServices
      const other = yield* operate("--table", "other", ...flags)
      assert.include(other.error, "there is no table other at http://127.0.0.1:")
      yield* Effect.promise(() =>
        table.send(
          new UpdateTableCommand({
            TableName: tableName,
            GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "session-index" } }]
          })
        )
      )
      const { error } = yield* operate(...flags)
      assert.include(error, "is a table of another version: it has no session-index. Apply infra")
    })
  )

  it.effect("writes to standard output, counts on standard error", () =>
    Effect.gen(function* () {
      const { flags, store } = yield* localServices
      yield* Effect.forEach([1, 2], store)
      const { code, error, out } = yield* startOps("export", ...flags).ended
      assert.deepStrictEqual([code, error], [0, "2 interactions.\n"])
      assert.lengthOf(out.trimEnd().split("\n"), 2)
    })
  )

  it.effect("overwrites no file", () =>
    Effect.gen(function* () {
      const { flags } = yield* localServices
      const file = `${yield* temporaryFolder}/mine`
      writeFileSync(file, "mine")
      const { done, error } = yield* operate("--out", file, ...flags)
      assert.isFalse(done)
      assert.include(error, "exists already, and is not overwritten")
      const resumed = yield* operate("--out", file, "--resume", ...flags)
      assert.include(resumed.error, "it is complete, or not an export")
      assert.strictEqual(readFileSync(file, "utf8"), "mine")
    })
  )
})

describe("the command line of ops export", () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [["--from", "yesterday"], '--from: "yesterday". Expected: a day such as 2026-11-16'],
    [["--to", "2026-02-30"], "a day such as 2026-11-16"],
    [["--from", "2026-11-17", "--to", "2026-11-16"], "--from lies after --to"],
    [["--format", "xml"], "csv"],
    [["--out", ""], "Missing value for flag --out"],
    [["--format", "parquet"], "parquet needs --out"],
    [["--resume"], "--resume needs --out"],
    [["--json"], "--json needs --out"],
    [["--port", "9000"], "--port is for --local"],
    [["--local", "--endpoint", "http://127.0.0.1:1"], "exclude each other"],
    [["--endpoint", "nowhere"], "--endpoint must be a URL"],
    [
      ["--endpoint", "http://me:secret@127.0.0.1:1"],
      "--endpoint must hold no user name or password"
    ]
  ]
  for (const [words, reason] of wrong) {
    it.live(`refuses export ${words.join(" ")} with 2`, () =>
      Effect.gen(function* () {
        const { code, error, out } = yield* startOps("export", ...words).ended
        assert.include(error, reason)
        assert.deepStrictEqual([code, out], [2, ""])
      })
    )
  }

  it.live(
    "names a missing setting, and a place that does not answer",
    () =>
      Effect.gen(function* () {
        const region = yield* startOps("export").ended
        assert.include(region.error, "no AWS region is set")
        const credentials = yield* startOps("export", "--region", "eu-west-1").ended
        assert.include(credentials.error, "no AWS credentials were found")
        const nobody = yield* startOps("export", "--local", "--port", "1").ended
        assert.strictEqual(
          nobody.error,
          "\nERROR\n  DynamoDB does not answer at http://127.0.0.1:4 (ECONNREFUSED)" +
            ": run npm start, or give its --port\n"
        )
        assert.deepStrictEqual([region.code, credentials.code, nobody.code], [1, 1, 1])
      }),
    60_000
  )
})
