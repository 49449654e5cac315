/**
 * What the watch remembers between its runs, so that one cause has one mail: a cause lasts as long
 * as it is found again before its cool-down ends, and a later one of its kind is a new one.
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Finding, type FindingKind, findingKinds } from "./Finding.ts"

const hourMs = 3_600_000

const Episode = Schema.Struct({
  kind: Schema.Literals(findingKinds),
  /** Epoch milliseconds of the run that found it first, and of the last that did. */
  startedAt: Schema.Int,
  seenAt: Schema.Int,
  marks: Schema.optionalKey(Schema.Array(Schema.Int))
})
export type Episode = typeof Episode.Type

/** The oldest first. */
export const Episodes = Schema.Array(Episode)
export type Episodes = typeof Episodes.Type

const EpisodesJson = Schema.fromJsonString(Episodes)
export const encodeEpisodes = Schema.encodeSync(EpisodesJson)

/** None are remembered where another version wrote them, which may tell a cause again. */
export const decodeEpisodes = (json: string | undefined): Episodes =>
  Option.getOrElse(Schema.decodeUnknownOption(EpisodesJson)(json), () => [])

/**
 * A cause is over after so long without being found. What a day shows stays in sight for a day;
 * a gap is listed by the weekly report, and is news again when no report compared with lists it.
 */
const coolDownMs: Readonly<Record<FindingKind, number>> = {
  failing: 12 * hourMs,
  silence: 3 * hourMs,
  misses: 24 * hourMs,
  votes: 3 * 24 * hourMs,
  cost: 3 * 24 * hourMs,
  gap: 8 * 7 * 24 * hourMs
}

/** Bounds the item in the ledger; the oldest go. */
const episodesMax = 100

const isSame = (
  { kind, marks: known = [] }: Episode,
  { kind: found, marks = [] }: Finding
): boolean => kind === found && (marks.length === 0 || marks.some((mark) => known.includes(mark)))

/** The wordings of one gap; further ones are hardly its own. */
const marksMax = 12

const marksOf = ({ marks = [] }: Partial<Episode> = {}, found: ReadonlyArray<number>) =>
  [...new Set([...marks, ...found])].slice(0, marksMax)

/** A finding with the episode that it belongs to. */
export interface Cause {
  readonly finding: Finding
  readonly episode: Episode
}

/** Names a cause in the ledger; two runs that find the same one name it alike. */
export const causeName = ({ kind, startedAt }: Episode): string =>
  `${kind}-${new Date(startedAt).toISOString()}`

/** Two gaps of one run begin a millisecond apart, because their beginning names them. */
const startFrom = (episodes: Episodes, { kind }: Finding, now: number): number => {
  const starts = new Set(episodes.filter((one) => one.kind === kind).map((one) => one.startedAt))
  let start = now
  while (starts.has(start)) start += 1
  return start
}

/** Continues the episodes with what a run finds; the caller keeps them before it tells anything. */
export const follow = (
  known: Episodes,
  findings: ReadonlyArray<Finding>,
  now: number
): { readonly episodes: Episodes; readonly causes: ReadonlyArray<Cause> } => {
  let episodes = known.filter(({ kind, seenAt }) => now - seenAt < coolDownMs[kind])
  const causes = findings.map((finding): Cause => {
    const last = episodes.find((one) => isSame(one, finding))
    const episode: Episode = {
      kind: finding.kind,
      startedAt: last?.startedAt ?? startFrom(episodes, finding, now),
      seenAt: now,
      ...(finding.marks === undefined ? {} : { marks: marksOf(last, finding.marks) })
    }
    episodes = [...episodes.filter((one) => one !== last), episode]
    return { finding, episode }
  })
  return { episodes: episodes.slice(-episodesMax), causes }
}
