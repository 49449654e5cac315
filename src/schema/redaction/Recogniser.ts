/** Recognises one kind of personal data; `spansIn` searches a text for all kinds. */

import type { Label } from "./Label.ts"

/** The named groups of the match. */
export type Groups = Readonly<Record<string, string | undefined>>

export interface Recogniser {
  readonly label: Label
  /**
   * Must be global, with every repetition bounded or final, so that a search takes linear time. The
   * data excludes the group `context`, and includes the group `head` of a lookbehind.
   */
  readonly pattern: RegExp
  /** Length of the personal part from the candidate's start, in characters; may be 0. */
  readonly extent?: (candidate: string, before: string, after: string, groups: Groups) => number
}

export interface Span {
  readonly start: number
  readonly end: number
  readonly label: Label
}

/** Length of the text on either side that helps to judge a candidate. */
const sideLength = 40

/** Replaces a finding, because recognisers do not read across lines. */
const taken = "\n"

/** A rejected candidate may hide a shorter one that starts later. */
const search = (text: string, recogniser: Recogniser): ReadonlyArray<Span> => {
  const { extent, label, pattern } = recogniser
  const spans: Array<Span> = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const groups: Groups = match.groups ?? {}
    const { context = "", head = "" } = groups
    const start = match.index + context.length - head.length
    const candidate = text.slice(start, pattern.lastIndex)
    const length =
      extent === undefined
        ? candidate.length
        : extent(
            candidate,
            text.slice(Math.max(0, start - sideLength), start),
            text.slice(pattern.lastIndex, pattern.lastIndex + sideLength),
            groups
          )
    if (length > 0) spans.push({ start, end: start + length, label })
    pattern.lastIndex = length > 0 ? start + length : match.index + 1
  }
  return spans
}

const without = (text: string, spans: ReadonlyArray<Span>): string => {
  let rest = ""
  let from = 0
  for (const { end, start } of spans) {
    rest += text.slice(from, start) + taken.repeat(end - start)
    from = end
  }
  return rest + text.slice(from)
}

/** Finds spans in the order of the text without overlaps; earlier recognisers take precedence. */
export const spansIn = (
  text: string,
  recognisers: ReadonlyArray<Recogniser>
): ReadonlyArray<Span> => {
  const all: Array<Span> = []
  let rest = text
  for (const recogniser of recognisers) {
    const spans = search(rest, recogniser)
    if (spans.length === 0) continue
    all.push(...spans)
    rest = without(rest, spans)
  }
  return all.sort((a, b) => a.start - b.start)
}
