/** A gap that its owner answered or set aside, as the ledger keeps it for the next reports. */
import { questionKey } from "./QuestionTally.ts"
import { textHash } from "./textHash.ts"

/** Knows a wording again without holding it. It is short, because one write holds all marks. */
export const wordingHash = (wording: string): string => textHash(questionKey(wording)).toString(36)

/** `closed` was told as closed before; `ignored` shall not be listed any more. */
const states = { a: "answered", c: "closed", i: "ignored" } as const
type Letter = keyof typeof states

export interface GapMark {
  readonly id: string
  readonly state: (typeof states)[Letter]
  /** Epoch milliseconds. */
  readonly since: number
  /** Its wordings by their {@link wordingHash}, those first that were asked last. */
  readonly wordings: ReadonlyArray<string>
}

/** One write unit has 1,024 bytes; key and names of the item take the rest. */
const bytesMax = 900
const wordingsMax = 8

/** The first word of the text; another one means that another version wrote it. */
const version = "1"

const lineOf = ({ id, since, state, wordings }: GapMark, wordingsKept: number): string => {
  const letter = state.slice(0, 1)
  // a second begins after the check, so that no miss before it counts as one after it
  const seconds = Math.ceil(since / 1000).toString(36)
  return [id, letter, seconds, ...wordings.slice(0, wordingsKept)].join(" ")
}

/**
 * The marks as a text of one write unit. It keeps fewer wordings of each where they are many, and
 * then leaves out the last marks.
 */
export const encodeMarks = (
  marks: ReadonlyArray<GapMark>
): { readonly text: string; readonly left: number } => {
  for (let kept = wordingsMax; kept > 1; kept--) {
    const text = [version, ...marks.map((mark) => lineOf(mark, kept))].join("\n")
    if (text.length <= bytesMax) return { text, left: 0 }
  }
  const lines = [version]
  let length = version.length
  for (const mark of marks) {
    const line = lineOf(mark, 1)
    length += 1 + line.length
    if (length > bytesMax) break
    lines.push(line)
  }
  return { text: lines.join("\n"), left: marks.length - lines.length + 1 }
}

const line =
  /^(?<id>[\w-]{1,32}) (?<letter>[aci]) (?<seconds>[0-9a-z]{1,8})(?<rest>(?: [0-9a-z]{1,7})*)$/

const markOf = (text: string): GapMark | undefined => {
  const { id, letter, rest = "", seconds } = line.exec(text)?.groups ?? {}
  if (id === undefined || letter === undefined || seconds === undefined) return undefined
  return {
    id,
    state: states[letter as Letter],
    since: 1000 * Number.parseInt(seconds, 36),
    wordings: rest.split(" ").slice(1)
  }
}

/** Undefined for a text of another version, or one that is damaged. */
export const decodeMarks = (text: string): ReadonlyArray<GapMark> | undefined => {
  const [head, ...lines] = text.split("\n")
  const marks = lines.flatMap((one) => markOf(one) ?? [])
  return head === version && marks.length === lines.length ? marks : undefined
}
