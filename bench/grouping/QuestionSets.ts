/** Wordings that must stay apart or be one group: JSON with lists of lists of texts. */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readMarks } from "../../src/schema/questions/marks/readMarks.ts"

const Sets = Schema.Array(Schema.Array(Schema.String))
const QuestionSets = Schema.Struct({ apart: Sets, together: Sets })
export type QuestionSets = typeof QuestionSets.Type

export const questionSets = (json: string): QuestionSets | string =>
  Option.getOrElse(
    Schema.decodeUnknownOption(Schema.fromJsonString(QuestionSets))(json),
    () => "The file must be JSON with the lists apart and together, each of lists of texts."
  )

const isAsking = (text: string): boolean => readMarks(text).marks.single.has("asking")

const pairsOf = (sets: QuestionSets["apart"]): ReadonlyArray<readonly [string, string]> =>
  sets.flatMap((set) =>
    set.flatMap((one, at) => set.slice(at + 1).map((other) => [one, other] as const))
  )

/** A text without an asking word may join one of the others, so such a pair is not counted. */
const isFree = ([one, other]: readonly [string, string]): boolean =>
  isAsking(one) !== isAsking(other)

const share = (all: ReadonlyArray<unknown>, met: ReadonlyArray<unknown>): number =>
  all.length === 0 ? 1 : met.length / all.length

/** The shares of pairs that are as they must be, if the texts are grouped so. */
export const pairShares = (
  { apart, together }: QuestionSets,
  groups: ReadonlyArray<ReadonlyArray<string>>
) => {
  const home = new Map(groups.flatMap((group, at) => group.map((text) => [text, at] as const)))
  const meet = ([one, other]: readonly [string, string]) => home.get(one) === home.get(other)
  const [opposed, alike] = [pairsOf(apart).filter((pair) => !isFree(pair)), pairsOf(together)]
  return {
    apart: share(
      opposed,
      opposed.filter((pair) => !meet(pair))
    ),
    together: share(alike, alike.filter(meet))
  }
}
