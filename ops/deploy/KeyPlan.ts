import * as Data from "effect/Data"

/** A key of the Worker's user; AWS reports its use about an hour later. */
export interface KnownKey {
  readonly id: string
  readonly isActive: boolean
  readonly madeAtMs: number
  readonly usedAtMs: number | undefined
}

/** Everything that can be known: Cloudflare does not tell which key a Worker has. */
export interface KeySituation {
  /** The oldest comes first; a user has two at most. */
  readonly keys: ReadonlyArray<KnownKey>
  readonly workerHasOne: boolean
  readonly rotate: boolean
  readonly nowMs: number
}

export type KeyPlan = Data.TaggedEnum<{
  Keep: { readonly ids: ReadonlyArray<string> }
  /** A person has switched it off, which a deployment does not undo. */
  Off: { readonly ids: ReadonlyArray<string> }
  /** `first` are deleted to make room; `afterwards` go off once the new key works. */
  Make: {
    readonly first: ReadonlyArray<string>
    readonly afterwards: ReadonlyArray<string>
    readonly others: ReadonlyArray<string>
  }
  /** Another rotation may still be running. */
  Wait: { readonly id: string; readonly leftMs: number }
  /** AWS has not told yet whether the key is used. */
  Unreported: { readonly id: string; readonly leftMs: number }
  Unclear: { readonly keys: ReadonlyArray<KnownKey> }
}>
export const KeyPlan = Data.taggedEnum<KeyPlan>()

/** Longer than a rotation takes, and longer than a Worker keeps using its previous key. */
export const settledMs = 5 * 60_000

/** AWS tells the use of a key about an hour late, so twice as much is waited for. */
const reportedMs = 2 * 60 * 60_000

const isYoung = ({ madeAtMs }: KnownKey, nowMs: number): boolean => nowMs < madeAtMs + settledMs

const wait = ({ id, madeAtMs }: KnownKey, nowMs: number): KeyPlan =>
  KeyPlan.Wait({ id, leftMs: madeAtMs + settledMs - nowMs })

/** True when AWS would have told of a use: by its delay, or because it told a later one. */
const isUnused = (key: KnownKey, other: KnownKey, nowMs: number): boolean =>
  key.usedAtMs === undefined &&
  (nowMs >= key.madeAtMs + reportedMs || (other.usedAtMs ?? 0) > key.madeAtMs + settledMs)

/** A key that was switched off, or never used. Others may be a Worker's. */
const spareOf = (older: KnownKey, newer: KnownKey, nowMs: number): KnownKey | undefined => {
  const off = [older, newer].find(({ isActive }) => !isActive)
  if (off !== undefined) return off
  if (isUnused(newer, older, nowMs)) return newer
  return isUnused(older, newer, nowMs) ? older : undefined
}

const make = (
  { keys, rotate, workerHasOne }: KeySituation,
  first: ReadonlyArray<string>
): KeyPlan => {
  const left = keys.filter(({ id }) => !first.includes(id))
  // a used key that the known Workers do not have is that of another
  const isReplaced = ({ isActive }: KnownKey) => rotate && (workerHasOne || !isActive)
  return KeyPlan.Make({
    first,
    afterwards: left.filter(isReplaced).map(({ id }) => id),
    others: left.filter((key) => !isReplaced(key)).map(({ id }) => id)
  })
}

/** A user has two keys at most, so one of them has to go before another is made. */
const makeRoom = (situation: KeySituation, older: KnownKey, newer: KnownKey): KeyPlan => {
  const { nowMs } = situation
  if (isYoung(newer, nowMs)) return wait(newer, nowMs)
  const spare = spareOf(older, newer, nowMs)
  if (spare !== undefined) return make(situation, [spare.id])
  return newer.usedAtMs === undefined
    ? KeyPlan.Unreported({ id: newer.id, leftMs: newer.madeAtMs + reportedMs - nowMs })
    : KeyPlan.Unclear({ keys: [older, newer] })
}

/** Only a rotation replaces keys; none that somebody else may use is deleted. */
export const planKey = (situation: KeySituation): KeyPlan => {
  const { keys, nowMs, rotate, workerHasOne } = situation
  const [older, newer] = keys
  if (older === undefined) return make(situation, [])
  if (!rotate && workerHasOne) {
    const ids = keys.map(({ id }) => id)
    return keys.some(({ isActive }) => isActive) ? KeyPlan.Keep({ ids }) : KeyPlan.Off({ ids })
  }
  if (newer !== undefined) return makeRoom(situation, older, newer)
  // another deployment may be about to give it to the Worker
  return !rotate && isYoung(older, nowMs) ? wait(older, nowMs) : make(situation, [])
}
