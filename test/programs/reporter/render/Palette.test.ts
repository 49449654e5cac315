/** Contrast as WCAG 2.2 defines it: 4.5 for text, 3 for shapes that carry meaning. */
import { assert, describe, it } from "@effect/vitest"
import { dark, light, type Palette } from "../../../../src/programs/reporter/render/Palette.ts"

type Pair = readonly [foreground: keyof Palette, background: keyof Palette]

/** The text colours in use, each on what it stands on. */
const textPairs: ReadonlyArray<Pair> = [
  ["ink", "card"],
  ["muted", "card"],
  ["alert", "card"],
  ["good", "card"],
  ["ink", "heat1"],
  ["ink", "heat2"],
  ["ink", "heat3"],
  ["onHeat", "heat4"],
  ["onHeat", "heat5"],
  ["muted", "page"]
]

/** Shapes that carry meaning, each beside what it must stand out from. */
const shapePairs: ReadonlyArray<Pair> = [["bar", "card"]]

const luminance = (colour: string): number => {
  const channel = (at: number): number => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

const contrast = (a: string, b: string): number => {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (bright! + 0.05) / (dim! + 0.05)
}

describe.each(Object.entries({ light, dark }))("the %s palette", (_, palette) => {
  it.each(textPairs)("has text of %s on %s at 4.5 to 1 or more", (foreground, background) => {
    assert.isAtLeast(contrast(palette[foreground], palette[background]), 4.5)
  })

  it.each(shapePairs)("has shapes of %s on %s at 3 to 1 or more", (foreground, background) => {
    assert.isAtLeast(contrast(palette[foreground], palette[background]), 3)
  })
})

describe("contrast", () => {
  it("is 21 for black on white and 1 for a colour on itself", () => {
    assert.closeTo(contrast("#000000", "#ffffff"), 21, 1e-9)
    assert.closeTo(contrast(light.ink, light.ink), 1, 1e-9)
    assert.closeTo(contrast("#767676", "#ffffff"), 4.54, 0.01)
  })
})
