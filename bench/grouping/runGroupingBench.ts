import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { groupQuestions } from "../../src/schema/questions/QuestionGroups.ts"
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

const ours = (texts: ReadonlyArray<string>): Grouping =>
  groupQuestions(texts.map((question) => ({ question, count: 1 }))).map(({ members }) => members)

/** Takes the monotonic time, because the wall clock may be set meanwhile. */
const timed = Effect.fnUntraced(function* (group: () => Grouping) {
  const startedAt = yield* Clock.currentTimeNanos
  const groups = yield* Effect.sync(group)
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
  const side = (group: () => Grouping) =>
    Effect.map(timed(group), ({ groups, seconds }) => ({ ...agreement(labels, groups), seconds }))
  const own = yield* side(() => ours(texts))
  const exact = yield* side(() => exactMatch(texts))
  const reference = yield* side(() => tfIdfSingleLink(texts, referenceSimilarity))
  return names.map(([key, measure]) => ({
    measure,
    ours: own[key],
    exact: exact[key],
    reference: reference[key],
    ...(key === "precision" && { ok: own.precision >= precisionMin })
  }))
})

/** Groups the sets amid other questions, as they would come in one week. */
export const pairRows = (
  sets: QuestionSets,
  background: ReadonlyArray<string>
): ReadonlyArray<GroupingRow> => {
  const texts = [...new Set([...sets.apart.flat(), ...sets.together.flat(), ...background])]
  const shares = (group: (texts: ReadonlyArray<string>) => Grouping) =>
    pairShares(
      sets,
      group(texts).map((members) => members.map((index) => texts[index] ?? ""))
    )
  const own = shares(ours)
  const exact = shares(exactMatch)
  const reference = shares((all) => tfIdfSingleLink(all, referenceSimilarity))
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
}

/** Measures ours alone, because the reference compares all pairs and would not end. */
export const scaleRows = Effect.fnUntraced(function* (
  questions: ReadonlyArray<LabelledQuestion>,
  length: number
) {
  const texts = manyQuestions(
    questions.map(({ text }) => text),
    length
  )
  const { groups, seconds } = yield* timed(() => ours(texts))
  return [
    { measure: "questions", ours: texts.length },
    { measure: "groups", ours: groups.length },
    { measure: "seconds", ours: seconds, ok: seconds <= secondsMax(texts.length) },
    { measure: "peak memory, MB", ours: Math.round(process.resourceUsage().maxRSS / 1024) }
  ]
})
