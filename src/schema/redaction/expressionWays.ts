/** Escapes, classes, groups, alternatives, repetitions, and single characters. */
const token = new RegExp(
  "\\\\(?:[pPu]\\{[^}]*\\}|k<[^>]*>|.)|\\[(?:\\\\.|[^\\]\\\\])*\\]" +
    "|\\((?:\\?(?:<?[=!:]|<[^>]*>))?|[)|]|[*+?]\\??|\\{(\\d+)(,?)(\\d*)\\}\\??|.",
  "gsu"
)

/** A group: its finished alternatives, the open one, and the last token of that. */
interface Frame {
  alternatives: number
  product: number
  last: number
}

const opened = (): Frame => ({ alternatives: 0, product: 1, last: 1 })
const total = ({ alternatives, last, product }: Frame): number => alternatives + product * last

/** Fewest and most repetitions. */
const repetition = ([quantifier, min, comma, max]: RegExpExecArray, endless: number) => {
  if (min === undefined) {
    return [quantifier[0] === "+" ? 1 : 0, quantifier[0] === "?" ? 1 : endless] as const
  }
  return [Number(min), comma === "" ? Number(min) : max === "" ? endless : Number(max)] as const
}

/**
 * Bounds the backtracking of a valid expression: the number of ways to try it at one place of a
 * text of this length. Repetitions multiply, and nested ones explode.
 */
export const expressionWays = (expression: string, length: number): number => {
  const frames = [opened()]
  for (const match of expression.matchAll(token)) {
    const [text] = match
    const frame = frames.at(-1) ?? opened()
    if (text.startsWith("(")) frames.push(opened())
    else if (text === "|") {
      frame.alternatives = total(frame)
      frame.product = 1
      frame.last = 1
    } else if (/^(?:[*+?]|\{.)/.test(text)) {
      const [min, max] = repetition(match, length)
      frame.last = (max - min + 1) * (frame.last > 1 ? frame.last ** max : 1)
    } else {
      const inner = text === ")" ? frames.pop() : undefined
      const outer = frames.at(-1) ?? frame
      outer.product *= outer.last
      outer.last = inner === undefined ? 1 : total(inner)
    }
  }
  return total(frames[0] ?? opened())
}
