import { assert, describe, it } from "@effect/vitest"
import { gapsWithout } from "../../../ops/gaps/gapsWithout.ts"
import { mergeGaps } from "../../../ops/gaps/mergeGaps.ts"
import { wordingHash } from "../../../src/schema/report/GapMark.ts"
import { day, gapWith, groupWith, hourMs, wordingOf } from "./GapExamples.ts"

const [ski, bike] = ["Do you ski?", "Which bike do you ride?"]
const later = day + hourMs

const missedAt = (timestamp: number) => ({
  lastMiss: { requestId: "r", timestamp, kind: "none" as const }
})
const askedAt = (last: number) => ({
  missed: 0,
  lastMiss: undefined,
  wordings: [wordingOf(ski, last)]
})

describe("Merging groups of questions into gaps", () => {
  it("begins a gap with every group that was missed, and with no other", () => {
    const answered = groupWith([bike], { missed: 0, lastMiss: undefined })
    const [one, ...others] = mergeGaps([], [groupWith([ski], { id: "2026-W47-3" }), answered])
    assert.isEmpty(others)
    assert.deepInclude(one?.gap, { id: "2026-W47-3", state: "open", wordings: [wordingOf(ski)] })
    const own = mergeGaps([], [groupWith([ski])])[0]?.gap.id
    assert.strictEqual(own, `gap-${wordingHash(ski)}`)
  })

  it("knows a gap again by one of its wordings, in any case, and by an old hash of it", () => {
    const hash = { hash: wordingHash(ski), first: 0, last: 0 }
    for (const wording of [wordingOf(ski), hash]) {
      const [one, ...others] = mergeGaps(
        [gapWith({ wordings: [wording] })],
        [groupWith(["do you SKI", "Any skiing?"], { id: "2026-W48-7" })]
      )
      assert.isEmpty(others)
      assert.deepInclude(one?.gap, { id: "2026-W47-1", ids: ["2026-W48-7"] })
      assert.lengthOf(one?.gap.wordings ?? [], 2)
    }
  })

  it("takes the id of a mail in the place of its own, and keeps both", () => {
    const own = gapWith({ id: "gap-abc" })
    const [one] = mergeGaps([own], [groupWith([ski], { id: "2026-W48-7" })])
    assert.deepInclude(one?.gap, { id: "2026-W48-7", ids: ["gap-abc"] })
  })

  it("gives all groups of a merged gap to it, and keeps its name, state and reason", () => {
    const gap = gapWith({
      name: "Sports",
      state: "ignored",
      why: "not about the CV",
      wordings: [wordingOf(ski), wordingOf(bike)]
    })
    const [one, ...others] = mergeGaps([gap], [groupWith([ski]), groupWith([bike])])
    assert.isEmpty(others)
    assert.deepInclude(one, { asked: 2, missed: 2 })
    assert.deepInclude(one?.gap, { name: "Sports", state: "ignored", why: "not about the CV" })
  })

  it("closes an answered gap that was asked since, and calls a missed one back", () => {
    const gap = gapWith({ state: "answered", answered: { at: day, by: "bot" } })
    const stateAfter = (changes: Parameters<typeof groupWith>[1]) =>
      mergeGaps([gap], [groupWith([ski], changes)])[0]?.gap.state
    assert.strictEqual(stateAfter(askedAt(later)), "closed")
    assert.strictEqual(stateAfter(askedAt(day - 1)), "answered")
    assert.strictEqual(stateAfter(missedAt(later)), "back")
    assert.strictEqual(stateAfter(missedAt(day - 1)), "answered")
    const closed = mergeGaps([gap], [groupWith([ski], askedAt(later))])[0]?.gap ?? gap
    assert.strictEqual(
      mergeGaps([closed], [groupWith([ski], missedAt(later))])[0]?.gap.state,
      "back"
    )
  })

  it("gives the same when the same groups are merged again", () => {
    const groups = [groupWith([ski, "Any skiing?"]), groupWith([bike], { id: "2026-W47-2" })]
    const once = mergeGaps([gapWith()], groups).map(({ gap }) => gap)
    assert.deepStrictEqual(
      mergeGaps(once, groups).map(({ gap }) => gap),
      once
    )
  })

  it("holds at most fifty wordings of a gap, those that were asked last", () => {
    const many = Array.from({ length: 80 }, (_, n) => wordingOf(`ski ${n}?`, day + n))
    const [one] = mergeGaps([], [groupWith([ski], { wordings: many })])
    assert.deepStrictEqual(one?.gap.wordings, many.slice(30))
  })
})

describe("Erasing a session from gaps", () => {
  const lastMiss = { at: day, requestId: "mine", kind: "none" as const, said: "words" }

  it("takes its wordings, a name of the same words, and the answers to it", () => {
    const gap = gapWith({ lastMiss, name: ski, wordings: [wordingOf(ski), wordingOf(bike)] })
    const erased = { questions: new Set(["do you ski"]), requestIds: new Set(["mine"]) }
    const [left] = gapsWithout([gap], erased)
    assert.deepStrictEqual(left, gapWith({ wordings: [wordingOf(bike)] }))
  })

  it("takes the hash of an old wording, and leaves other gaps as they are", () => {
    const hash = { hash: wordingHash(ski), first: 0, last: 0 }
    const other = gapWith({ id: "2026-W47-2", wordings: [wordingOf(bike)] })
    const erased = { questions: new Set([ski]), requestIds: new Set() }
    const [empty, same] = gapsWithout([gapWith({ wordings: [hash] }), other], erased)
    assert.isEmpty(empty?.wordings)
    assert.strictEqual(same, other)
  })
})
