/**
 * Sorted numbers in groups, as gaps of Rice codes in base64: the sets of a judge in a tenth of the
 * space that JSON takes. Each group has its length in 16 bits and its parameter in 5.
 */
type Groups = ReadonlyArray<ReadonlyArray<number>>

/** The parameter that suits gaps of this mean. */
const parameterOf = (mean: number): number => Math.max(0, Math.floor(Math.log2(mean * 0.7 + 1)))

const bitsOf = (value: number, length: number): string =>
  length === 0 ? "" : value.toString(2).padStart(length, "0")

const groupBits = (group: ReadonlyArray<number>): string => {
  const parameter = parameterOf((group.at(-1) ?? 0) / Math.max(1, group.length))
  let bits = bitsOf(group.length, 16) + bitsOf(parameter, 5)
  let last = -1
  for (const value of group) {
    const gap = value - last - 1
    bits += `${"1".repeat(gap >>> parameter)}0${bitsOf(gap & ((1 << parameter) - 1), parameter)}`
    last = value
  }
  return bits
}

/** Each group has to be sorted, and without equal numbers. */
export const packGroups = (groups: Groups): string => {
  const bits = groups.map(groupBits).join("")
  const bytes = bits.match(/.{1,8}/g) ?? []
  return btoa(
    bytes.map((byte) => String.fromCharCode(Number.parseInt(byte.padEnd(8, "0"), 2))).join("")
  )
}

const bytesOf = (packed: string): Uint8Array => {
  const text = atob(packed)
  const bytes = new Uint8Array(text.length + 4)
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}

/** The 24 bits from a place on at least, as the highest of 32. */
const bitsAt = (bytes: Uint8Array, at: number): number => {
  const from = at >> 3
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(from, from + 4)
  return ((first << 24) | (second << 16) | (third << 8) | fourth) << (at & 7)
}

/** Calls back with each number and the index of its group. One loop, because a start waits for it. */
export const unpackGroups = (
  packed: string,
  groups: number,
  each: (value: number, group: number) => void
): void => {
  const bytes = bytesOf(packed)
  let at = 0
  for (let group = 0; group < groups; group++) {
    const head = bitsAt(bytes, at) >>> 11
    const length = head >>> 5
    const parameter = head & 31
    at += 21
    let value = -1
    for (let index = 0; index < length; index++) {
      const from = at >> 3
      let bits =
        (((bytes[from] ?? 0) << 24) |
          ((bytes[from + 1] ?? 0) << 16) |
          ((bytes[from + 2] ?? 0) << 8) |
          (bytes[from + 3] ?? 0)) <<
        (at & 7)
      let high = Math.clz32(~bits)
      if (high + parameter > 22) {
        high = 0
        while (bitsAt(bytes, at + high) < 0) high += 1
        bits = bitsAt(bytes, at + high + 1)
      } else bits <<= high + 1
      at += high + 1 + parameter
      value += (high << parameter) + 1 + (parameter === 0 ? 0 : bits >>> (32 - parameter))
      each(value, group)
    }
  }
}
