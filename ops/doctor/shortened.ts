const longest = 160

/** Enough of a long text to recognise it. */
export const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
