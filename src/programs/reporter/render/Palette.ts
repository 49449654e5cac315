/** Every colour of the e-mail, for light and for dark screens. */
export interface Palette {
  readonly page: string
  readonly card: string
  readonly line: string
  readonly ink: string
  readonly muted: string
  /** Numbers that ask for attention; a word beside them says the same. */
  readonly alert: string
  readonly bar: string
}

export const light: Palette = {
  page: "#eef1f4",
  card: "#ffffff",
  line: "#dfe4ea",
  ink: "#17212b",
  muted: "#556270",
  alert: "#a83a0b",
  bar: "#2a6f97"
}

/** No pure black or white: clients that invert colours by force leave these nearly as they are. */
export const dark: Palette = {
  page: "#0f1418",
  card: "#192026",
  line: "#323c46",
  ink: "#e9edf1",
  muted: "#a7b2bd",
  alert: "#ffb088",
  bar: "#6cb4df"
}

type Pair = readonly [foreground: keyof Palette, background: keyof Palette]

/** The text colours in use, each on what it stands on. */
export const textPairs: ReadonlyArray<Pair> = [
  ["ink", "card"],
  ["muted", "card"],
  ["alert", "card"],
  ["muted", "page"]
]

/** Shapes that carry meaning, each beside what it must stand out from. */
export const shapePairs: ReadonlyArray<Pair> = [["bar", "card"]]
