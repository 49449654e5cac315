export const seed = 0x811c9dc5

/** One step of a hash over numbers. */
export const fold = (hash: number, value: number): number =>
  Math.imul(hash ^ value, 0x01000193) ^ (hash >>> 15)

/** Spreads a folded hash over the highest bits, of which the first `bits` are the place. */
export const place = (hash: number, bits: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39) >>> (32 - bits)
}

export const foldText = (hash: number, text: string, from: number, to: number): number => {
  let folded = hash
  for (let index = from; index < to; index++) folded = fold(folded, text.charCodeAt(index))
  return folded
}
