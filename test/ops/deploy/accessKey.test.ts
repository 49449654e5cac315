/** The Worker's access key: its secret is never shown, and the Worker always has one that works. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { KeyPlan, type KeySituation, planKey } from "../../../ops/deploy/KeyPlan.ts"
import type { RecordedCommand } from "./Conversation.ts"
import { begin, operate } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const upTo = (...key: ReadonlyArray<RecordedCommand>) => [
  ...said.preflightAgain,
  said.build,
  ...said.outputs,
  ...key
]
const working = { id: "AKIAOLD", used: true }
const edge = ["deploy", "--only", "edge", "--skip-smoke"]
const rotate = ["deploy", "--rotate-key"]

const failing = (exchange: RecordedCommand, stderr: string): RecordedCommand => ({
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
            ...said.handedOver().slice(0, -1),
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
      assert.include(all, "This version cannot read what aws iam create-access-key answered.")
      assert.notInclude(all + JSON.stringify(exit), said.newKey.secret)
    })
  )
})

describe("a new key", () => {
  it.effect("that cannot be deleted again is named, with the command that deletes it", () =>
    Effect.gen(function* () {
      const { all } = yield* operate(
        edge,
        upTo(
          ...said.keys(),
          said.noWorker,
          ...said.handedOver().slice(0, -1),
          failing(said.handOver, "no network"),
          failing(said.deleteKey(said.newKey.id), "no network")
        )
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
          ...said.keys(working),
          said.workerHasKey,
          ...said.handedOver(working),
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
          ...said.keys(working),
          said.workerHasKey,
          ...said.handedOver(working),
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
      const two = [working, { id: "AKIANEW" }]
      const refused = yield* operate(edge, upTo(...said.keys(...two), said.workerHasKey))
      assert.isFalse(refused.done)
      assert.include(refused.all, "two access keys (AKIAOLD, AKIANEW): a rotation was interrupted")
      const completed = yield* operate(
        rotate,
        upTo(
          ...said.keys(...two),
          said.workerHasKey,
          said.deleteKey("AKIANEW"),
          ...said.handedOver(working),
          said.edge,
          said.stored("correlated"),
          said.deleteKey("AKIAOLD")
        )
      )
      assert.isTrue(completed.done, completed.all)
    })
  )

  const refusals: Readonly<
    Record<string, readonly [ReadonlyArray<string>, ReadonlyArray<RecordedCommand>, string]>
  > = {
    "is deleted again, and not given to the Worker, when somebody else has made one": [
      edge,
      [
        ...said.keys(),
        said.noWorker,
        said.createKey,
        said.listedKeys({ id: "AKIAOTHER" }, said.newKey),
        said.deleteKey(said.newKey.id)
      ],
      "Another deployment is working on the Worker's access key at the moment."
    ],
    "that somebody else has deleted is not given to the Worker, and is no loss": [
      edge,
      [
        ...said.keys(),
        said.noWorker,
        said.createKey,
        said.listedKeys(),
        said.awsRefuses("iam", "delete-access-key", "NoSuchEntity")
      ],
      "Another deployment is working on the Worker's access key at the moment."
    ],
    "is not made while a rotation that was begun a minute ago may go on": [
      rotate,
      [...said.keys(working, { id: "AKIANEW", made: "2026-11-23T06:59:00Z" }), said.workerHasKey],
      "The access key AKIANEW is not five minutes old"
    ],
    "does not take the place of one that somebody has switched off": [
      edge,
      [...said.keys({ ...working, status: "Inactive" }), said.workerHasKey],
      "The Worker's access key AKIAOLD is switched off."
    ]
  }
  for (const [sentence, [words, conversation, says]] of Object.entries(refusals)) {
    it.effect(sentence, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(words, upTo(...conversation))
        assert.isFalse(done)
        assert.include(all, says)
      })
    )
  }
})

describe("planKey", () => {
  const nowMs = Date.parse(begin)
  const minutes = (count: number) => nowMs + count * 60_000
  const key = (id: string, madeAtMs: number, usedAtMs?: number) => ({
    id,
    isActive: true,
    madeAtMs,
    usedAtMs
  })
  const used = key("A", minutes(-9000), minutes(-60))
  const unused = key("B", minutes(-9000))
  const make = (first: ReadonlyArray<string>, afterwards: ReadonlyArray<string> = []) =>
    KeyPlan.Make({ first, afterwards })
  const held = { workerHasOne: true, rotate: false }
  const without = { workerHasOne: false, rotate: false }
  const rotating = { workerHasOne: true, rotate: true }

  const cases: Readonly<
    Record<string, readonly [KeySituation["keys"], Omit<KeySituation, "keys" | "nowMs">, KeyPlan]>
  > = {
    "keeps the one key that the Worker has": [[used], held, KeyPlan.Keep({ id: "A" })],
    "makes one for a Worker whose key is gone": [[], held, make([])],
    "deletes a key that nothing has used and no Worker holds": [[unused], without, make(["B"])],
    "leaves a key that something uses, for it may be another Worker's": [[used], without, make([])],
    "does not guess between two that something uses": [
      [used, key("C", minutes(-30), minutes(-10))],
      without,
      KeyPlan.Unclear({ ids: ["A", "C"] })
    ],
    "makes room by the older of two that were used, since the newer was handed over": [
      [used, key("C", minutes(-120), minutes(-90))],
      rotating,
      make(["A"], ["C"])
    ],
    "makes room by the older when it was not used again, for the newer's use may not be known": [
      [used, key("C", minutes(-61))],
      rotating,
      make(["A"], ["C"])
    ],
    "makes room by the newer when the older was used long after it was made": [
      [used, key("C", minutes(-70))],
      rotating,
      make(["C"], ["A"])
    ],
    "waits while the newer is so young that another rotation may be about to hand it over": [
      [used, key("C", minutes(-4))],
      rotating,
      KeyPlan.Wait({ id: "C" })
    ]
  }
  for (const [sentence, [keys, situation, plan]] of Object.entries(cases)) {
    it(sentence, () => assert.deepStrictEqual(planKey({ keys, nowMs, ...situation }), plan))
  }
})
