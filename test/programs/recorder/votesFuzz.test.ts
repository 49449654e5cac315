/** Every request of a vote is answered clearly, and only a whole vote leaves. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { ProblemBody } from "../../../src/programs/edge/Bodies.ts"
import { ratings, voteReasons } from "../../../src/schema/VoteWords.ts"
import { askedAt, requestIdOf } from "../../schema/EventExamples.ts"
import { hostileValues } from "../../schema/HostileValues.ts"
import { published, world } from "./Door.ts"
import { tokensOf, voted, voteRequest, votesOn } from "./Votes.ts"

const answered = { requestId: requestIdOf(7), timestamp: askedAt }
const ours = await tokensOf().sign(answered)
const foreign = await tokensOf("the secret of another owner, as long").sign(answered)

/** Values past the end of the list are such as the buttons send. */
const valueAt = (at: number, right: ReadonlyArray<unknown>): unknown =>
  at < hostileValues.length ? hostileValues[at] : right[at % right.length]

const Index = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 * hostileValues.length }))

const HostileVote = Schema.Struct({
  token: Schema.Literals(["ours", "ours", "foreign", "mangled", "hostile", "absent"]),
  /** The place where a mangled token differs, and the character that is there instead. */
  at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: ours.length })),
  other: Schema.String.check(Schema.isMaxLength(2)),
  hostile: Index,
  rating: Index,
  reason: Index,
  comment: Index,
  damage: Schema.Literals(["none", "none ", "none  ", "cut", "bytes", "deep", "wrapped", "empty"])
})
type HostileVote = typeof HostileVote.Type

const tokenOf = ({ at, hostile, other, token }: HostileVote): unknown => {
  if (token === "ours") return ours
  if (token === "foreign") return foreign
  if (token === "mangled") return ours.slice(0, at) + other + ours.slice(at + 1)
  return token === "hostile" ? valueAt(hostile, [ours]) : undefined
}

const bodyOf = (vote: HostileVote): string =>
  JSON.stringify({
    token: tokenOf(vote),
    rating: valueAt(vote.rating, ratings),
    reason: valueAt(vote.reason, [...voteReasons, undefined]),
    comment: valueAt(vote.comment, ["Not so.", undefined])
  })

const damaged = (body: string, damage: string): BodyInit | null => {
  if (damage === "cut") return body.slice(0, Math.floor(body.length / 2))
  if (damage === "bytes") return Uint8Array.of(0x7b, 0xc3, 0x28, 0xff)
  if (damage === "deep") return `${"[".repeat(1500)}${body}${"]".repeat(1500)}`
  if (damage === "wrapped") return JSON.stringify({ body })
  return damage === "empty" ? null : body
}

const decodeProblem = Schema.decodeUnknownSync(ProblemBody, { onExcessProperty: "error" })
const statuses = [202, 400, 403, 413, 422]

const outcomeOf = Effect.fnUntraced(function* (vote: HostileVote) {
  yield* TestClock.setTime(askedAt)
  const response = yield* voted(voteRequest(damaged(bodyOf(vote), vote.damage.trim())))
  const events = yield* published
  assert.include(statuses, response.status)
  assert.lengthOf(events, response.status === 202 ? 1 : 0)
  if (response.status === 202) {
    assert.deepInclude(events[0], { requestId: answered.requestId, queryTimestamp: askedAt })
    return response.status
  }
  const text = yield* Effect.promise(() => response.text())
  assert.strictEqual(decodeProblem(JSON.parse(text)).status, response.status)
  return response.status
})

const on = Layer.merge(world, votesOn)

describe("Any vote", () => {
  it.effect.prop(
    "is one event, or a problem and no event",
    [Arbitrary.schema(HostileVote)],
    ([vote]) => Effect.provide(outcomeOf(vote), on, { local: true }),
    { arbitrary: { runs: 10_000 }, timeout: 300_000 }
  )

  it.effect(
    "has met every answer",
    () =>
      Effect.gen(function* () {
        const seen = new Set<number>()
        const sample = { count: 1000, seed: 4711 }
        for (const vote of yield* Arbitrary.sampleEffect(Arbitrary.schema(HostileVote), sample)) {
          seen.add(yield* Effect.provide(outcomeOf(vote), on, { local: true }))
        }
        assert.sameMembers([...seen], statuses)
      }),
    120_000
  )
})

describe("Any token", () => {
  const Part = Schema.String.check(Schema.isMaxLength(60))

  it.effect.prop(
    "that was not signed here allows no vote",
    [Arbitrary.schema(Schema.Array(Part)), Arbitrary.schema(HostileVote)],
    ([parts, { at, other }]) =>
      Effect.promise(async () => {
        const tokens = tokensOf()
        const [version, id, time, mac = ""] = ours.split(".")
        const mangled = ours.slice(0, at) + other + ours.slice(at + other.length)
        const made = [
          parts.join("."),
          [version, id, time, ...parts].join("."),
          [version, id, time, mac.split("").reverse().join("")].join("."),
          `${ours}${parts.join("")}x`,
          mangled
        ]
        for (const token of made.filter((one) => one !== ours)) {
          assert.isUndefined(await tokens.verify(token, askedAt), token)
        }
      }),
    { arbitrary: { runs: 10_000 }, timeout: 300_000 }
  )
})
