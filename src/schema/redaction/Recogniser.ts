/** One kind of personal data as it is written, and the search for all kinds in a text. */

import type { Label } from "./Label.ts"

export interface Recogniser {
  readonly label: Label
  /**
   * Global, and every repetition in it bounded or final, so that a search takes linear time. Its
   * group `context` is no part of the data, and its group `head`, looked back at, is.
   */
  readonly pattern: RegExp
  /** How much of a candidate is personal, in characters from its start; 0 for nothing. */
  readonly extent?: (candidate: string, before: string, after: string) => number
}

export interface Span {
  readonly start: number
  readonly end: number
  readonly label: Label
}

/** How much of the text on either side of a candidate tells what it is. */
const sideLength = 40

/** Stands for what was found: no recogniser of one line reads across it. */
const taken = "\n"

/** A rejected candidate may hide a shorter one that starts later. */
const search = (text: string, recogniser: Recogniser): ReadonlyArray<Span> => {
  const { extent, label, pattern } = recogniser
  const spans: Array<Span> = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { context = "", head = "" } = match.groups ?? {}
    const start = match.index + context.length - head.length
    const candidate = text.slice(start, pattern.lastIndex)
    const length =
      extent === undefined
        ? candidate.length
        : extent(
            candidate,
            text.slice(Math.max(0, start - sideLength), start),
            text.slice(pattern.lastIndex, pattern.lastIndex + sideLength)
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

/** Spans in the order of the text, none over another: the earlier recogniser takes precedence. */
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
