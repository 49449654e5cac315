/** Every command of the operator, as a process that finds the account by its environment. */
import { match, strictEqual } from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Stream from "effect/Stream"
import { root } from "../../infra/bundles.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"
import { claim } from "../examples/Finding.ts"
import { queryEvent, requestIdOf } from "../schema/EventExamples.ts"
import { type Cloud, call, settings } from "./Cloud.ts"
import { emails, reportedWeek } from "./delivery.ts"
import { sessions } from "./messages.ts"
import { storeAll } from "./storing.ts"

const processOf = ({ environment }: Cloud, words: ReadonlyArray<string>) =>
  ChildProcess.make(process.execPath, ["ops/main.ts", ...words], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? "",
      NO_COLOR: "1",
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/compiled`,
      ...environment
    },
    stdin: "ignore"
  })

const operate = Effect.fnUntraced(function* (cloud: Cloud, words: ReadonlyArray<string>) {
  const spawner = yield* ChildProcessSpawner
  const child = yield* spawner.spawn(processOf(cloud, words))
  const [said, exitCode] = yield* Effect.all(
    [child.all.pipe(Stream.decodeText, Stream.mkString), child.exitCode],
    { concurrency: 2 }
  )
  return { said, exitCode: Number(exitCode) }
}, Effect.scoped)

/** The claim that a command ends so, and says a line like that. */
const says = (cloud: Cloud, words: string, line: RegExp, exitCode = 0) =>
  claim(
    `ops ${words.replaceAll(/\/\S+|\b[0-9a-f-]{36}\b/g, "…")}`,
    Effect.map(operate(cloud, words.split(" ")), (answer) => {
      match(answer.said, line)
      strictEqual(answer.exitCode, exitCode, answer.said)
    })
  )

/** Puts a message that decodes among the dead letters, as after a long outage of the table. */
const bury = ({ clients, desired }: Cloud) =>
  call(() =>
    clients.queues.send(
      new SendMessageCommand({
        QueueUrl: String(desired.outputs.dead_letters_url),
        MessageBody: encodeMessage(queryEvent({ requestId: requestIdOf(1000) })),
        MessageGroupId: requestIdOf(1000),
        MessageDeduplicationId: "buried"
      })
    )
  )

const purge = ({ clients, desired }: Cloud) =>
  call(() =>
    clients.queues.send(
      new PurgeQueueCommand({ QueueUrl: String(desired.outputs.dead_letters_url) })
    )
  )

const oneDeadLetter = (cloud: Cloud) =>
  Effect.map(operate(cloud, ["dlq", "list", "--json"]), ({ said }) =>
    String(JSON.parse(said).deadLetters[0].messageId)
  )

/** Follows the table until a line comes, and then ends as by Ctrl-C. */
const tailed = Effect.fnUntraced(function* <R>(cloud: Cloud, store: Effect.Effect<void, never, R>) {
  const spawner = yield* ChildProcessSpawner
  const child = yield* spawner.spawn(processOf(cloud, ["tail", "--with-text"]))
  const isFollowing = yield* Deferred.make<void>()
  const lines: Array<string> = []
  yield* child.all.pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.tap((line) => {
      lines.push(line)
      return line.startsWith("Following") ? Deferred.succeed(isFollowing, undefined) : Effect.void
    }),
    Stream.takeUntil((line) => line.includes("While it is followed?")),
    Stream.runDrain,
    Effect.raceFirst(
      Effect.andThen(Deferred.await(isFollowing), Effect.andThen(store, Effect.never))
    ),
    Effect.timeout("3 minutes")
  )
  yield* child.kill({ killSignal: "SIGINT" })
  return lines.join("\n")
}, Effect.scoped)

/** A history whose last question is asked now. */
const history = (folder: string, rows: ReadonlyArray<readonly [string, number]>): string => {
  const file = `${folder}/${rows.length}.csv`
  const lines = rows.map(
    ([question, at]) => `${question},PostgreSQL.,${new Date(at).toISOString()}`
  )
  writeFileSync(file, ["question,answer,timestamp", ...lines].join("\n"))
  return file
}

export const operations = Effect.fnUntraced(function* (cloud: Cloud) {
  const folder = yield* temporaryFolder
  const week = yield* reportedWeek
  const run = (words: string, line: RegExp, exitCode?: number) => says(cloud, words, line, exitCode)
  const { reportFrom, reportTo } = settings
  const now = Date.now()
  const three = history(folder, [
    ["Is she free in May?", now - 60_000],
    ["Is she free in June?", now - 50_000],
    ["Is she free in July?", now - 40_000]
  ])
  const followed = history(folder, [["While it is followed?", now]])

  yield* bury(cloud)
  const letter = yield* oneDeadLetter(cloud)
  const deadLetters = [
    yield* run("status", /^dead letters +3,[\s\S]+unhealthy: 1 problem/m, 1),
    yield* run("dlq list", /^3 dead letters: 1 not_json; 1 unknown_version; 1 decodes/m),
    yield* run(`dlq show ${letter} --content`, /^message id +[\w-]{36}$/m),
    yield* run(`dlq export --file ${folder}/letters.jsonl`, /^3 dead letters in /m),
    yield* run("dlq redrive --dry-run", /^1 message would be put back on cv-analytics\.fifo/m),
    yield* run("dlq redrive", /^1 message put back[\s\S]+2 undecodable/m)
  ]
  const reports = [
    yield* run(
      `report preview --out ${folder}`,
      /^60 questions in \d{4}-W\d\d, as they were frozen/m
    ),
    yield* run(
      `report send --to me@example.com --from-address ${reportFrom}`,
      /^Sent to me@example\.com as .+: .*60 questions/m
    ),
    yield* run(
      `report resend --week ${week} --to ${reportTo} --from-address ${reportFrom}`,
      /again to owner@example\.com as /
    ),
    yield* claim(
      "moto has taken three e-mails",
      Effect.map(emails(cloud), ({ length }) => strictEqual(length, 3))
    )
  ]
  const tail = yield* claim(
    "ops tail --with-text",
    Effect.map(
      tailed(
        cloud,
        Effect.orDie(Effect.andThen(operate(cloud, ["import", followed]), storeAll(cloud)))
      ),
      (lines) => match(lines, /full|unknown/)
    )
  )
  const rows = [
    yield* run(`import ${three} --dry-run`, /^3 rows would be put on cv-analytics\.fifo as 6 /m),
    yield* run(`import ${three}`, /^3 rows put on cv-analytics\.fifo as 6 events/m),
    yield* claim("what was imported and redriven is stored", storeAll(cloud)),
    yield* run(`export --with-text --out ${folder}/all.jsonl`, /^65 interactions in /m),
    yield* run(
      "erase --session session-1 --yes",
      new RegExp(
        `^Session session-1: (?:${60 / sessions}|${60 / sessions + 1}) interactions, 0 votes and`,
        "m"
      )
    ),
    yield* run(`export --format csv --out ${folder}/left.csv`, /^5\d interactions in /m)
  ]
  yield* purge(cloud)
  const last = [
    yield* run("status", /^All is well\.$/m),
    yield* run("cost --queries 10000", /\$0\.00/)
  ]
  return [...deadLetters, ...reports, tail, ...rows, ...last]
})
