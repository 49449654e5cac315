/** The Worker's access key: nobody ever sees its secret, and there is always one that works. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { KeyPlan, planKey } from "../../../infra/deploy/AccessKey.ts"
import type { Exchange } from "./Conversation.ts"
import { operate } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const upTo = (...key: ReadonlyArray<Exchange>) => [
  ...said.preflightAgain,
  said.build,
  ...said.outputs,
  ...key
]
const edge = ["deploy", "--only", "edge", "--skip-smoke"]
const rotate = ["deploy", "--rotate-key"]

const failing = (exchange: Exchange, stderr: string): Exchange => ({
  ...exchange,
  exitCode: 1,
  stderr
})

describe("the secret", () => {
  it.effect("is on wrangler's standard input and nowhere else, whatever is printed", () =>
    Effect.gen(function* () {
      const { all, done, heard } = yield* operate(["deploy"], said.everything)
      assert.isTrue(done)
      const having = heard.filter(({ stdin }) => stdin.includes(said.newKey.secret))
      assert.deepStrictEqual(
        having.map(({ words }) => words),
        [said.handOver.said]
      )
      assert.notInclude(heard.map(({ words }) => words).join("\n"), said.newKey.secret)
      assert.notInclude(all, said.newKey.secret)
    })
  )

  it.effect(
    "is not in the error either when wrangler fails and repeats it, and the key is deleted",
    () =>
      Effect.gen(function* () {
        const { all, done, exit } = yield* operate(
          edge,
          upTo(
            ...said.keys(),
            said.noWorker,
            said.createKey,
            failing(said.handOver, `bad input: ${said.handOver.stdin}`),
            said.deleteKey(said.newKey.id)
          )
        )
        assert.isFalse(done)
        assert.include(all, `The new access key ${said.newKey.id} was deleted again`)
        assert.notInclude(all + JSON.stringify(exit), said.newKey.secret)
      })
  )

  it.effect("does not get out when AWS answers what is not understood", () =>
    Effect.gen(function* () {
      const { all, done, exit } = yield* operate(
        edge,
        upTo(
          ...said.keys(),
          said.noWorker,
          said.aws("iam", "create-access-key", { AccessKey: { Secret: said.newKey.secret } })
        )
      )
      assert.isFalse(done)
      assert.include(all, "aws iam create-access-key answered what this version")
      assert.notInclude(all + JSON.stringify(exit), said.newKey.secret)
    })
  )
})

describe("a new key", () => {
  it.effect("that cannot be deleted again is named, with the command that deletes it", () =>
    Effect.gen(function* () {
      const { all } = yield* operate(
        edge,
        upTo(...said.keys(), said.noWorker, said.createKey, failing(said.handOver, "no network"), {
          ...said.deleteKey(said.newKey.id),
          exitCode: 1,
          stderr: "no network"
        })
      )
      assert.include(all, `aws iam delete-access-key --user-name cv-analytics-worker`)
      assert.include(all, `--access-key-id ${said.newKey.id}`)
    })
  )

  it.effect("takes the place of the old one, which goes when a question has come through", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        rotate,
        upTo(
          ...said.keys({ id: "AKIAOLD", used: true }),
          said.workerHasKey,
          said.createKey,
          said.handOver,
          said.edge,
          said.notStored,
          said.stored("correlated"),
          said.deleteKey("AKIAOLD")
        )
      )
      assert.isTrue(done, all)
    })
  )

  it.effect("leaves the old one when no question comes through by it", () =>
    Effect.gen(function* () {
      const { all, done } = yield* operate(
        rotate,
        upTo(
          ...said.keys({ id: "AKIAOLD", used: true }),
          said.workerHasKey,
          said.createKey,
          said.handOver,
          said.edge,
          ...Array.from({ length: 41 }, () => said.notStored)
        )
      )
      assert.isFalse(done)
      assert.include(all, "was answered, and after two minutes is not stored")
      assert.include(all, "Begun: question. Not done: retire.")
    })
  )

  it.effect("is not made when a rotation was broken off, but by a rotation", () =>
    Effect.gen(function* () {
      const two = said.keys({ id: "AKIAOLD", used: true }, { id: "AKIANEW" })
      const refused = yield* operate(edge, upTo(...two, said.workerHasKey))
      assert.isFalse(refused.done)
      assert.include(refused.all, "two access keys (AKIAOLD, AKIANEW): a rotation was broken off")
      const completed = yield* operate(
        rotate,
        upTo(
          ...two,
          said.workerHasKey,
          said.deleteKey("AKIANEW"),
          said.createKey,
          said.handOver,
          said.edge,
          said.stored("correlated"),
          said.deleteKey("AKIAOLD")
        )
      )
      assert.isTrue(completed.done, completed.all)
    })
  )
})

describe("planKey", () => {
  const [used, unused] = [
    { id: "A", used: true },
    { id: "B", used: false }
  ]
  const newest = { id: "C", used: true }
  const cases = {
    "keeps the one key that the Worker has": [[used], true, false, KeyPlan.Keep({ id: "A" })],
    "makes one for a Worker whose key is gone": [
      [],
      true,
      false,
      KeyPlan.Make({ first: [], afterwards: [] })
    ],
    "deletes a key that nothing has used and no Worker holds": [
      [unused],
      false,
      false,
      KeyPlan.Make({ first: ["B"], afterwards: [] })
    ],
    "leaves a key that something uses, for it may be another Worker's": [
      [used],
      false,
      false,
      KeyPlan.Make({ first: [], afterwards: [] })
    ],
    "makes room by the older of two that were used": [
      [used, newest],
      true,
      true,
      KeyPlan.Make({ first: ["A"], afterwards: ["C"] })
    ],
    "does not guess between two that something uses": [
      [used, newest],
      false,
      false,
      KeyPlan.Unclear({ ids: ["A", "C"] })
    ]
  } as const
  for (const [sentence, [keys, workerHasOne, rotate, plan]] of Object.entries(cases)) {
    it(sentence, () => assert.deepStrictEqual(planKey(keys, workerHasOne, rotate), plan))
  }
})
