/** Every colour of the e-mail, for light and for dark screens. */
export interface Palette {
  readonly page: string
  readonly card: string
  readonly line: string
  readonly ink: string
  readonly muted: string
  /** Marks numbers that need attention; a word beside them says the same. */
  readonly alert: string
  /** Marks a change for the better; a word beside it says the same. */
  readonly good: string
  readonly bar: string
  /** The fifths of the map, lowest first; the text is `ink` on three, `onHeat` on two. */
  readonly heat1: string
  readonly heat2: string
  readonly heat3: string
  readonly heat4: string
  readonly heat5: string
  readonly onHeat: string
}

export const light: Palette = {
  page: "#eef1f4",
  card: "#ffffff",
  line: "#dfe4ea",
  ink: "#17212b",
  muted: "#556270",
  alert: "#a83a0b",
  good: "#1d6a3e",
  bar: "#2a6f97",
  heat1: "#e6f0f6",
  heat2: "#c3dcea",
  heat3: "#8fbfd9",
  heat4: "#2a6f97",
  heat5: "#143f5a",
  onHeat: "#ffffff"
}

/** Avoids pure black and white, so that clients which invert colours barely change these. */
export const dark: Palette = {
  page: "#0f1418",
  card: "#192026",
  line: "#323c46",
  ink: "#e9edf1",
  muted: "#a7b2bd",
  alert: "#ffb088",
  good: "#86d8a5",
  bar: "#6cb4df",
  heat1: "#1e3341",
  heat2: "#27485e",
  heat3: "#2f5e7d",
  heat4: "#6cb4df",
  heat5: "#b5ddf5",
  onHeat: "#0f1418"
}
