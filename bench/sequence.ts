/** Numbers from 0 to 1 that look random and are the same in every run (xorshift). */
export const sequence = (seed: number) => {
  let state = seed
  return (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
