import * as Data from "effect/Data"

/** A key of the Worker's user; its use comes to be known an hour or so after it. */
export interface KnownKey {
  readonly id: string
  readonly isActive: boolean
  readonly madeAtMs: number
  readonly usedAtMs: number | undefined
}

/** What a deployment finds; which key a Worker has cannot be read anywhere. */
export interface KeySituation {
  /** Oldest first; a user has two at most. */
  readonly keys: ReadonlyArray<KnownKey>
  readonly workerHasOne: boolean
  readonly rotate: boolean
  readonly nowMs: number
}

export type KeyPlan = Data.TaggedEnum<{
  Keep: { readonly id: string }
  /** Somebody has switched it off, which is not undone by the way. */
  Off: { readonly id: string }
  /** `first` goes to make room; `afterwards` when the new one works. */
  Make: { readonly first: ReadonlyArray<string>; readonly afterwards: ReadonlyArray<string> }
  /** Another rotation may be in the middle of it. */
  Wait: { readonly id: string }
  Unclear: { readonly ids: ReadonlyArray<string> }
}>
export const KeyPlan = Data.taggedEnum<KeyPlan>()

/** Longer than a rotation takes, and than a Worker goes on using the key that it had before. */
const settledMs = 5 * 60_000

/** The Worker has the newer one, unless the rotation that made it ended before handing it over. */
const spareOf = (older: KnownKey, newer: KnownKey): KnownKey => {
  const { usedAtMs = 0 } = older
  return newer.usedAtMs === undefined && usedAtMs > newer.madeAtMs + settledMs ? newer : older
}

const rotation = ({ keys, nowMs }: KeySituation): KeyPlan => {
  const ids = keys.map(({ id }) => id)
  const [older, newer] = keys
  if (older === undefined || newer === undefined) {
    return KeyPlan.Make({ first: [], afterwards: ids })
  }
  if (nowMs < newer.madeAtMs + settledMs) return KeyPlan.Wait({ id: newer.id })
  const spare = spareOf(older, newer).id
  return KeyPlan.Make({ first: [spare], afterwards: ids.filter((id) => id !== spare) })
}

/** A key whose secret no Worker holds is of no use to anybody, but it may be another's Worker. */
export const planKey = (situation: KeySituation): KeyPlan => {
  const { keys, rotate, workerHasOne } = situation
  if (rotate) return rotation(situation)
  const unused = keys.flatMap(({ id, usedAtMs }) => (usedAtMs === undefined ? [id] : []))
  const [only, second] = keys
  if (second !== undefined && (workerHasOne || unused.length === 0)) {
    return KeyPlan.Unclear({ ids: keys.map(({ id }) => id) })
  }
  if (!workerHasOne) return KeyPlan.Make({ first: unused, afterwards: [] })
  if (only === undefined) return KeyPlan.Make({ first: [], afterwards: [] })
  return only.isActive ? KeyPlan.Keep({ id: only.id }) : KeyPlan.Off({ id: only.id })
}
