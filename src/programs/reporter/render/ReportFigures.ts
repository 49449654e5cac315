import type { Words } from "../words/English.ts"
import type { RenderOptions } from "./RenderOptions.ts"

export interface Figure {
  readonly label: string
  readonly value: string
  /** One line that explains the number, or empty. */
  readonly note: string
  readonly alert: boolean
}

/** A short table of named numbers. */
export interface Figures {
  readonly title: string
  readonly caption: string
  readonly columns: readonly [string, string]
  readonly rows: ReadonlyArray<Figure>
}

/** The length of the minor lists. */
export const shortListMax = 5

export type Lists = NonNullable<RenderOptions["lists"]>

/** The length of a list that a mail cuts. */
export const lengthOf = (lists: Lists, inMail: number): number =>
  lists === "whole" ? Number.POSITIVE_INFINITY : inMail

/** Ends the caption of a list that is cut. */
export const cutAt = (rows: ReadonlyArray<unknown>, lengthMax: number, { list }: Words): string =>
  rows.length > lengthMax ? list.first(lengthMax) : ""

export const figure = (label: string, value: string, note = "", alert = false): Figure => ({
  label,
  value,
  note,
  alert
})
