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
  Keep: { readonly id: string }
  /** A person has switched it off, which a deployment does not undo. */
  Off: { readonly id: string }
  /** `first` are deleted to make room, `afterwards` once the new key works. */
  Make: { readonly first: ReadonlyArray<string>; readonly afterwards: ReadonlyArray<string> }
  /** Another rotation may still be running. */
  Wait: { readonly id: string; readonly leftMs: number }
  Unclear: { readonly ids: ReadonlyArray<string> }
}>
export const KeyPlan = Data.taggedEnum<KeyPlan>()

/** Longer than a rotation takes, and longer than a Worker keeps using its previous key. */
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
  const leftMs = newer.madeAtMs + settledMs - nowMs
  if (leftMs > 0) return KeyPlan.Wait({ id: newer.id, leftMs })
  const spare = spareOf(older, newer).id
  return KeyPlan.Make({ first: [spare], afterwards: ids.filter((id) => id !== spare) })
}

/** Only a rotation deletes a key in use, because it may belong to another Worker. */
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
