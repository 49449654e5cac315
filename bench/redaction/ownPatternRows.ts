import * as Result from "effect/Result"
import { expressionSteps } from "../../src/schema/redaction/expressionSteps.ts"
import {
  lineLengthMax,
  ownRedactor,
  parseOwnPatterns,
  stepsMax
} from "../../src/schema/redaction/OwnPattern.ts"
import { alone, type Measure, median } from "../Measure.ts"

/** Affordable expressions of several kinds near the limit, each with a line that resists it. */
const worst: ReadonlyArray<readonly [expression: string, piece: string]> = [
  ["\\w{1,120}!", "a"],
  ["\\p{L}{1,120}\\d", "é"],
  ["\\bKD-\\d+\\b", "1"],
  ["EMPLOYEE\\w+!", "EMPLOYEE"],
  ["EMP\\d+x", "1"],
  ["KD-1\\w+!", "KD-1"],
  ["[a-z]{1,10}[a-z]{1,11}[0-9]", "a"],
  ["(?:\\d{3}-){2}\\d{4}", "123-"],
  ["(?:a|ab|b){1,3}c", "ab"],
  ["(?<=\\w{1,120})!", "a"]
]

const rounds = 30

/** The time for a line of the largest length, with the median of the rounds. */
const millisOf = (expression: string, piece: string): number => {
  const patterns = Result.getOrThrow(parseOwnPatterns(`private /${expression}/`))
  const redact = ownRedactor(patterns)
  const line = piece.repeat(Math.ceil(lineLengthMax / piece.length)).slice(0, lineLengthMax)
  const times = Array.from({ length: rounds }, () => {
    const from = performance.now()
    redact(line)
    return performance.now() - from
  })
  return median(times)
}

/** Calibrates the steps that own patterns may take: the slowest has to stay below 2 ms. */
export const ownPatternRows = (): ReadonlyArray<Measure> => {
  const measured = worst.map(([expression, piece]) => ({
    millis: millisOf(expression, piece),
    steps: expressionSteps({ expression, flags: "" }, lineLengthMax)
  }))
  const most = measured.reduce((one, other) => (one.millis > other.millis ? one : other))
  return [
    alone("own pattern at most, ms a line", most.millis, 2),
    alone("its steps, of those allowed", most.steps / stepsMax)
  ]
}
