/** The quantile of the normal distribution for 95 of 100. */
const z = 1.959_964

/**
 * Wilson's interval of a share: where the share of all lies if the counted ones are a sample, in
 * 95 of 100 cases. It holds for few counts too, and stays within 0 and 1.
 */
export const wilsonInterval = (part: number, whole: number): readonly [number, number] => {
  if (whole === 0) return [0, 1]
  const share = part / whole
  const scale = 1 + z ** 2 / whole
  const middle = (share + z ** 2 / (2 * whole)) / scale
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2))
  return [part === 0 ? 0 : middle - reach, part === whole ? 1 : middle + reach]
}
