/** No visitor for longer than the habits of the site explain. */
import type * as DateTime from "effect/DateTime"
import type { Span } from "../IsoWeek.ts"
import { bucketMs } from "../report/WeeklyTally.ts"
import type { Exchange } from "./Exchange.ts"
import type { Finding } from "./Finding.ts"
import { hourOfWeek, type Usual, usualWeeksMin } from "./Usual.ts"

const hourMs = 3_600_000

/** So many usual gaps fit into a silence that is told. */
const gapsMin = 9

/** The share of its visitors that a site keeps on a holiday, and how many of them outweigh it. */
const holiday = { share: 0.15, weight: 5 }

/** The stretches before a silence that tell how busy the day was. */
const stretchesMs = [hourMs, 3 * hourMs]
const dayMs = 24 * hourMs

/** The hours before tell less of a longer silence, which may be an afternoon off. */
const afternoonOff = { afterMs: 1.5 * hourMs, level: 0.5 }

/** A longer silence has been told, or has no habit to be told by. */
export const silenceMaxMs = 28 * 24 * hourMs

/** The visitors that come at that time in a quiet week; none where it ends before it starts. */
export const usualVisitors = (
  { endMs, startMs }: Span,
  { visitors }: Usual,
  zone: DateTime.TimeZone
): number => {
  let [at, sum] = [startMs, 0]
  while (at < endMs) {
    const next = Math.min(endMs, (Math.floor(at / bucketMs) + 1) * bucketMs)
    sum += ((next - at) / hourMs) * (visitors[hourOfWeek(at, zone)] ?? 0)
    at = next
  }
  return sum
}

/** An upper limit, which spares a quiet site the sum over weeks without a question. */
const mostVisitors = ({ endMs, startMs }: Span, { visitors }: Usual): number =>
  ((endMs - startMs) / hourMs) * Math.max(...visitors)

/** True when the day before has to be read, because the silence is unusual on a usual day. */
export const maybeSilent = (silence: Span, usual: Usual, zone: DateTime.TimeZone): boolean =>
  usual.weeks >= usualWeeksMin &&
  mostVisitors(silence, usual) >= gapsMin &&
  usualVisitors(silence, usual, zone) >= gapsMin

/**
 * How busy the hours before are, as a share of what is usual; a holiday is a quiet day. Few usual
 * visitors tell little, so that a silence of the morning may be a holiday's.
 */
const levelBefore = (
  { endMs, startMs: sinceMs }: Span,
  before: ReadonlyArray<Exchange>,
  usual: Usual,
  zone: DateTime.TimeZone
): number => {
  const silentMs = endMs - sinceMs
  const levels = (silentMs > dayMs ? [dayMs] : [...stretchesMs, dayMs]).map((stretchMs) => {
    const startMs = sinceMs - stretchMs
    const expected = usualVisitors({ startMs, endMs: sinceMs }, usual, zone)
    const exchanges = before.filter(({ at }) => at >= startMs && at <= sinceMs).length
    const seen = exchanges * usual.visitorsPerQuestion
    return (seen + holiday.share * holiday.weight) / (expected + holiday.weight)
  })
  return Math.min(silentMs > afternoonOff.afterMs ? afternoonOff.level : 1, ...levels)
}

/** `before` are the exchanges of the day before the silence. */
export const silence = (
  { endMs, startMs }: Span,
  before: ReadonlyArray<Exchange>,
  usual: Usual,
  zone: DateTime.TimeZone
): Finding | undefined => {
  if (!maybeSilent({ endMs, startMs }, usual, zone)) return undefined
  const level = levelBefore({ endMs, startMs }, before, usual, zone)
  const gaps = level * usualVisitors({ endMs, startMs }, usual, zone)
  if (gaps < gapsMin) return undefined
  return { kind: "silence", sinceMs: startMs, counts: { visitors: Math.round(gaps) } }
}
