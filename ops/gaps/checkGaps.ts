/** Asks every wording of gaps again, and says of each gap whether the bot answers it by now. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Reply } from "./askBot.ts"
import { type Gap, inState, textsOf } from "./Gap.ts"

/** A bot may answer differently each time, so one answer in so many tries is an answer. */
export const triesMax = 3

/**
 * `wavers`: answered, but not at once. `missed`: in all tries. `unsure`: not answered, and some
 * tries failed, which tells neither.
 */
export type Fate = "answered" | "wavers" | "missed" | "unsure"

export interface Checked {
  readonly wording: string
  readonly fate: Fate
  readonly replies: ReadonlyArray<Reply>
}

export interface CheckedGap {
  readonly gap: Gap
  readonly checked: ReadonlyArray<Checked>
}

const fateOf = (replies: ReadonlyArray<Reply>): Fate => {
  const last = replies.at(-1)
  if (last?.kind === "answered") return replies.length === 1 ? "answered" : "wavers"
  return replies.every(({ kind }) => kind === "missed") ? "missed" : "unsure"
}

/** Ends with the first answer, and with what will not pass by itself. */
const checkWording = Effect.fnUntraced(function* <R>(
  wording: string,
  ask: (question: string) => Effect.Effect<Reply, never, R>
) {
  const replies: Array<Reply> = []
  while (replies.length < triesMax) {
    const reply = yield* ask(wording)
    replies.push(reply)
    if (reply.kind === "answered" || reply.kind === "refused") break
  }
  return { wording, fate: fateOf(replies), replies } satisfies Checked
})

/** No further question is worth asking: the bot refuses this form, or does not answer at all. */
export const isHopeless = ({ replies }: Checked): boolean =>
  replies.at(-1)?.kind === "refused" || replies.every(({ kind }) => kind === "away")

/** A wording that is a hash by now cannot be asked. */
export const checkGaps = Effect.fnUntraced(function* <R>(
  gaps: ReadonlyArray<Gap>,
  ask: (question: string) => Effect.Effect<Reply, never, R>,
  onChecked: (gap: Gap, checked: Checked) => Effect.Effect<void>
) {
  const done: Array<CheckedGap> = []
  for (const gap of gaps) {
    const checked: Array<Checked> = []
    for (const wording of textsOf(gap)) {
      const one = yield* checkWording(wording, ask)
      yield* onChecked(gap, one)
      checked.push(one)
      if (isHopeless(one)) return [...done, { gap, checked }]
    }
    done.push({ gap, checked })
  }
  return done
})

/** The gap after its check; an unsure check leaves it as it is. */
export const afterCheck = Effect.fnUntraced(function* ({ checked, gap }: CheckedGap, by: string) {
  const now = yield* Clock.currentTimeMillis
  const fates = checked.map(({ fate }) => fate)
  if (fates.length === 0 || fates.includes("unsure")) return gap
  if (fates.includes("missed")) {
    const wasAnswered = gap.state === "answered" || gap.state === "closed"
    return wasAnswered ? inState(gap, "back", now) : gap
  }
  // a gap that is closed stays so
  if (gap.state === "closed") return gap
  return { ...inState(gap, "answered", now), answered: { at: now, by } }
})
