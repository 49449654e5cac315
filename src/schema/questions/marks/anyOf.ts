/** One expression of several parts, for expressions that do not fit on a line. */
export const anyOf = (flags: string, ...parts: ReadonlyArray<string>): RegExp =>
  new RegExp(parts.join("|"), flags)
