/** Every colour of the e-mail, for light and for dark screens. */
export interface Palette {
  readonly page: string
  readonly card: string
  readonly line: string
  readonly ink: string
  readonly muted: string
  /** Numbers that ask for attention; a word beside them says the same. */
  readonly alert: string
  /** A movement for the better; `alert` is one for the worse. Each has its word. */
  readonly good: string
  readonly bar: string
  /** The fifths of the map, fewest first; `ink` stands on three, `onHeat` on the last two. */
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

/** No pure black or white: clients that invert colours by force leave these nearly as they are. */
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
