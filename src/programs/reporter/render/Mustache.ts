import * as Piece from "./MustachePiece.ts"
import {
  type Delimiters,
  defaultDelimiters,
  isText,
  MustacheSyntaxError,
  type Source,
  scan,
  type TagToken
} from "./MustacheScanner.ts"

/** How `{{name}}` is written: `html` for a page, `none` for plain text. */
export type Escape = "html" | "none"

/** A parsed template, to be rendered any number of times. */
export interface Template {
  readonly name: string
  readonly escape: Escape
  readonly body: Piece.Piece
}

/**
 * Compiles a Mustache 1.4 template with lambdas, or throws `MustacheSyntaxError`. Parse at module
 * level, so that a broken template fails at load and not on a Monday morning.
 */
export const parse = (
  template: string,
  {
    escape: escaping = "html",
    name = "template"
  }: { readonly name?: string; readonly escape?: Escape } = {}
): Template => {
  const body = compile({ template: name, text: template }, defaultDelimiters, escaping)
  return { name, escape: escaping, body }
}

/**
 * Escapes every `{{name}}` as the template says, but never `{{{name}}}` and `{{&name}}`. Absent
 * names and partials render as empty text. A string is parsed at each call: a template as HTML, a
 * partial like its template.
 */
export const render = (
  template: Template | string,
  view: unknown,
  partials: Readonly<Record<string, string | Template>> = {}
): string => {
  const { body, escape: escaping } = typeof template === "string" ? parse(template) : template
  return body({ view, parent: undefined }, new Rendering(partials, escaping))
}

class Rendering implements Piece.Frame {
  indent = ""
  depth = 0
  readonly #partials: Readonly<Record<string, string | Template>>
  readonly #escape: Escape
  readonly #parsed = new Map<string, Piece.Piece>()

  constructor(partials: Readonly<Record<string, string | Template>>, escaping: Escape) {
    this.#partials = partials
    this.#escape = escaping
  }

  partial(name: string): Piece.Piece | undefined {
    const found = Object.hasOwn(this.#partials, name) ? this.#partials[name] : undefined
    if (typeof found !== "string") return found?.body
    const body = this.#parsed.get(name) ?? parse(found, { name, escape: this.#escape }).body
    this.#parsed.set(name, body)
    return body
  }

  parse(text: string, delimiters: Delimiters): Piece.Piece {
    return compile({ template: "lambda", text }, delimiters, this.#escape)
  }
}

interface OpenSection {
  readonly tag: TagToken
  readonly before: Array<Piece.Piece>
}

const compile = (source: Source, delimiters: Delimiters, escaping: Escape): Piece.Piece => {
  const open: Array<OpenSection> = []
  let pieces: Array<Piece.Piece> = []
  for (const token of scan(source, delimiters)) {
    if (isText(token)) {
      pieces.push(Piece.text(token))
    } else if (token.sigil === "#" || token.sigil === "^") {
      open.push({ tag: token, before: pieces })
      pieces = []
    } else if (token.sigil === "/") {
      const { tag, before } = opened(source, token, open.pop())
      before.push(sectionOf(source, tag, token, Piece.sequence(pieces)))
      pieces = before
    } else if (token.sigil === ">") {
      pieces.push(Piece.partial(token.name, token.indent))
    } else {
      pieces.push(Piece.variable(path(source, token), escaping === "html" && token.sigil === ""))
    }
  }
  const unclosed = open.pop()
  if (unclosed !== undefined) {
    const reason = `section "${unclosed.tag.name}" is not closed`
    throw new MustacheSyntaxError(source, unclosed.tag.start, reason)
  }
  return Piece.sequence(pieces)
}

const opened = (source: Source, close: TagToken, last: OpenSection | undefined): OpenSection => {
  if (last !== undefined && last.tag.name === close.name) return last
  const expected = last === undefined ? "no section is open" : `"${last.tag.name}" is open`
  const reason = `"${close.name}" is closed, but ${expected}`
  throw new MustacheSyntaxError(source, close.start, reason)
}

const sectionOf = (
  source: Source,
  open: TagToken,
  close: TagToken,
  body: Piece.Piece
): Piece.Piece => {
  const name = path(source, open)
  if (open.sigil === "^") return Piece.inverted(name, body)
  return Piece.section(name, body, source.text.slice(open.end, close.start), open.delimiters)
}

const path = (source: Source, { name, start }: TagToken): Piece.Path => {
  if (name === ".") return { name, first: name, rest: [] }
  const [first = "", ...rest] = name.split(".")
  if (first === "" || rest.includes("")) {
    throw new MustacheSyntaxError(source, start, `"${name}" is not a name`)
  }
  return { name, first, rest }
}
