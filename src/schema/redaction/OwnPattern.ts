/** Patterns of the site's owner, one per line: `<label> /<regular expression>/`, or `…/i`. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { expressionSteps } from "./expressionSteps.ts"
import { betweenLabels, type Label, labels, withheld } from "./Label.ts"
import { labelled, visibleSpans } from "./visibleText.ts"

/** The rest of a longer line is withheld, because matching time grows faster than the text. */
export const lineLengthMax = 2000

/**
 * Some 2 ms for a line of the largest length, which the bench measures. Steps are counted, because
 * the clock of a Worker stands still while it computes.
 */
export const stepsMax = 750_000

export interface OwnPattern {
  readonly label: Label
  readonly expression: string
  readonly flags: "" | "i"
}

/** Names the line, counted from 1, and never quotes it. */
export class OwnPatternInvalid extends Data.TaggedError("OwnPatternInvalid")<{
  readonly line: number
  readonly reason: Fault
}> {
  override get message() {
    return `line ${this.line} ${faults[this.reason]}`
  }
}

const faults = {
  malformed: "is not a label and an expression between slashes",
  "unknown label": `begins with another word than ${labels.join(", ")}`,
  "invalid expression": "holds no valid regular expression",
  "matches nothing": "also matches an empty text",
  "too slow": "would take too many steps on a long text"
} as const

type Fault = keyof typeof faults

const compiled = ({ expression, flags }: OwnPattern): RegExp => new RegExp(expression, `gu${flags}`)

const faultOf = (pattern: OwnPattern): Fault | undefined => {
  const matcher = Result.try(() => compiled(pattern))
  if (Result.isFailure(matcher)) return "invalid expression"
  if (matcher.success.test("")) return "matches nothing"
  return expressionSteps(pattern, lineLengthMax) > stepsMax ? "too slow" : undefined
}

const patternOn = (text: string): OwnPattern | Fault => {
  const [, name, expression = "", flags] = /^(\S+)\s+\/(.+)\/(i?)$/.exec(text) ?? []
  if (name === undefined) return "malformed"
  const label = labels.find((known) => known === name)
  if (label === undefined) return "unknown label"
  const pattern: OwnPattern = { label, expression, flags: flags === "i" ? "i" : "" }
  return faultOf(pattern) ?? pattern
}

/** Skips empty lines; the first wrong line fails the whole text. */
export const parseOwnPatterns = (
  text: string
): Result.Result<ReadonlyArray<OwnPattern>, OwnPatternInvalid> => {
  const patterns: Array<OwnPattern> = []
  for (const [index, content] of text.split("\n").entries()) {
    if (content.trim() === "") continue
    const pattern = patternOn(content.trim())
    if (typeof pattern === "string") {
      return Result.fail(new OwnPatternInvalid({ line: index + 1, reason: pattern }))
    }
    patterns.push(pattern)
  }
  return Result.succeed(patterns)
}

/** Searches line by line, never inside a label, and sees through invisible characters. */
export const ownRedactor = (patterns: ReadonlyArray<OwnPattern>): ((text: string) => string) => {
  const steps = patterns.map((pattern) => {
    const [matcher, { label }] = [compiled(pattern), pattern]
    const spansIn = (visible: string) =>
      Array.from(visible.matchAll(matcher), ({ 0: match, index }) => ({
        label,
        start: index,
        end: index + match.length
      })).filter(({ end, start }) => end > start)
    const redacted = (line: string): string => labelled(line, visibleSpans(line, spansIn))
    return (line: string): string =>
      line.length <= lineLengthMax
        ? redacted(line)
        : `${redacted(line.slice(0, lineLengthMax))}${withheld}`
  })
  return (text) =>
    steps.reduce(
      (known, step) =>
        known
          .split(betweenLabels)
          .map((part, index) => (index % 2 === 1 ? part : step(part)))
          .join(""),
      text
    )
}
