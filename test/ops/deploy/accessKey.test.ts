/** The Worker's access key: its secret is never shown, and the Worker always has one that works. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../../infra/bundles.ts"
import { KeyPlan, type KeySituation, type KnownKey, planKey } from "../../../ops/deploy/KeyPlan.ts"
import { refuse } from "../aws/AwsDouble.ts"
import { type CloudState, changes, cloudOf, newKey, notStored } from "./Cloud.ts"
import type { RecordedCommand } from "./Conversation.ts"
import { begin, operate } from "./Operator.ts"
import * as said from "./recordings.ts"

beforeAll(async () => {
  await buildBundles()
})

const upTo = (...key: ReadonlyArray<RecordedCommand>) => [
  ...said.preflight,
  said.build,
  ...said.outputs,
  ...key
]
const working = { id: "AKIAOLD", used: true }
const edge = ["deploy", "--only", "edge", "--skip-smoke"]
const rotate = ["deploy", "--rotate-key"]

const listed = (...ids: ReadonlyArray<string>) => ({
  AccessKeyMetadata: ids.map((AccessKeyId) => ({
    AccessKeyId,
    Status: "Active",
    CreateDate: "2026-01-01T00:00:00Z"
  }))
})

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
      const having = heard.filter(({ stdin }) => stdin.includes(newKey.secret))
      assert.deepStrictEqual(
        having.map(({ words }) => words),
        [said.handOver.said]
      )
      assert.notInclude(heard.map(({ words }) => words).join("\n"), newKey.secret)
      assert.notInclude(all, newKey.secret)
    })
  )

  it.effect(
    "is not in the error either when wrangler fails and repeats it, and the key is deleted",
    () =>
      Effect.gen(function* () {
        const { all, done, exit, requests } = yield* operate(
          edge,
          upTo(said.noWorker, failing(said.handOver, `bad input: ${said.handOver.stdin}`))
        )
        assert.isFalse(done)
        assert.deepStrictEqual(changes(requests), ["CreateAccessKey", "DeleteAccessKey"])
        assert.include(all, `The new access key ${newKey.id} was deleted again`)
        assert.notInclude(all + JSON.stringify(exit), newKey.secret)
      })
  )

  it.effect("does not get out when AWS answers what is not understood", () =>
    Effect.gen(function* () {
      const answers = { CreateAccessKey: { AccessKey: { Secret: newKey.secret } } }
      const { all, done, exit } = yield* operate(edge, upTo(said.noWorker), {
        cloud: cloudOf({ answers })
      })
      assert.isFalse(done)
      assert.include(all, "This version cannot read the access key that IAM made.")
      assert.notInclude(all + JSON.stringify(exit), newKey.secret)
    })
  )
})

describe("a new key", () => {
  it.effect("that cannot be deleted again is named, with the place where it can be", () =>
    Effect.gen(function* () {
      const { all } = yield* operate(edge, upTo(said.noWorker, failing(said.handOver, "down")), {
        cloud: cloudOf({ answers: { DeleteAccessKey: refuse("ServiceFailure") } })
      })
      assert.include(all, `The new access key ${newKey.id} could not be deleted again.`)
      assert.include(all, "in IAM's console, under the security credentials of cv-analytics-worker")
    })
  )

  it.effect("takes the place of the old one, which goes when a question has come through", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ keys: [working] })
      const { all, done } = yield* operate(
        rotate,
        upTo(said.workerHasKey, said.handOver, said.edge),
        { cloud }
      )
      assert.isTrue(done, all)
      assert.deepStrictEqual(cloud.working(), [newKey.id])
    })
  )

  it.effect("leaves the old one when no question comes through by it", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ keys: [working], answers: { Query: notStored } })
      const { all, done } = yield* operate(
        rotate,
        upTo(said.workerHasKey, said.handOver, said.edge),
        { cloud }
      )
      assert.isFalse(done)
      assert.include(all, "was answered, and after 2 minutes is not stored")
      assert.include(all, "Begun: question. Not done: retire.")
      assert.deepStrictEqual(cloud.keys(), ["AKIAOLD", newKey.id])
    })
  )

  it.effect("is not made when a rotation was broken off, but by a rotation", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ keys: [working, { id: "AKIANEW" }] })
      const kept = yield* operate(edge, upTo(said.workerHasKey, said.edge), { cloud })
      assert.include(kept.all, "key: AKIAOLD and AKIANEW stay")
      const completed = yield* operate(rotate, upTo(said.workerHasKey, said.handOver, said.edge), {
        cloud
      })
      assert.isTrue(completed.done, completed.all)
      assert.deepStrictEqual(cloud.working(), [newKey.id])
    })
  )

  it.effect("that cannot be handed over tells which key was deleted to make room for it", () =>
    Effect.gen(function* () {
      const cloud = cloudOf({ keys: [working, { id: "AKIANEW" }] })
      const { all, done } = yield* operate(
        rotate,
        upTo(said.workerHasKey, failing(said.handOver, "refused")),
        { cloud }
      )
      assert.isFalse(done)
      assert.include(all, "so AKIANEW, switched off or never used, was deleted before.")
      assert.deepStrictEqual(cloud.keys(), ["AKIAOLD"])
    })
  )

  it.effect("is refused before anything is done while another rotation may go on", () =>
    Effect.gen(function* () {
      const keys = [working, { id: "AKIANEW", made: "2026-11-23T06:58:30Z" }]
      for (const words of [rotate, [...rotate, "--plan"]]) {
        const { all, requests } = yield* operate(words, said.preflight, {
          cloud: cloudOf({ keys })
        })
        assert.include(all, "The access key AKIANEW is not five minutes old")
        assert.include(all, "Run the command again in 4 minutes.")
        assert.deepStrictEqual(changes(requests), [])
      }
    })
  )

  const refusals: Readonly<
    Record<string, readonly [CloudState, ReadonlyArray<RecordedCommand>, string]>
  > = {
    "is deleted again, and not given to the Worker, when somebody else has made one": [
      { answers: { ListAccessKeys: [listed(), listed("AKIAOTHER", newKey.id)] } },
      [said.noWorker],
      "Another deployment is working on the Worker's access key at the moment."
    ],
    "that somebody else has deleted is not given to the Worker, and is no loss": [
      { answers: { ListAccessKeys: listed(), DeleteAccessKey: refuse("NoSuchEntity") } },
      [said.noWorker],
      "Another deployment is working on the Worker's access key at the moment."
    ],
    "does not take the place of one that somebody has switched off": [
      { keys: [{ ...working, status: "Inactive" }] },
      [said.workerHasKey],
      "The Worker's access key AKIAOLD is switched off."
    ]
  }
  for (const [sentence, [state, conversation, says]] of Object.entries(refusals)) {
    it.effect(sentence, () =>
      Effect.gen(function* () {
        const { all, done } = yield* operate(edge, upTo(...conversation), {
          cloud: cloudOf(state)
        })
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
  const young = key("C", minutes(-4))
  const isOff = (known: KnownKey) => ({ ...known, isActive: false })
  const make = (
    first: ReadonlyArray<string>,
    { afterwards = [], others = [] }: Readonly<Record<string, ReadonlyArray<string>>> = {}
  ) => KeyPlan.Make({ first, afterwards, others })
  const held = { workerHasOne: true, rotate: false }
  const without = { workerHasOne: false, rotate: false }
  const rotating = { workerHasOne: true, rotate: true }
  const rotatingWithout = { workerHasOne: false, rotate: true }
  const usedToo = key("C", minutes(-120), minutes(-90))

  const cases: Readonly<
    Record<string, readonly [KeySituation["keys"], Omit<KeySituation, "keys" | "nowMs">, KeyPlan]>
  > = {
    "keeps the one key that the Worker has": [[used], held, KeyPlan.Keep({ ids: ["A"] })],
    "keeps both of two, because nothing tells which one the Worker has": [
      [used, usedToo],
      held,
      KeyPlan.Keep({ ids: ["A", "C"] })
    ],
    "does not undo that a person has switched the key off": [
      [isOff(used)],
      held,
      KeyPlan.Off({ ids: ["A"] })
    ],
    "makes one for a Worker whose key is gone": [[], held, make([])],
    "leaves a key of which no use is known, because it may be another Worker's": [
      [unused],
      without,
      make([], { others: ["B"] })
    ],
    "leaves a key that something uses, because it may be another Worker's": [
      [used],
      without,
      make([], { others: ["A"] })
    ],
    "waits while a key is so young that another deployment may be about to hand it over": [
      [young],
      without,
      KeyPlan.Wait({ id: "C", leftMs: 60_000 })
    ],
    "makes room by a key that nothing has used for two hours": [
      [unused, usedToo],
      without,
      make(["B"], { others: ["C"] })
    ],
    "makes no room between two that something uses": [
      [used, usedToo],
      without,
      KeyPlan.Unclear({ keys: [used, usedToo] })
    ],
    "replaces the one key that the known Worker has": [
      [used],
      rotating,
      make([], { afterwards: ["A"] })
    ],
    "replaces no key that the known Worker does not have": [
      [used],
      rotatingWithout,
      make([], { others: ["A"] })
    ],
    "replaces a key that was switched off, whoever has it": [
      [isOff(used)],
      rotatingWithout,
      make([], { afterwards: ["A"] })
    ],
    "rotates neither of two that something uses": [
      [used, usedToo],
      rotating,
      KeyPlan.Unclear({ keys: [used, usedToo] })
    ],
    "makes room by the one of two that was switched off": [
      [isOff(used), usedToo],
      rotating,
      make(["A"], { afterwards: ["C"] })
    ],
    "makes room by the newer when only the older was used long after it was made": [
      [used, key("C", minutes(-70))],
      rotating,
      make(["C"], { afterwards: ["A"] })
    ],
    "waits for AWS's report when the newer was made just before": [
      [used, key("C", minutes(-61))],
      rotating,
      KeyPlan.Unreported({ id: "C", leftMs: 59 * 60_000 })
    ],
    "waits while the newer is so young that another rotation may be about to hand it over": [
      [used, young],
      rotating,
      KeyPlan.Wait({ id: "C", leftMs: 60_000 })
    ]
  }
  for (const [sentence, [keys, situation, plan]] of Object.entries(cases)) {
    it(sentence, () => assert.deepStrictEqual(planKey({ keys, nowMs, ...situation }), plan))
  }
})
