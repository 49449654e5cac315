import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { groupQuestions } from "../../src/schema/questions/QuestionGroups.ts"
import { Meaning } from "../../src/services/Meaning.ts"
import { type Agreement, agreement } from "./Agreement.ts"
import type { LabelledQuestion } from "./LabelledQuestions.ts"
import { manyQuestions } from "./manyQuestions.ts"
import { pairShares, type QuestionSets } from "./QuestionSets.ts"
import { exactMatch, type Grouping, tfIdfSingleLink } from "./referenceGroupings.ts"

export interface GroupingRow {
  readonly measure: string
  readonly ours: number
  readonly exact?: number
  readonly reference?: number
  readonly ok?: boolean
}

const referenceSimilarity = 0.8

/** A wrong pair in a group is worse than a pair that is split. */
const precisionMin = 0.8

/** A minute for a hundred thousand questions; fewer have a share of it, and at least a second. */
const secondsMax = (questions: number): number => Math.max(1, (60 * questions) / 100_000)

/** Groups as the report does, with the meaning that the bench is given. */
const ours = Effect.fnUntraced(function* (texts: ReadonlyArray<string>) {
  const meaning = yield* Meaning
  const { nearness } = yield* meaning.nearness([...new Set(texts)])
  const counted = texts.map((question) => ({ question, count: 1 }))
  return groupQuestions(counted, nearness && { nearness }).map(({ members }) => members)
})

/** Takes the monotonic time, because the wall clock may be set meanwhile. */
const timed = Effect.fnUntraced(function* <E, R>(group: Effect.Effect<Grouping, E, R>) {
  const startedAt = yield* Clock.currentTimeNanos
  const groups = yield* group
  const nanos = (yield* Clock.currentTimeNanos) - startedAt
  return { groups, seconds: Number(nanos) / 1e9 }
})

const names: ReadonlyArray<readonly [keyof Agreement | "seconds", string]> = [
  ["precision", "pairwise precision"],
  ["recall", "pairwise recall"],
  ["f1", "F1"],
  ["adjustedRand", "adjusted Rand index"],
  ["groups", "groups"],
  ["seconds", "seconds"]
]

/** Compares ours with equal texts (`exact`), and with TF-IDF and single link (`reference`). */
export const agreementRows = Effect.fnUntraced(function* (
  questions: ReadonlyArray<LabelledQuestion>
) {
  const texts = questions.map(({ text }) => text)
  const labels = questions.map(({ category }) => category)
  const side = <E, R>(group: Effect.Effect<Grouping, E, R>) =>
    Effect.map(timed(group), ({ groups, seconds }) => ({ ...agreement(labels, groups), seconds }))
  const own = yield* side(ours(texts))
  const exact = yield* side(Effect.sync(() => exactMatch(texts)))
  const reference = yield* side(Effect.sync(() => tfIdfSingleLink(texts, referenceSimilarity)))
  return names.map(([key, measure]) => ({
    measure,
    ours: own[key],
    exact: exact[key],
    reference: reference[key],
    ...(key === "precision" && { ok: own.precision >= precisionMin })
  }))
})

/** Groups the sets amid other questions, as they would come in one week. */
export const pairRows = Effect.fnUntraced(function* (
  sets: QuestionSets,
  background: ReadonlyArray<string>
) {
  const texts = [...new Set([...sets.apart.flat(), ...sets.together.flat(), ...background])]
  const shares = (groups: Grouping) =>
    pairShares(
      sets,
      groups.map((members) => members.map((index) => texts[index] ?? ""))
    )
  const own = shares(yield* ours(texts))
  const exact = shares(exactMatch(texts))
  const reference = shares(tfIdfSingleLink(texts, referenceSimilarity))
  return [
    {
      measure: "pairs kept apart",
      ours: own.apart,
      exact: exact.apart,
      reference: reference.apart,
      ok: own.apart === 1
    },
    {
      measure: "pairs put together",
      ours: own.together,
      exact: exact.together,
      reference: reference.together
    }
  ]
})

/** Measures ours alone, because the reference compares all pairs and would not end. */
export const scaleRows = Effect.fnUntraced(function* (
  questions: ReadonlyArray<LabelledQuestion>,
  length: number
) {
  const texts = manyQuestions(
    questions.map(({ text }) => text),
    length
  )
  const { groups, seconds } = yield* timed(ours(texts))
  return [
    { measure: "questions", ours: texts.length },
    { measure: "groups", ours: groups.length },
    { measure: "seconds", ours: seconds, ok: seconds <= secondsMax(texts.length) },
    { measure: "peak memory, MB", ours: Math.round(process.resourceUsage().maxRSS / 1024) }
  ]
})
