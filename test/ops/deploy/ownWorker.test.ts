/**
 * Goal: a deployment serves the Worker of an owner, without touching its code, and deletes no key
 * that may be in use.
 * Method: wrangler itself reads the Worker's definition; tools and AWS are doubles.
 */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { buildBundles } from "../../../infra/bundles.ts"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import * as Clients from "../../../ops/aws/Clients.ts"
import { checksText } from "../../../ops/deploy/Check.ts"
import { type Target, targetOf } from "../../../ops/deploy/Target.ts"
import { examineWorker } from "../../../ops/doctor/examineWorker.ts"
import { refuse, serveAws } from "../aws/AwsDouble.ts"
import { type CloudState, cloudOf, newKey, notStored } from "./Cloud.ts"
import { conversation, type RecordedCommand } from "./Conversation.ts"
import { type Circumstances, operate, settings } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const slow = 60_000

const vars = { CV_ANALYTICS_QUEUE_URL: said.outputValues.queue_url }
const definition = (more: object = { vars }): string =>
  JSON.stringify({ name: "my-site", compatibility_date: "2026-07-01", ...more })

const url = "https://bot.example.com"
const ask = { path: "/api/chat", body: { message: "Is everything in place?" } }
const circumstances = (more: object = {}, cloud: CloudState = {}) =>
  ({
    settings: { ...settings, worker: { config: "wrangler.jsonc", url, ...more } },
    files: { "wrangler.jsonc": definition() },
    cloud: cloudOf(cloud)
  }) satisfies Circumstances

const own = "--config=<own> --env="
const names = ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"]
const secrets = (...listed: ReadonlyArray<string>): RecordedCommand => ({
  said: `wrangler secret list --format=json ${own}`,
  stdout: JSON.stringify(listed.map((name) => ({ name })))
})
const handOver: RecordedCommand = { ...said.handOver, said: `wrangler secret bulk ${own}` }
const upTo = (...more: ReadonlyArray<RecordedCommand>) => [
  ...said.preflight,
  ...said.outputs,
  ...more
]
const edge = ["deploy", "--only", "edge"]
const rotate = ["deploy", "--rotate-key"]
const used = { id: "AKIAOLD", used: true }
const oneUsed = { keys: [used] }

describe("npm run deploy with an own Worker", () => {
  it.effect(
    "deploys everything except our chatbot, and asks the own Worker as the settings say",
    () =>
      Effect.gen(function* () {
        const recording = [
          ...said.preflight,
          said.build,
          ...said.infra,
          ...said.outputs,
          secrets(),
          handOver,
          said.mail
        ]
        const { all, done } = yield* operate(["deploy"], recording, circumstances({ ask }))
        assert.isTrue(done, all)
        assert.include(all, `key: ${newKey.id} made, and given to the Worker`)
        assert.include(all, `edge: ${url} sends to this queue`)
        assert.include(all, "question: stored")
      }),
    slow
  )

  it.effect("asks for a question by hand where the settings do not say how to ask", () =>
    Effect.gen(function* () {
      const given = circumstances({}, { answers: { Query: notStored } })
      const { all, done } = yield* operate(edge, upTo(secrets(), handOver), given)
      assert.isTrue(done, all)
      assert.include(all, `Ask your bot at ${url} a question now: waiting 2 minutes.`)
      assert.include(all, "question: none came within 2 minutes: ask your bot a question")
    })
  )

  it.effect("waits for the next drain where the queue is drained by schedule", () =>
    Effect.gen(function* () {
      const given = circumstances({}, { answers: { Query: notStored } })
      const terraform = { delivery: "schedule", drain_minutes: 5 }
      const { all } = yield* operate(edge, upTo(secrets(), handOver), {
        ...given,
        settings: { ...given.settings, terraform }
      })
      assert.include(all, "waiting 7 minutes.")
    })
  )

  it.effect("leaves a working key, and does not wait for a question", () =>
    Effect.gen(function* () {
      const { all, done, requests } = yield* operate(
        edge,
        upTo(secrets(...names)),
        circumstances({}, oneUsed)
      )
      assert.isTrue(done, all)
      assert.include(all, "key: AKIAOLD stays")
      assert.include(all, 'question: not asked, without "ask" in "worker"')
      assert.isFalse(requests.some(({ operation }) => operation === "Query"))
    })
  )

  it.effect("says in its plan what it looks at, and what it leaves to the owner", () =>
    Effect.gen(function* () {
      const { out } = yield* operate(
        ["deploy", "--plan"],
        [...said.preflight, ...said.infraUnchanged],
        circumstances({ ask })
      )
      assert.include(out, "looks whether your Worker sends to this queue; you deploy it")
      assert.include(out, `POST ${url}/api/chat {"message":"Is everything in place?"}`)
      assert.notInclude(out, "wrangler deploy")
    })
  )

  const refusals: Readonly<
    Record<string, readonly [Circumstances, ReadonlyArray<RecordedCommand>, ReadonlyArray<string>]>
  > = {
    "says what to put into its variables, which are another queue's": [
      { files: { "wrangler.jsonc": definition({ vars: {} }) } },
      upTo(secrets(...names), secrets(...names)),
      [
        "my-site does not send to this queue",
        `"CV_ANALYTICS_QUEUE_URL": "${vars.CV_ANALYTICS_QUEUE_URL}"`
      ]
    ],
    "does not make a Worker that was never deployed": [
      {},
      upTo({
        said: `wrangler secret list --format=json ${own}`,
        exitCode: 1,
        stderr: 'X [ERROR] Worker "my-site" not found.\n'
      }),
      ["Your Worker my-site,", "is not deployed yet.", "Deploy it first"]
    ],
    "names a definition that is not there": [
      { files: {} },
      [],
      ["wrangler cannot read your Worker's definition", 'Correct "worker" in deploy.json']
    ],
    "names a key that comes from a Secrets Store": [
      {
        files: {
          "wrangler.jsonc": definition({
            secrets_store_secrets: [
              { binding: names[1], store_id: "s", secret_name: "cv-analytics" }
            ]
          })
        }
      },
      [],
      ["binds CV_ANALYTICS_SECRET_ACCESS_KEY to a Secrets Store", "remove these bindings"]
    ],
    "names a variable that the analytics cannot read": [
      {
        files: {
          "wrangler.jsonc": definition({ vars: { ...vars, CV_ANALYTICS_PRIVACY_MODE: "none" } })
        }
      },
      said.preflight,
      ["CV_ANALYTICS_PRIVACY_MODE: expected", "wrangler.jsonc; docs/operations.md", "Nothing was"]
    ],
    "says that it does not answer as the settings ask": [
      {
        settings: { ...settings, worker: { config: "wrangler.jsonc", url, ask } },
        workerStatus: 404
      },
      upTo(secrets(...names)),
      [`Your Worker at ${url}/api/chat did not answer a question: status 404.`]
    ]
  }
  for (const [sentence, [more, recording, says]] of Object.entries(refusals)) {
    it.effect(sentence, () =>
      Effect.gen(function* () {
        const given = { ...circumstances({}, oneUsed), ...more }
        const { all, done } = yield* operate(edge, recording, given)
        assert.isFalse(done, all)
        for (const words of says) assert.include(all, words)
      })
    )
  }
})

describe("a rotation with an own Worker", () => {
  const sample: RecordedCommand = said.noWorker

  it.effect("switches the old key off once a question has come through with the new one", () =>
    Effect.gen(function* () {
      const given = circumstances({ ask }, oneUsed)
      const recording = upTo(secrets(...names), sample, handOver)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isTrue(done, all)
      assert.include(all, "has an access key.")
      assert.include(all, "AKIAOLD: made 2026-01-01 00:00, last used 2026-11-20 00:00")
      assert.deepStrictEqual(given.cloud.working(), [newKey.id])
    })
  )

  it.effect("leaves both while no question has come, and says how to go on", () =>
    Effect.gen(function* () {
      const given = circumstances({}, { ...oneUsed, answers: { Query: notStored } })
      const recording = upTo(secrets(...names), sample, handOver)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isFalse(done)
      assert.include(all, `AKIAOLD stays beside the new key ${newKey.id}. Nothing was deleted.`)
      assert.include(all, "npm run deploy -- --revoke-key --key AKIAOLD")
      assert.deepStrictEqual(given.cloud.working(), ["AKIAOLD", newKey.id])
    })
  )

  it.effect("leaves a key that is used although the known Workers have none", () =>
    Effect.gen(function* () {
      const given = circumstances({ ask }, oneUsed)
      const { all, done } = yield* operate(rotate, upTo(secrets(), sample, handOver), given)
      assert.isTrue(done, all)
      assert.include(all, "AKIAOLD stays, because another Worker may have it")
      assert.deepStrictEqual(given.cloud.keys(), ["AKIAOLD", newKey.id])
    })
  )

  it.effect("leaves a key that somebody uses after the new one was given", () =>
    Effect.gen(function* () {
      const used = (LastUsedDate: string) => ({ AccessKeyLastUsed: { LastUsedDate } })
      const lastUsed = [used("2026-11-20T00:00:00Z"), used("2026-11-23T08:00:00Z")]
      const given = circumstances(
        { ask },
        { ...oneUsed, answers: { GetAccessKeyLastUsed: lastUsed } }
      )
      const recording = upTo(secrets(...names), sample, handOver)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isFalse(done)
      assert.include(all, "Another Worker uses the old key (AKIAOLD:")
      assert.deepStrictEqual(given.cloud.working(), ["AKIAOLD", newKey.id])
    })
  )

  it.effect("gives the new key to our chatbot too, where that still has one", () =>
    Effect.gen(function* () {
      const given = circumstances({ ask }, oneUsed)
      const recording = upTo(secrets(), said.workerHasKey, handOver, said.handOver)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isTrue(done, all)
      assert.include(all, "cv-analytics-edge (infra/wrangler.jsonc) has an access key.")
      assert.deepStrictEqual(given.cloud.working(), [newKey.id])
    })
  )

  it.effect("keeps the new key when one of two Workers has it already", () =>
    Effect.gen(function* () {
      const given = circumstances({ ask }, oneUsed)
      const failed = { ...said.handOver, exitCode: 1, stderr: "down" }
      const recording = upTo(secrets(...names), said.workerHasKey, handOver, failed)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isFalse(done)
      assert.include(all, `The Worker my-site has the new access key ${newKey.id}.`)
      assert.deepStrictEqual(given.cloud.keys(), ["AKIAOLD", newKey.id])
    })
  )
})

describe("npm run deploy -- --revoke-key", () => {
  const two = { keys: [used, { id: "AKIANEW", used: true }] }
  const withoutDefinition = (cloud: CloudState) => ({ ...circumstances({}, cloud), files: {} })

  it.effect("switches all keys off at once, and says what is lost and how to go on", () =>
    Effect.gen(function* () {
      const given = { ...withoutDefinition(two), typed: ["revoke"] }
      const { all, done } = yield* operate(["deploy", "--revoke-key"], [], given)
      assert.isTrue(done, all)
      assert.deepStrictEqual([given.cloud.keys().length, given.cloud.working()], [2, []])
      assert.include(all, "AKIAOLD and AKIANEW of cv-analytics-worker are switched off.")
      assert.include(all, "They lose their events from now on")
      assert.include(all, "A new key: npm run deploy -- --rotate-key.")
    })
  )

  it.effect("changes nothing unless revoke is typed", () =>
    Effect.gen(function* () {
      const given = { ...withoutDefinition(two), typed: ["yes"] }
      const { all, done } = yield* operate(["deploy", "--revoke-key"], [], given)
      assert.isFalse(done)
      assert.include(all, "You did not type revoke.")
      assert.lengthOf(given.cloud.working(), 2)
    })
  )

  it.effect("switches only one off, without a question, with --key and --yes", () =>
    Effect.gen(function* () {
      const given = withoutDefinition(two)
      const words = ["deploy", "--revoke-key", "--key", "AKIAOLD", "--yes"]
      const { all, done } = yield* operate(words, [], given)
      assert.isTrue(done, all)
      assert.deepStrictEqual(given.cloud.working(), ["AKIANEW"])
    })
  )

  it.effect("names a key that is not there, and another account", () =>
    Effect.gen(function* () {
      const words = ["deploy", "--revoke-key", "--yes"]
      const none = yield* operate([...words, "--key", "AKIAX"], [], withoutDefinition(two))
      assert.include(none.all, "The user cv-analytics-worker has no access key AKIAX that works.")
      const account = ["--account", "111111111111"]
      const given = withoutDefinition(two)
      const wrong = yield* operate([...words, ...account], [], given)
      assert.include(wrong.all, "belong to account 123456789012, not to 111111111111")
      assert.lengthOf(given.cloud.working(), 2)
      const noUser = { answers: { ListAccessKeys: refuse("NoSuchEntity") } }
      const absent = yield* operate(words, [], withoutDefinition(noUser))
      assert.include(absent.all, "The user cv-analytics-worker has no access key that works.")
    })
  )

  it.effect("is followed by a rotation, which leaves off the key that is off", () =>
    Effect.gen(function* () {
      const cloud = { keys: [{ ...used, status: "Inactive" }] }
      const given = circumstances({ ask }, cloud)
      const recording = upTo(secrets(...names), said.noWorker, handOver)
      const { all, done } = yield* operate(rotate, recording, given)
      assert.isTrue(done, all)
      assert.deepStrictEqual(given.cloud.working(), [newKey.id])
    })
  )
})

describe("npm run destroy with an own Worker", () => {
  it.effect("switches the keys off, takes our chatbot away, and leaves the Worker", () =>
    Effect.gen(function* () {
      const given = { ...circumstances({}, oneUsed), typed: ["cv-analytics"] }
      const { all } = yield* operate(
        ["destroy", "--yes"],
        [
          said.initialize,
          said.terraform("state list"),
          { said: `wrangler delete --force ${said.worker}` }
        ],
        given
      )
      assert.include(
        all,
        "worker: yours stays, and its keys are off (AKIAOLD); our chatbot: deleted"
      )
      assert.deepStrictEqual(given.cloud.working(), [])
    })
  )

  it.effect("says that the Worker stays, and its keys go", () =>
    Effect.gen(function* () {
      const { out } = yield* operate(["destroy"], [], circumstances())
      assert.include(out, "the access keys of your Worker my-site, first of all")
      assert.include(out, "your Worker my-site, which answers as before")
    })
  )
})

describe("the doctor of an own Worker", () => {
  const examined = Effect.fnUntraced(
    function* (changed: Partial<Target>, keys: CloudState["keys"] = [used]) {
      const { layer } = conversation([{ ...secrets(...names), said: "wrangler secret list ..." }])
      const { settings: aws } = yield* serveAws(cloudOf({ keys }).answers)
      const production = yield* targetOf(settings as never)
      const target: Target = {
        ...production,
        worker: "my-site",
        config: "../site/wrangler.jsonc",
        own: { config: "wrangler.jsonc", url },
        variables: vars,
        ...changed
      }
      return yield* examineWorker(target).pipe(
        Effect.provide(Layer.merge(layer, Clients.layer("eu-west-1"))),
        Effect.provideService(AwsSettings, aws),
        Effect.map(checksText)
      )
    },
    Effect.scoped,
    Effect.provide(NodeServices.layer)
  )

  it.effect("finds its secrets and its queue, and asks for a question by hand", () =>
    Effect.gen(function* () {
      const text = yield* examined({})
      assert.include(text, "ok    Worker my-site: has its secrets; a question by hand shows")
      assert.include(text, "ok    Worker my-site's queue:")
      assert.include(text, "ok    access key: AKIAOLD is the only one that works")
    })
  )

  it.effect("finds another queue in its definition", () =>
    Effect.gen(function* () {
      const other = { CV_ANALYTICS_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/1/other.fifo" }
      const text = yield* examined({ variables: other })
      assert.include(text, "../site/wrangler.jsonc has another CV_ANALYTICS_QUEUE_URL.")
    })
  )

  it.effect("tells of two keys when each was used, and does not mind one that is off", () =>
    Effect.gen(function* () {
      const two = yield* examined({}, [used, { id: "AKIANEW" }])
      assert.include(two, "has 2 instead of one:")
      assert.include(two, "AKIAOLD: made 2026-01-01 00:00, last used 2026-11-20 00:00")
      assert.include(two, "AKIANEW: made 2026-02-01 00:00, no use known")
      const off = yield* examined({}, [{ ...used, status: "Inactive" }, { id: "AKIANEW" }])
      assert.include(off, "AKIANEW is the only one that works; AKIAOLD is switched off")
    })
  )
})
