/** Longest text that leaves the Worker, in characters: several long answers of a language model. */
export const textLengthMax = 32_768

/** Longer than any value that is recognised, so that one at the cut is seen whole. */
const valueLengthMax = 8192

/** The edge reads beyond the cut, because it cuts after redaction. */
export const readLengthMax = textLengthMax + valueLengthMax

const sharedBeginning = (one: string, other: string): string => {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length)
}

/**
 * Redacts and cuts. The result begins as the redacted whole does, so half a value at the cut goes
 * as well.
 */
export const redactedWithin = (
  text: string,
  redact: (text: string) => string,
  lengthMax: number
): string =>
  text.length <= lengthMax
    ? redact(text)
    : sharedBeginning(redact(text.slice(0, lengthMax)), redact(text))
        .slice(0, lengthMax)
        .replace(/[\ud800-\udbff]$/, "")
