/**
 * Counts how many rows of one content came before, so that equal rows stay apart. It keeps eight
 * bytes a row, because a history may have millions.
 */
import { createHash } from "node:crypto"

const sizeAtFirst = 1 << 12

export class Ranks {
  #seen = new Float64Array(sizeAtFirst)
  #count = 0
  /** How often a content came that came again. */
  readonly #repeated = new Map<number, number>()

  /** Returns 0 for the first row of a content, then 1, and so on. */
  next(content: string): number {
    const digest = createHash("sha1").update(content).digest()
    // 0 marks an empty place
    const key = digest.readUIntBE(0, 6) + 1
    if (this.#add(key)) return 0
    const rank = (this.#repeated.get(key) ?? 0) + 1
    this.#repeated.set(key, rank)
    return rank
  }

  /** False if the key is there already. */
  #add(key: number): boolean {
    if (this.#count * 2 > this.#seen.length) this.#grow()
    const at = this.#placeOf(key)
    if (this.#seen[at] === key) return false
    this.#seen[at] = key
    this.#count += 1
    return true
  }

  #placeOf(key: number): number {
    const last = this.#seen.length - 1
    let at = key & last
    while (this.#seen[at] !== 0 && this.#seen[at] !== key) at = (at + 1) & last
    return at
  }

  #grow(): void {
    const keys = this.#seen
    this.#seen = new Float64Array(keys.length * 2)
    for (const key of keys) if (key !== 0) this.#seen[this.#placeOf(key)] = key
  }
}
