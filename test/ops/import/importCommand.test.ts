import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { exportCommand } from "../../../ops/export/exportCommand.ts"
import { importCommand } from "../../../ops/import/importCommand.ts"
import * as AgentClassifierIsbot from "../../../src/layers/AgentClassifierIsbot.ts"
import * as LanguageDetectorEld from "../../../src/layers/LanguageDetectorEld.ts"
import { enrich, tellers } from "../../../src/programs/processor/enrich.ts"
import { Correlated, interactionKey } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { queryHalf, responseHalf, someCorrelated } from "../../contracts/fixtures/interactions.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { feedbackEvent, requestIdOf } from "../../schema/EventExamples.ts"
import { asAws, startOps } from "../dlq/Operator.ts"
import { drainQueue } from "../drainQueue.ts"
import { inFrontOf } from "../inFrontOf.ts"
import { operateWith } from "../operateWith.ts"
import { localServices } from "../report/LocalServices.ts"
import { operateReport } from "../report/operateReport.ts"

const exported = operateWith(exportCommand)
const imported = operateWith(importCommand)

const secret = "my-secret-question"
const fast = ["--rate", "10000"]

/** A system that is empty, and how to process what is put on its queue. */
const emptySystem = Effect.map(localServices, (services) => ({
  ...services,
  drain: drainQueue(services.queues, services.queueUrl).pipe(Effect.provide(services.layer))
}))

const exportTo = Effect.fnUntraced(function* (file: string, flags: ReadonlyArray<string>) {
  const { done, error } = yield* exported("--with-text", "--out", file, ...flags)
  assert.isTrue(done, error)
  return readFileSync(file, "utf8")
})

/** Some interactions as the processor stores them, whole and half, from people and bots. */
const lived = Effect.gen(function* () {
  const system = yield* emptySystem
  const traitTellers = yield* tellers
  const agents = ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0", "curl/8.0", ""]
  for (let n = 0; n < 40; n++) {
    const one = someCorrelated(system.startMs + n * 7_000_000, { query: `=why ${n}\u2028?` })
    const userAgent = agents[n % 3] ?? ""
    const metadata = { country: "SE", userAgent, referer: "https://a.test/b", language: "sv-SE,en" }
    const whole = Correlated.make({ ...one, query: { ...one.query, metadata } })
    const known = n % 10 === 8 ? queryHalf(whole) : n % 10 === 9 ? responseHalf(whole) : whole
    yield* system.record(known, enrich(known, traitTellers).traits)
    if (n % 4 > 1) continue
    const { requestId, timestamp } = interactionKey(known)
    const vote = feedbackEvent({
      requestId: n === 4 ? requestIdOf(4) : requestId,
      queryTimestamp: timestamp,
      rating: n % 4 === 0 ? "down" : "withdrawn",
      ...(n % 4 === 0 ? { reason: "wrong", comment: `=no ${n}` } : {})
    })
    yield* InteractionStore.use((store) => store.vote(vote)).pipe(Effect.provide(system.layer))
  }
  return system
}).pipe(Effect.provide([AgentClassifierIsbot.layer, LanguageDetectorEld.layer]))

/** A system, and a file of thirty rows, five of which are sent at once. */
const thirtyRows = Effect.gen(function* () {
  const system = yield* emptySystem
  const file = `${yield* temporaryFolder}/history.csv`
  writeFileSync(file, "question,answer,timestamp\n")
  for (let n = 0; n < 30; n++) appendFileSync(file, `Why ${n}?,So.,${system.startMs + n}\n`)
  return { ...system, file }
})

layer(NodeServices.layer, { excludeTestServices: true })("ops import", (it) => {
  it.effect(
    "fills an empty system with exactly what another one exported, however often it runs",
    () =>
      Effect.gen(function* () {
        const [from, to] = [yield* lived, yield* emptySystem]
        const folder = yield* temporaryFolder
        const file = `${folder}/from.jsonl`
        const before = yield* exportTo(file, from.flags)
        const first = yield* imported(file, ...fast, ...to.flags)
        assert.include(
          first.out,
          "from.jsonl: an export of ops export (JSON lines), 41 questions from "
        )
        assert.include(first.out, "41 rows put on cv-analytics.fifo as 92 events.\nQuestions: ")
        assert.strictEqual(yield* to.drain, 92)
        assert.strictEqual(yield* exportTo(`${folder}/to.jsonl`, to.flags), before)
        const second = yield* imported(file, ...fast, ...to.flags)
        assert.include(
          second.out,
          "0 rows put on cv-analytics.fifo as 0 events. 41 rows are stored"
        )
        assert.strictEqual(yield* to.drain, 0)
        assert.strictEqual(yield* exportTo(`${folder}/again.jsonl`, to.flags), before)
      })
  )

  it.effect("brings a CSV of an export back as it was, with bots and own visits", () =>
    Effect.gen(function* () {
      const [from, to] = [yield* lived, yield* emptySystem]
      const mine = someCorrelated(from.startMs + 5)
      yield* from.record(mine, {
        agent: "person",
        askedIn: "en",
        browser: "Safari",
        device: "mobile",
        own: 1
      })
      const folder = yield* temporaryFolder
      const csv = (file: string, flags: ReadonlyArray<string>) =>
        Effect.map(exported("--format", "csv", "--with-text", "--out", file, ...flags), () =>
          readFileSync(file, "utf8")
        )
      const before = yield* csv(`${folder}/from.csv`, from.flags)
      const { error, out } = yield* imported(`${folder}/from.csv`, ...fast, ...to.flags)
      assert.include(out, "an export of ops export (CSV), 42 questions", error)
      yield* to.drain
      assert.strictEqual(yield* csv(`${folder}/to.csv`, to.flags), before)
    })
  )

  it.effect(
    "repeats no row of half a file, of a sorted one, of two at once, or after kill -9",
    () =>
      Effect.gen(function* () {
        const { drain, flags, port, startMs } = yield* emptySystem
        const folder = yield* temporaryFolder
        const file = `${folder}/whole.csv`
        // three rows of each kind are equal
        const rows = Array.from(
          { length: 30 },
          (_, n) => `Why ${n % 10}?,So.,${startMs + (n % 10)}`
        )
        const write = (name: string, some: ReadonlyArray<string>) =>
          writeFileSync(`${folder}/${name}`, ["question,answer,timestamp", ...some].join("\n"))
        write("whole.csv", rows)
        write("half.csv", rows.slice(0, 15))
        write("sorted.csv", rows.toSorted())
        let [sends, kill] = [0, (): unknown => undefined]
        const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 2}`, (operation) => {
          if (operation !== "SendMessageBatch" || ++sends <= 2) return "passed"
          kill()
          return "held"
        })
        const queues = asAws(port, { AWS_ENDPOINT_URL_SQS: proxy.endpoint })
        const ops = startOps("import", file, ...fast, queues)
        kill = () => ops.child.kill("SIGKILL")
        assert.strictEqual((yield* ops.ended).code, null)
        yield* imported(`${folder}/half.csv`, ...fast, ...flags)
        yield* drain
        const again = yield* imported(`${folder}/half.csv`, ...fast, ...flags)
        assert.include(again.out, "0 rows put on cv-analytics.fifo as 0 events. 15 rows are stored")
        const both = [imported(file, ...fast, ...flags), imported(file, ...fast, ...flags)]
        yield* Effect.all(both, { concurrency: 2 })
        yield* drain
        const sorted = yield* imported(`${folder}/sorted.csv`, ...fast, ...flags)
        assert.include(sorted.out, "30 rows are stored already.")
        const lines = (yield* exportTo(`${folder}/all.jsonl`, flags)).trimEnd().split("\n")
        assert.lengthOf(lines, 30)
      })
  )

  it.effect("takes a CSV of question, answer and timestamp, and tells what it rejects", () =>
    Effect.gen(function* () {
      const { drain, flags, startMs } = yield* emptySystem
      const file = `${yield* temporaryFolder}/history.csv`
      const time = new Date(startMs).toISOString()
      writeFileSync(
        file,
        [
          "\uFEFFtimestamp,question,answer,mood",
          `${time},"Where, exactly?","In\nLeeds.",good`,
          `yesterday,${secret},yes,good`,
          `2020-01-01,${secret},yes,good`,
          `${time},${secret}`,
          `${time},Unanswered?,,`
        ].join("\r\n")
      )
      const dry = yield* imported(file, "--dry-run", ...flags)
      assert.isFalse(dry.done)
      assert.include(dry.out, "2 rows would be put on cv-analytics.fifo as 3 events.")
      assert.strictEqual(yield* drain, 0)
      const { error, out } = yield* imported(file, "--json", ...fast, ...flags)
      assert.notInclude(out + error, secret)
      assert.deepInclude(JSON.parse(out), {
        rows: 2,
        events: 3,
        rejected: {
          malformed: 2,
          ambiguous_time: 0,
          future: 0,
          expired: 1,
          without_text: 0,
          too_large: 0
        },
        answers: { full: 1, partial: 0, none: 0, unknown: 0, failed: 0, unanswered: 1 }
      })
      assert.deepStrictEqual(
        error.split("\n").filter((line) => line.startsWith("line")),
        [
          "line 4: timestamp: expected a time such as 2026-11-16T09:30:00Z",
          "line 6: 2 cells where the first line has 4"
        ]
      )
      assert.include(error, "2 rows were rejected: see above")
      yield* drain
      const lines = (yield* exportTo(`${file}.jsonl`, flags)).trimEnd().split("\n")
      const rows = lines.map((line) => JSON.parse(line))
      const whole = rows.find(({ status }) => status === "correlated")
      assert.lengthOf(rows, 2)
      assert.strictEqual(whole.timestamp, time)
      assert.deepStrictEqual(
        whole.events.map(({ query, response }: Record<string, string>) => query ?? response),
        ["Where, exactly?", "In\nLeeds."]
      )
    })
  )

  it.effect("says how the questions of a history were answered, and the report says the same", () =>
    Effect.gen(function* () {
      const { drain, flags, startMs } = yield* emptySystem
      const folder = yield* temporaryFolder
      const time = new Date(startMs).toISOString().slice(0, 10)
      const rows = Array.from({ length: 100 }, (_, n) =>
        n === 40 ? `Do you ship?,Yes.,${time},` : `Do you ship?,I don't know.,${time},`
      )
      const more = [`Do you swim?,,${time},failed`, `Do you drive?,,${time},`]
      const head = "question,answer,timestamp,outcome"
      writeFileSync(`${folder}/history.csv`, [head, ...rows, ...more].join("\n"))
      const { out } = yield* imported(`${folder}/history.csv`, ...fast, ...flags)
      assert.include(
        out,
        "\nQuestions: 1 answered fully, 99 without a good answer, 1 failed, 1 not answered at all."
      )
      assert.strictEqual(yield* drain, 203)
      yield* operateReport("preview", "--out", folder, ...flags)
      const text = readFileSync(`${folder}/report.txt`, "utf8")
      assert.match(text, /Do you ship\?/)
      const preview = yield* operateReport("preview", "--json", "--out", folder, ...flags)
      assert.include(JSON.parse(preview.out), { questions: 102 })
    })
  )

  it.effect("redacts personal data of a CSV by default", () =>
    Effect.gen(function* () {
      const { drain, flags, startMs } = yield* emptySystem
      const folder = yield* temporaryFolder
      const head = "question,answer,timestamp"
      const rowAt = (at: number) => `I am ann@example.com of CUST-123456,"Ann, hello.",${at}`
      const words = ["--patterns", "id /CUST-[0-9]{6}/"]
      writeFileSync(`${folder}/a.csv`, `${head}\n${rowAt(startMs)}`)
      writeFileSync(`${folder}/b.csv`, `${head}\n${rowAt(startMs + 1)}`)
      yield* imported(`${folder}/a.csv`, ...words, ...fast, ...flags)
      yield* imported(`${folder}/b.csv`, "--privacy", "full", ...fast, ...flags)
      yield* drain
      const [redacted, full] = (yield* exportTo(`${folder}/all.jsonl`, flags)).trimEnd().split("\n")
      assert.include(redacted, "I am [e-mail] of [id]")
      assert.include(full, "I am ann@example.com of CUST-123456")
    })
  )

  it.effect("says where to continue after the queue went away, and continues there", () =>
    Effect.gen(function* () {
      const { drain, file, flags, port } = yield* thirtyRows
      let sends = 0
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 2}`, (operation) =>
        operation === "SendMessageBatch" && ++sends > 3
          ? { refusedAs: "AccessDeniedException" }
          : "passed"
      )
      const queues = asAws(port, { AWS_ENDPOINT_URL_SQS: proxy.endpoint })
      const { code, error } = yield* startOps("import", file, ...fast, queues).ended
      assert.strictEqual(code, 1)
      assert.match(
        error,
        /credentials SendMessageBatch on .*; 15 rows before it: --from-line 17 continues/
      )
      const { out } = yield* imported(file, "--from-line", "17", ...fast, ...flags)
      assert.include(out, "15 rows put on")
      assert.strictEqual(yield* drain, 60)
    })
  )

  it.effect("says where to continue when it is stopped", () =>
    Effect.gen(function* () {
      const { file, port } = yield* thirtyRows
      let [sends, stop] = [0, (): unknown => undefined]
      const proxy = yield* inFrontOf(`http://127.0.0.1:${port + 2}`, (operation) => {
        if (operation !== "SendMessageBatch" || ++sends <= 3) return "passed"
        stop()
        return "held"
      })
      const queues = asAws(port, { AWS_ENDPOINT_URL_SQS: proxy.endpoint })
      const ops = startOps("import", file, ...fast, queues)
      stop = () => ops.child.kill("SIGINT")
      const { code, error } = yield* ops.ended
      assert.strictEqual(code, 130)
      assert.include(error, "stopped; 15 rows before it: --from-line 17 continues")
    })
  )

  it.effect("refuses an unreadable file, and imports the rows before the fault", () =>
    Effect.gen(function* () {
      const { drain, flags, startMs } = yield* emptySystem
      const folder = yield* temporaryFolder
      const files: ReadonlyArray<readonly [string, string | Uint8Array, string]> = [
        ["a.csv", "question,timestamp\n", "has no column for answer. It has question, timestamp."],
        ["e.csv", "", "is empty"],
        ["c.csv", 'question,answer,timestamp\n"a,b,c\n', "line 2: a quote is never closed"],
        [
          "d.csv",
          'question,answer,timestamp\na "b" c,b,c\n',
          "line 2: a quote in the middle of a field"
        ]
      ]
      for (const [name, content, reason] of files) {
        writeFileSync(`${folder}/${name}`, content)
        const { done, error } = yield* imported(`${folder}/${name}`, ...fast, ...flags)
        assert.isFalse(done)
        assert.include(error, reason)
      }
      const missing = yield* imported(`${folder}/none.csv`, ...flags)
      assert.include(missing.error, "cannot be read: no such file or folder")
      const lines = `question,answer,timestamp\nWhy?,So.,${startMs}\n"a`
      writeFileSync(`${folder}/d.csv`, lines)
      const { error } = yield* imported(`${folder}/d.csv`, ...fast, ...flags)
      assert.include(error, "line 3: a quote is never closed; --from-line 4 goes on after it")
      assert.strictEqual(yield* drain, 2)
    })
  )
})

describe("the command line of ops import", () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [[], "file"],
    [["a.csv", "--rate", "0"], "rate"],
    [["a.csv", "--from-line", "0"], "from-line"],
    [["a.csv", "--port", "9000"], "--port is for --local"]
  ]
  for (const [words, reason] of wrong) {
    it.live(`refuses import ${words.join(" ")} with 2`, () =>
      Effect.gen(function* () {
        const { code, error } = yield* startOps("import", ...words).ended
        assert.include(error, reason)
        assert.strictEqual(code, 2)
      })
    )
  }
})
