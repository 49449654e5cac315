import * as Schema from "effect/Schema"
import timings from "./timings.json" with { type: "json" }

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

/** Times of a whole processor, in milliseconds, as `npm run bench -- cost` measures them. */
const Timings = Schema.Struct({
  measuredOn: Schema.String,
  node: Schema.String,
  /** The import of the processor's bundle. */
  startMs: Positive,
  /** A request of the edge with the default answerer. */
  answerMs: Positive,
  /** Storing both halves of a question one by one, at rising sizes of an event. */
  pairs: Schema.Array(
    Schema.Struct({ eventKb: Positive, ours: Positive, original: Positive })
  ).check(Schema.isMinLength(2))
})
export type Timings = typeof Timings.Type

export const knownTimings: Timings = Schema.decodeUnknownSync(Timings)(timings)

/** Interpolates between measured sizes; times never fall with the size. */
export const processorMs = ({ pairs }: Timings, side: "ours" | "original", eventKb: number) => {
  const at = pairs.findIndex((pair) => pair.eventKb >= eventKb)
  const to = Math.max(1, at === -1 ? pairs.length - 1 : at)
  const [one, other] = [pairs[to - 1], pairs[to]]
  if (one === undefined || other === undefined) return Number.NaN
  const share = Math.max(0, (eventKb - one.eventKb) / (other.eventKb - one.eventKb))
  return one[side] + share * Math.max(0, other[side] - one[side])
}
