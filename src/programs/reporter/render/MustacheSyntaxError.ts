/** A template's text and the name that its errors carry. */
export interface Source {
  readonly template: string
  readonly text: string
}

/**
 * A template that cannot be parsed: a defect of the template, never of the view. Line and column
 * count from 1 and point at the tag at fault; the message reads `report.html:3:7: <reason>`.
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
