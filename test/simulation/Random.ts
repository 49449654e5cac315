/** A 32-bit mix that leaves no pattern between neighbours, so that seeds 1 and 2 are unlike. */
const mixed = (value: number): number => {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return (bits ^ (bits >>> 15)) >>> 0
}

const span = 2 ** 32

/** A stream of chance that a seed decides; the same seed gives the same stream on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = mixed(seed) ^ mixed(Math.floor(seed / span) + 1)
  }

  /** The bounds are 0 inclusive and 1 exclusive. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return mixed(this.#state) / span
  }

  /** A separate stream: draws from it do not change this one. */
  fork(): Random {
    return new Random(this.whole(0, span - 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Both bounds inclusive. */
  whole(minimum: number, maximum: number): number {
    return minimum + Math.floor(this.next() * (maximum - minimum + 1))
  }

  pick<const Choices extends readonly [unknown, ...ReadonlyArray<unknown>]>(
    choices: Choices
  ): Choices[number] {
    return choices[this.whole(0, choices.length - 1)]
  }
}
