/** Finds comments, strings and regular expressions in a TypeScript source without a parser. */

interface Span {
  readonly kind: "comment" | "string" | "regex"
  readonly start: number
  readonly end: number
}

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const string = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/y
const template = /(?:\\[\s\S]|[^`\\$]|\$(?!\{))*(?:`|\$\{)/y
const regex = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y

/** A slash that follows this begins a regular expression; any other slash divides. */
const beforeValue = /(?:^|[=(,:;[!&|?{}+\-*%<>~^]|\b(?:return|typeof|case|in|of|yield|await))\s*$/

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Comments whole; strings and pieces of templates without their quotes; regular expressions whole. */
export const spansOf = (text: string): ReadonlyArray<Span> => {
  const spans: Array<Span> = []
  /** Open braces since each template was left for its `${`. */
  const templates: Array<number> = []
  /** The last code before `at`: long enough for the longest word of `beforeValue`. */
  let codeEnd = ""
  let at = 0

  const add = (kind: Span["kind"], start: number, end: number) => spans.push({ kind, start, end })
  const readTemplate = (start: number) => {
    const piece = matchAt(template, text, start) ?? ""
    const leaves = piece.endsWith("${")
    add("string", start, start + piece.length - (leaves ? 2 : 1))
    if (leaves) templates.push(0)
    at = start + piece.length
    codeEnd = leaves ? "{" : "`"
  }

  while (at < text.length) {
    const character = text.charAt(at)
    const depth = templates.at(-1)
    const remark = matchAt(comment, text, at)
    const literal = matchAt(string, text, at)
    const pattern = beforeValue.test(codeEnd) ? matchAt(regex, text, at) : undefined
    if (remark !== undefined) {
      add("comment", at, at + remark.length)
      at += remark.length
    } else if (literal !== undefined) {
      add("string", at + 1, at + literal.length - 1)
      at += literal.length
      codeEnd = '"'
    } else if (character === "`") {
      readTemplate(at + 1)
    } else if (character === "}" && depth === 0) {
      templates.pop()
      readTemplate(at + 1)
    } else if (pattern !== undefined) {
      add("regex", at, at + pattern.length)
      at += pattern.length
      codeEnd = "/x"
    } else {
      if (depth !== undefined && character === "{") templates[templates.length - 1] = depth + 1
      if (depth !== undefined && character === "}") templates[templates.length - 1] = depth - 1
      codeEnd = `${codeEnd}${character}`.replace(/\s+$/, " ").slice(-12)
      at += 1
    }
  }
  return spans
}

/** Spaces in place of the spans of these kinds: every other character stays where it was. */
export const blank = (text: string, kinds: ReadonlyArray<Span["kind"]>): string => {
  let result = ""
  let at = 0
  for (const { end, kind, start } of spansOf(text)) {
    const hidden = text.slice(start, end)
    result += text.slice(at, start)
    result += kinds.includes(kind) ? hidden.replace(/[^\n]/g, " ") : hidden
    at = end
  }
  return result + text.slice(at)
}
