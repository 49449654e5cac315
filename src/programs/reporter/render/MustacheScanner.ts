/** A template's text, and its name in errors. */
export interface Source {
  readonly template: string
  readonly text: string
}

/**
 * The template is wrong, never the view. Line and column count from 1 and point at the faulty tag;
 * the message reads `report.html:3:7: <reason>`.
 */
export class MustacheSyntaxError extends Error {
  override readonly name = "MustacheSyntaxError"
  readonly template: string
  readonly line: number
  readonly column: number
  readonly reason: string

  constructor({ template, text }: Source, offset: number, reason: string) {
    const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1
    const line = text.slice(0, lineStart).split("\n").length
    const column = offset - lineStart + 1
    super(`${template}:${line}:${column}: ${reason}`)
    this.template = template
    this.line = line
    this.column = column
    this.reason = reason
  }
}

export interface Delimiters {
  readonly open: string
  readonly close: string
}

export const defaultDelimiters: Delimiters = { open: "{{", close: "}}" }

/** The flags tell which lines an indented partial has to indent. */
export interface TextToken {
  readonly text: string
  readonly startsLine: boolean
  /** A tag follows on the text's last line, which therefore exists even when it is empty. */
  readonly continues: boolean
}

export interface TagToken {
  readonly sigil: "" | "&" | "#" | "^" | "/" | ">"
  readonly name: string
  readonly start: number
  readonly end: number
  /** The white space before a standalone tag, for each line of a partial; none if inline. */
  readonly indent: string | undefined
  readonly delimiters: Delimiters
}

export type Token = TextToken | TagToken

export const isText = (token: Token): token is TextToken => "text" in token

type Sigil = TagToken["sigil"] | "{" | "!" | "="

const sigils = "#^/>&{!="
const isSigil = (character: string): character is Exclude<Sigil, ""> =>
  character !== "" && sigils.includes(character)

const isBlank = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code === 32 || code === 9
}

const isLineStart = (text: string, at: number): boolean => at === 0 || text[at - 1] === "\n"

/** The start of the tag's line if only white space precedes the tag, else -1. */
const standaloneFrom = (text: string, start: number): number => {
  let at = start
  while (at > 0 && isBlank(text, at - 1)) at--
  return isLineStart(text, at) ? at : -1
}

/** The start of the next line if only white space follows the tag, else -1. */
const standaloneTo = (text: string, end: number): number => {
  let at = end
  while (isBlank(text, at)) at++
  if (at === text.length) return at
  if (text[at] === "\n") return at + 1
  return text.startsWith("\r\n", at) ? at + 2 : -1
}

const isInterpolation = (sigil: Sigil): boolean => sigil === "" || sigil === "&" || sigil === "{"

/** Cuts a template into text and tags, without comments, delimiter tags and standalone lines. */
export const scan = (source: Source, initial: Delimiters): ReadonlyArray<Token> => {
  const { text } = source
  const tokens: Array<Token> = []
  let delimiters = initial
  let at = 0

  const pushText = (end: number, continues: boolean) => {
    const startsLine = isLineStart(text, at)
    if (end > at || (startsLine && continues)) {
      tokens.push({ text: text.slice(at, end), startsLine, continues })
    }
  }

  while (at < text.length) {
    const start = text.indexOf(delimiters.open, at)
    if (start === -1) break
    const { sigil, content, end } = readTag(source, start, delimiters)
    const from = isInterpolation(sigil) ? -1 : standaloneFrom(text, start)
    const next = from === -1 ? -1 : standaloneTo(text, end)
    const standalone = next !== -1
    pushText(standalone ? from : start, !standalone)
    if (sigil === "=") {
      delimiters = readDelimiters(source, start, content)
    } else if (sigil !== "!") {
      const name = readName(source, start, content, delimiters)
      const indent = standalone ? text.slice(from, start) : undefined
      tokens.push({ sigil: sigil === "{" ? "&" : sigil, name, start, end, indent, delimiters })
    }
    at = standalone ? next : end
  }
  pushText(text.length, false)
  return tokens
}

interface RawTag {
  readonly sigil: Sigil
  readonly content: string
  readonly end: number
}

const readTag = (source: Source, start: number, { open, close }: Delimiters): RawTag => {
  const { text } = source
  const inside = start + open.length
  const character = text.charAt(inside)
  const sigil = isSigil(character) ? character : ""
  const closing = sigil === "{" ? `}${close}` : sigil === "=" ? `=${close}` : close
  const from = inside + sigil.length
  const to = text.indexOf(closing, from)
  if (to === -1) {
    throw new MustacheSyntaxError(source, start, `tag is not closed, ${closing} is missing`)
  }
  return { sigil, content: text.slice(from, to).trim(), end: to + closing.length }
}

const readDelimiters = (source: Source, start: number, content: string): Delimiters => {
  const [open, close, ...rest] = content.split(/\s+/)
  if (!open || !close || rest.length > 0 || content.includes("=")) {
    const reason = `bad delimiters "${content}", two words without = are expected`
    throw new MustacheSyntaxError(source, start, reason)
  }
  return { open, close }
}

const readName = (source: Source, start: number, name: string, { close }: Delimiters): string => {
  if (name === "" || /\s/.test(name) || name.includes(close)) {
    throw new MustacheSyntaxError(source, start, `"${name}" is not a name`)
  }
  return name
}
