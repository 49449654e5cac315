import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { groupQuestions } from "../../src/schema/questions/QuestionGroups.ts"
import { type Agreement, agreement } from "./Agreement.ts"
import type { LabelledQuestion } from "./LabelledQuestions.ts"
import { manyQuestions } from "./manyQuestions.ts"
import { exactMatch, type Grouping, tfIdfSingleLink } from "./referenceGroupings.ts"

export interface GroupingRow {
  readonly measure: string
  readonly ours: number
  readonly exact?: number
  readonly reference?: number
}

const referenceSimilarity = 0.8

/** Pairs that are together and should not be are worse than pairs that are apart. */
export const precisionMin = 0.85

/** Seconds for a hundred thousand questions; fewer have as much in proportion, and one at least. */
export const secondsMax = (questions: number): number => Math.max(1, (60 * questions) / 100_000)

const ours = (texts: ReadonlyArray<string>): Grouping =>
  groupQuestions(texts.map((question) => ({ question, count: 1 }))).map(({ members }) => members)

/** Monotonic, since the wall clock may be set while it runs. */
const timed = Effect.fnUntraced(function* (group: () => Grouping) {
  const startedAt = yield* Clock.currentTimeNanos
  const groups = yield* Effect.sync(group)
  const nanos = (yield* Clock.currentTimeNanos) - startedAt
  return { groups, seconds: Number(nanos) / 1e9 }
})

const names: ReadonlyArray<readonly [keyof Agreement, string]> = [
  ["precision", "pairwise precision"],
  ["recall", "pairwise recall"],
  ["f1", "F1"],
  ["adjustedRand", "adjusted Rand index"],
  ["groups", "groups"]
]

/** Ours beside equal texts (`exact`) and TF-IDF cosine ≥ 0.8 with single link (`reference`). */
export const agreementRows = Effect.fnUntraced(function* (
  questions: ReadonlyArray<LabelledQuestion>
) {
  const texts = questions.map(({ text }) => text)
  const labels = questions.map(({ category }) => category)
  const sides = {
    ours: yield* timed(() => ours(texts)),
    exact: yield* timed(() => exactMatch(texts)),
    reference: yield* timed(() => tfIdfSingleLink(texts, referenceSimilarity))
  }
  const [own, exact, reference] = [sides.ours, sides.exact, sides.reference].map(({ groups }) =>
    agreement(labels, groups)
  )
  if (own === undefined || exact === undefined || reference === undefined) return []
  const rows: ReadonlyArray<GroupingRow> = names.map(([key, measure]) => ({
    measure,
    ours: own[key],
    exact: exact[key],
    reference: reference[key]
  }))
  const seconds: GroupingRow = {
    measure: "seconds",
    ours: sides.ours.seconds,
    exact: sides.exact.seconds,
    reference: sides.reference.seconds
  }
  return [...rows, seconds]
})

/** Ours alone: the reference compares all pairs and would not end. */
export const scaleRows = Effect.fnUntraced(function* (
  questions: ReadonlyArray<LabelledQuestion>,
  length: number
) {
  const texts = manyQuestions(
    questions.map(({ text }) => text),
    length
  )
  const { groups, seconds } = yield* timed(() => ours(texts))
  const rows: ReadonlyArray<GroupingRow> = [
    { measure: "questions", ours: texts.length },
    { measure: "groups", ours: groups.length },
    { measure: "seconds", ours: seconds },
    { measure: "peak memory, MB", ours: Math.round(process.resourceUsage().maxRSS / 1024) }
  ]
  return rows
})
