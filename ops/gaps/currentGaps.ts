/** The gaps of a file, merged with later questions: `gaps list` and a console show them. */
import * as Effect from "effect/Effect"
import { type Gap, GapState, idsOf, lastAsked, nameOf, textsOf } from "./Gap.ts"
import { type GapFile, readGaps } from "./GapFile.ts"
import { type Counted, mergeGaps } from "./mergeGaps.ts"
import type { Asked } from "./readAsked.ts"

export interface GapView {
  readonly id: string
  /** Further ids under which it is known. */
  readonly ids: ReadonlyArray<string>
  readonly name: string
  readonly state: GapState
  /** Epoch milliseconds, as all times here. */
  readonly since: number
  readonly why?: string
  readonly answeredAt?: number
  readonly lastAsked: number
  readonly lastMissed?: number
  /** The beginning of the last answer that was a miss. */
  readonly said?: string
  /** Counts of the questions that were read, like `missed`. */
  readonly asked: number
  readonly missed: number
  readonly wordings: ReadonlyArray<string>
}

export const viewOf = ({ asked, gap, missed }: Counted): GapView => {
  const { answered, lastMiss, since, state, why } = gap
  return {
    id: gap.id,
    ids: idsOf(gap).slice(1),
    name: nameOf(gap),
    state,
    since,
    ...(why === undefined ? {} : { why }),
    ...(answered === undefined ? {} : { answeredAt: answered.at }),
    lastAsked: lastAsked(gap),
    ...(lastMiss === undefined ? {} : { lastMissed: lastMiss.at }),
    ...(lastMiss?.said === undefined ? {} : { said: lastMiss.said }),
    asked,
    missed,
    wordings: textsOf(gap)
  }
}

const rankOf = ({ state }: Gap): number => GapState.literals.indexOf(state)

/** Gaps that need work come first, the most missed ones before others. */
const inTurn = (one: Counted, other: Counted): number =>
  rankOf(one.gap) - rankOf(other.gap) ||
  other.missed - one.missed ||
  other.asked - one.asked ||
  (one.gap.id < other.gap.id ? -1 : 1)

export interface CurrentGaps {
  readonly opened: GapFile
  /** The file's next content. */
  readonly gaps: ReadonlyArray<Gap>
  readonly views: ReadonlyArray<GapView>
  /** The questions that were read, in words; absent if none were. */
  readonly source: string | undefined
}

/** Changes no file, and tells the file alone if `read` is absent. */
export const currentGaps = Effect.fnUntraced(function* <E = never, R = never>(
  file: string,
  read?: Effect.Effect<Asked, E, R>
) {
  const opened = yield* readGaps(file)
  const { groups, source } = read === undefined ? { groups: [], source: undefined } : yield* read
  const counted = mergeGaps(opened.gaps, groups)
  return {
    opened,
    gaps: counted.map(({ gap }) => gap),
    views: counted.toSorted(inTurn).map(viewOf),
    source
  } satisfies CurrentGaps
})
