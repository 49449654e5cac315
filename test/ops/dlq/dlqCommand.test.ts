import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { inFrontOf } from "../inFrontOf.ts"
import { healthy, localQueues, secret, undecodable } from "./LocalQueues.ts"
import { localFlags, operate, startOps } from "./Operator.ts"

const poisoned = Effect.gen(function* () {
  const queues = yield* localQueues
  const ids = yield* Effect.forEach(Object.entries(undecodable), ([group, body]) =>
    queues.bury({ group, body })
  )
  ids.push(yield* queues.bury(healthy(1)))
  return { ...queues, ids, flags: localFlags(queues.place.endpoint) }
})

const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/ops-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
)

describe.concurrent("ops dlq", () => {
  it.live("list prints each letter with its reason, and the total by reason", () =>
    Effect.gen(function* () {
      const { flags, ids } = yield* poisoned
      const { done, out } = yield* operate("list", ...flags)
      assert.isTrue(done)
      const lines = out.split("\n")
      assert.match(lines[0]!, /^MESSAGE ID +GROUP +WHY +RECEIVES +AGE +SIZE$/)
      assert.deepStrictEqual(
        lines.slice(1, 6).map((line) => line.split(" ")[0]),
        ids
      )
      assert.match(lines[1]!, / not_json +1 +\d+ s +29 B$/)
      assert.match(lines[5]!, / decodes, failed downstream +1 /)
      assert.strictEqual(
        lines.at(-1),
        "5 dead letters: 1 not_json; 1 unknown_version; 1 unknown_event_type; 1 invalid_event; " +
          "1 decodes, failed downstream."
      )
    })
  )

  it.live("list --json prints the same as one object", () =>
    Effect.gen(function* () {
      const { flags, ids } = yield* poisoned
      const { out } = yield* operate("list", "--json", ...flags)
      const { byReason, deadLetters, queue, total, unseen } = JSON.parse(out)
      assert.deepStrictEqual([queue, total, unseen], ["cv-analytics-dead-letters.fifo", 5, 0])
      assert.strictEqual(byReason.not_json, 1)
      assert.deepStrictEqual(
        deadLetters.map(({ messageId }: { readonly messageId: string }) => messageId),
        ids
      )
    })
  )

  it.live(
    "prints content only when it is asked for content",
    () =>
      Effect.gen(function* () {
        const { flags, ids } = yield* poisoned
        const folder = yield* temporaryFolder
        const asked = [
          ["list"],
          ["list", "--json"],
          ...ids.map((id) => ["show", id]),
          ["show", ids[3]!, "--json"],
          ["export", "--file", `${folder}/letters`],
          ["redrive", "--dry-run"],
          ["redrive", "--force"]
        ]
        for (const words of asked) {
          const { done, error, out } = yield* operate(...words, ...flags)
          assert.isTrue(done, `${words.join(" ")}: ${error}`)
          assert.isNotEmpty(out)
          assert.notInclude(out + error, secret)
        }
      }),
    60_000
  )

  it.live("show names the broken part of the contract, and prints the content on request", () =>
    Effect.gen(function* () {
      const { flags, ids } = yield* poisoned
      const shown = yield* operate("show", ids[3]!, ...flags)
      assert.include(shown.out, "invalid_event")
      assert.match(shown.out, /detail +Expected string at \["query"\]/)
      const whole = yield* operate("show", ids[0]!, "--content", ...flags)
      assert.isTrue(whole.out.endsWith(`\n\n${undecodable.not_json}`))
      const json = yield* operate("show", ids[4]!, "--content", "--json", ...flags)
      assert.strictEqual(JSON.parse(json.out).body, healthy(1).body)
    })
  )

  it.live("show --content escapes control characters", () =>
    Effect.gen(function* () {
      const { bury, place } = yield* localQueues
      const body = "a\u009b2Jb\u202ec"
      const id = yield* bury({ group: "g", body })
      const plain = yield* operate("show", id, "--content", ...localFlags(place.endpoint))
      assert.isTrue(plain.out.endsWith("a\\u009b2Jb\\u202ec"))
      const json = yield* operate("show", id, "--content", "--json", ...localFlags(place.endpoint))
      assert.notInclude(json.out, "\u009b")
      assert.strictEqual(JSON.parse(json.out).body, body)
    })
  )

  it.live("show fails for an unknown id", () =>
    Effect.gen(function* () {
      const { flags } = yield* poisoned
      const { done, error } = yield* operate("show", "nobody", ...flags)
      assert.isFalse(done)
      assert.include(error, "there is no dead letter nobody.")
    })
  )

  it.live("finds the queues of another deployment by its table's name, as every command does", () =>
    Effect.gen(function* () {
      const { flags } = yield* poisoned
      const own = yield* operate("list", "--table", "cv-analytics", ...flags)
      assert.isTrue(own.done, own.error)
      const { done, error } = yield* operate("list", "--table", "other", ...flags)
      assert.isFalse(done)
      assert.include(error, "there is no queue other-dead-letters.fifo at ")
    })
  )

  it.live("export writes every letter with its body, and only its owner can read the file", () =>
    Effect.gen(function* () {
      const { counts, deadLettersUrl, flags, ids } = yield* poisoned
      const file = `${yield* temporaryFolder}/letters.jsonl`
      const { out } = yield* operate("export", "--file", file, ...flags)
      assert.strictEqual(out, `5 dead letters in ${file}.`)
      const letters = readFileSync(file, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line))
      assert.deepStrictEqual(
        letters.map(({ body, messageId }) => [messageId, body]),
        [...Object.values(undecodable), healthy(1).body].map((body, index) => [ids[index], body])
      )
      assert.strictEqual(letters[4].group, healthy(1).group)
      assert.strictEqual(letters[4].attributes.producer.StringValue, "test")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 5, inFlight: 0 })
      const again = yield* operate("export", "--file", file, ...flags)
      assert.isFalse(again.done)
      assert.include(again.error, `${file} exists already`)
    })
  )

  it.live("delete keeps each letter in a file before it takes it out of the queue", () =>
    Effect.gen(function* () {
      const { counts, deadLettersUrl, flags, ids } = yield* poisoned
      const file = `${yield* temporaryFolder}/gone.jsonl`
      const dry = yield* operate("delete", "--undecodable", "--dry-run", ...flags)
      assert.strictEqual(
        dry.out,
        "4 dead letters would be deleted.\nLeft in the dead-letter queue: 1."
      )
      const named = ["delete", ids[4]!, "nobody", "--file", file, "--yes", ...flags]
      const one = yield* operate(...named)
      assert.strictEqual(
        one.out,
        `1 dead letter deleted, and kept in ${file}.\nLeft in the dead-letter queue: 4.`
      )
      assert.isFalse(one.done)
      assert.include(one.error, "there is no dead letter nobody")
      assert.strictEqual(JSON.parse(readFileSync(file, "utf8")).body, healthy(1).body)
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      const again = yield* operate("delete", "--undecodable", "--file", file, "--yes", ...flags)
      assert.include(again.error, `${file} exists already`)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 4, inFlight: 0 })
      const rest = ["delete", "--undecodable", "--file", `${file}.2`, "--yes", "--json", ...flags]
      const { chosen, missing, others, unseen } = JSON.parse((yield* operate(...rest)).out)
      assert.deepStrictEqual([chosen, missing, others, unseen], [4, [], 0, 0])
      assert.strictEqual(readFileSync(`${file}.2`, "utf8").trimEnd().split("\n").length, 4)
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 0, inFlight: 0 })
    })
  )

  it.live("delete asks a person, and deletes nothing where it can ask nobody", () =>
    Effect.gen(function* () {
      const { counts, deadLettersUrl, flags } = yield* poisoned
      const file = `${yield* temporaryFolder}/gone.jsonl`
      const asked = yield* operate("delete", "--undecodable", "--file", file, ...flags)
      assert.isFalse(asked.done)
      assert.include(asked.error, "to delete 4 dead letters, give --yes")
      const nowhere = yield* operate("delete", "--undecodable", "--yes", ...flags)
      assert.include(nowhere.error, "give --file: a new file that keeps what is deleted")
      const folder = ["delete", "--undecodable", "--file", "/none/gone.jsonl", "--yes", ...flags]
      assert.include((yield* operate(...folder)).error, "/none/gone.jsonl cannot be written")
      assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 5, inFlight: 0 })
    })
  )

  it.live("redrive says what it did and what it left", () =>
    Effect.gen(function* () {
      const { flags } = yield* poisoned
      const dry = yield* operate("redrive", "--dry-run", ...flags)
      assert.strictEqual(
        dry.out,
        "1 message would be put back on cv-analytics.fifo.\n" +
          "Left in the dead-letter queue: 4 undecodable (--force redrives them too)."
      )
      const { out } = yield* operate("redrive", "--json", ...flags)
      assert.deepStrictEqual(JSON.parse(out), {
        queue: "cv-analytics.fifo",
        deadLetters: "cv-analytics-dead-letters.fifo",
        dryRun: false,
        redriven: 1,
        undecodable: 4,
        notChosen: 0,
        unseen: 0
      })
    })
  )
})

describe("the command line", () => {
  const wrong = [
    ["lst"],
    ["list", "--local", "--endpoint", "http://127.0.0.1:1"],
    ["list", "--endpoint", "nowhere"],
    ["redrive", "--reason", "bad luck"],
    ["export"],
    ["export", "--file", ""],
    ["delete"],
    ["delete", "--undecodable", "6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11"],
    ["show"]
  ]
  for (const words of wrong) {
    it.live(`refuses dlq ${words.join(" ")}`, () =>
      Effect.gen(function* () {
        const { done, error } = yield* operate(...words)
        assert.isFalse(done)
        assert.include(error, "ERROR")
      })
    )
  }

  it.live("has help with examples on every command", () =>
    Effect.gen(function* () {
      for (const command of [[], ["list"], ["show"], ["redrive"], ["export"], ["delete"]]) {
        const { done, out } = yield* operate(...command, "--help")
        assert.isTrue(done)
        assert.include(out, "EXAMPLES")
      }
    })
  )
})

describe.concurrent("npm run ops", () => {
  it.live("ends with one line and 1 where nothing listens", () =>
    Effect.gen(function* () {
      const { ended } = startOps("dlq", "list", "--local", "--port", "1")
      assert.deepStrictEqual(yield* ended, {
        out: "",
        error:
          "\nERROR\n  SQS does not answer at http://127.0.0.1:3 (ECONNREFUSED)" +
          ": run npm start, or give its --port\n",
        code: 1
      })
    })
  )

  it.live(
    "says which settings are missing for AWS",
    () =>
      Effect.gen(function* () {
        const region = yield* startOps("dlq", "list").ended
        assert.include(region.error, "no AWS region is set: give --region, or set AWS_REGION")
        const credentials = yield* startOps("dlq", "list", "--region", "eu-west-1").ended
        assert.include(
          credentials.error,
          "no AWS credentials were found, or they have expired: log in again"
        )
        assert.deepStrictEqual([region.code, credentials.code], [1, 1])
      }),
    60_000
  )

  it.live("ends with 2 when the command is wrong", () =>
    Effect.gen(function* () {
      const { code, error } = yield* startOps("dlq", "list", "--port", "9000").ended
      assert.strictEqual(code, 2)
      assert.include(error, "--port is for --local")
    })
  )

  it.live(
    "redrive killed between send and delete leaves one copy after it is run again",
    () =>
      Effect.gen(function* () {
        const { bury, client, counts, deadLettersUrl, place, queueUrl } = yield* localQueues
        yield* bury(healthy(1))
        let receiptHandle = ""
        let kill = (): unknown => undefined
        const proxy = yield* inFrontOf(place.endpoint, (operation, { ReceiptHandle }) => {
          if (operation !== "DeleteMessage") return "passed"
          receiptHandle = String(ReceiptHandle)
          kill()
          return "held"
        })
        const ops = startOps("dlq", "redrive", ...localFlags(proxy.endpoint))
        kill = () => ops.child.kill("SIGKILL")
        assert.isNull((yield* ops.ended).code)
        assert.deepStrictEqual(yield* counts(queueUrl), { visible: 1, inFlight: 0 })
        assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 0, inFlight: 1 })

        const meanwhile = yield* operate("redrive", ...localFlags(place.endpoint))
        assert.include(meanwhile.out, "1 message was not seen: held by another reader")
        // the time after which the message of a dead reader is visible again
        yield* Effect.promise(() =>
          client.send(
            new ChangeMessageVisibilityCommand({
              QueueUrl: deadLettersUrl,
              ReceiptHandle: receiptHandle,
              VisibilityTimeout: 0
            })
          )
        )
        const again = yield* operate("redrive", ...localFlags(place.endpoint))
        assert.include(again.out, "1 message put back")
        assert.deepStrictEqual(yield* counts(queueUrl), { visible: 1, inFlight: 0 })
        assert.deepStrictEqual(yield* counts(deadLettersUrl), { visible: 0, inFlight: 0 })
      }),
    60_000
  )
})
