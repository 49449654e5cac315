/** A telephone and a desk, light and dark. */
export interface Screen {
  readonly width: number
  readonly scheme: "light" | "dark"
}

export const screens: ReadonlyArray<Screen> = [
  { width: 320, scheme: "light" },
  { width: 320, scheme: "dark" },
  { width: 700, scheme: "light" },
  { width: 700, scheme: "dark" }
]

export const contextOf = ({ scheme, width }: Screen) => ({
  viewport: { width, height: 800 },
  deviceScaleFactor: 1,
  colorScheme: scheme
})
