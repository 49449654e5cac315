/** Escapes, classes, groups, alternatives, repetitions, and single characters. */
const token = new RegExp(
  "\\\\(?:[pPu]\\{[^}]*\\}|k<[^>]*>|.)|\\[(?:\\\\.|[^\\]\\\\])*\\]" +
    "|\\((?:\\?(?:<?[=!:]|<[^>]*>))?|[)|]|[*+?]\\??|\\{(\\d+)(,?)(\\d*)\\}\\??|.",
  "gsu"
)

/** The ways to match from one place, and the steps of all of them. */
interface Effort {
  readonly ways: number
  readonly steps: number
}

/** A group: its finished alternatives, the open one, and the last token of that. */
interface Frame {
  done: Effort
  open: Effort
  last: Effort
}

const none: Effort = { ways: 0, steps: 0 }
const nothing: Effort = { ways: 1, steps: 0 }

/** More than any line is worth; keeps sums and products finite. */
const manyWays = 1e12

const then = (first: Effort, next: Effort): Effort => ({
  ways: Math.min(manyWays, first.ways * next.ways),
  steps: first.steps + first.ways * next.steps
})

const whole = ({ done, last, open }: Frame): Effort => {
  const { steps, ways } = then(open, last)
  return { ways: done.ways + ways, steps: done.steps + steps }
}

const opened = (): Frame => ({ done: none, open: nothing, last: nothing })

/** Counting to a bound takes as long as matching. */
const countSteps = 2

const repeated = (
  { steps, ways }: Effort,
  [quantifier, min, comma, max]: RegExpExecArray,
  endless: number
): Effort => {
  const isCounted = min !== undefined
  const isEndless = isCounted ? comma !== "" && max === "" : quantifier[0] !== "?"
  const least = isCounted ? Number(min) : quantifier[0] === "+" ? 1 : 0
  const most = isEndless ? endless : isCounted ? Number(comma === "" ? min : max) : 1
  if (ways > 1) {
    const before = Math.min(manyWays, (ways ** most - 1) / (ways - 1))
    return { ways: Math.min(manyWays, before * ways + 1), steps: steps * before }
  }
  return { ways: most - least + 1, steps: steps * most * (isCounted ? countSteps : 1) }
}

/** The steps from one place, if an endless repetition finds this many characters. */
const stepsAtPlace = (expression: string, endless: number): number => {
  const frames = [opened()]
  for (const match of expression.matchAll(token)) {
    const [text] = match
    const frame = frames.at(-1) ?? opened()
    if (text.startsWith("(")) frames.push(opened())
    else if (text === "|") {
      frame.done = whole(frame)
      frame.open = nothing
      frame.last = nothing
    } else if (/^(?:[*+?]|\{.)/.test(text)) frame.last = repeated(frame.last, match, endless)
    else {
      const inner = text === ")" ? frames.pop() : undefined
      const outer = frames.at(-1) ?? frame
      outer.open = then(outer.open, outer.last)
      // a reference compares as much as its group found
      const steps = /^\\[1-9k]/.test(text) ? endless : 1
      outer.last = inner === undefined ? { ways: 1, steps } : whole(inner)
    }
  }
  return whole(frames[0] ?? opened()).steps
}

const escapeOrClass = /\\.|\[(?:\\.|[^\]\\])*\]/gs

/** The characters that every match begins with. */
const beginningOf = (expression: string): string => {
  if (
    expression
      .replace(escapeOrClass, "")
      .replace(/\([^()]*\)/g, "")
      .includes("|")
  )
    return ""
  const [literal = ""] = /^(?:[^\\^$.*+?()[\]{}|]|\\[^\w])*/u.exec(expression) ?? []
  const isRepeated = /^[*+?{]/.test(expression.slice(literal.length))
  const characters = Array.from(literal.replaceAll("\\", ""))
  return characters.slice(0, isRepeated ? -1 : undefined).join("")
}

/** The smallest distance between two places of a text that begin like this. */
const distanceOf = (beginning: string): number => {
  let distance = 1
  while (!beginning.startsWith(beginning.slice(distance))) distance += 1
  return distance
}

const repeatedAtom = /(\\(?:[pP]\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]|.)(?:[*+]|\{\d+,\})/gsu

/** An endless repetition that may run over the beginning of another match. */
const runsOver = (expression: string, beginning: string, flags: string): boolean =>
  Array.from(expression.matchAll(repeatedAtom), ([, atom = ""]) => atom).some((atom) => {
    if (atom === ")" || /^\\[bB1-9k]/.test(atom)) return true
    const matcher = new RegExp(`^${atom}$`, `u${flags}`)
    return Array.from(beginning).every((character) => matcher.test(character))
  })

/** A match ends with its last repetition, so that is never tried in vain. */
const withoutLastRepetition = (expression: string): string =>
  expression.replace(/(?<!\\)(?:\+|\*|\{(\d+),\})\??$/, (quantifier, least?: string) =>
    least === undefined ? (quantifier.startsWith("+") ? "" : "?") : `{${least}}`
  )

/**
 * Bounds the backtracking of a valid expression: the steps to try it at every place of the worst
 * text of this length. Repetitions multiply, and nested ones explode.
 */
export const expressionSteps = (
  { expression, flags }: { readonly expression: string; readonly flags: string },
  length: number
): number => {
  const tried = withoutLastRepetition(expression)
  const beginning = beginningOf(tried.replace(/^\\b/, ""))
  const places = Math.ceil(length / distanceOf(beginning.toLowerCase()))
  if (beginning === "" || runsOver(tried, beginning, flags)) {
    return places * stepsAtPlace(tried, length / 2)
  }
  // the runs of all places share the text
  const shared = places * stepsAtPlace(tried, length / places)
  return Math.max(shared, stepsAtPlace(tried, length))
}
