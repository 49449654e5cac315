/** What the commands say about dead letters to a person. */
import type { DeadLetterMetadata, Reason } from "./DeadLetter.ts"

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const reasonText = (reason: Reason): string =>
  reason === "downstream" ? "decodes, failed downstream" : reason

export const ageText = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

const sizeText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`

const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")

/** Characters that a terminal would obey, as escapes that are also right in a string of JSON. */
export const harmless = (text: string): string =>
  text.replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)

export const countByReason = (
  letters: ReadonlyArray<DeadLetterMetadata>
): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { reason } of letters) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

const columns: ReadonlyArray<readonly [string, (letter: DeadLetterMetadata) => string]> = [
  ["MESSAGE ID", ({ messageId }) => messageId],
  ["GROUP", ({ group }) => group],
  ["WHY", ({ reason }) => reasonText(reason)],
  ["RECEIVES", ({ receives }) => String(receives)],
  ["AGE", ({ ageSeconds }) => ageText(ageSeconds)],
  ["SIZE", ({ bodyBytes }) => sizeText(bodyBytes)]
]

const table = (letters: ReadonlyArray<DeadLetterMetadata>): string => {
  const rows = [
    columns.map(([title]) => title),
    ...letters.map((l) => columns.map(([, f]) => f(l)))
  ]
  const widths = columns.map((_, at) =>
    rows.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), 0)
  )
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}

/** Nothing when all were seen. */
export const unseenText = (unseen: number): string =>
  unseen === 0
    ? ""
    : `\n${plural(unseen, "message was", "messages were")} not seen: held by another reader, ` +
      "which ends by itself within minutes, or behind ten others of the same group."

export const listText = (letters: ReadonlyArray<DeadLetterMetadata>, unseen: number): string => {
  const byReason = Object.entries(countByReason(letters))
    .map(([reason, count]) => `${count} ${reasonText(reason as Reason)}`)
    .join("; ")
  const total = `${plural(letters.length, "dead letter")}: ${byReason}.`
  return letters.length === 0
    ? `No dead letters.${unseenText(unseen)}`
    : `${table(letters)}\n\n${total}${unseenText(unseen)}`
}

export const letterText = (letter: DeadLetterMetadata, content: string | undefined): string => {
  const lines = [
    ["message id", letter.messageId],
    ["group", letter.group],
    ["why", reasonText(letter.reason)],
    ["detail", letter.detail],
    ["receives", `${letter.receives}, this look included`],
    ["dead since", `${letter.deadSince}, ${ageText(letter.ageSeconds)} ago`],
    ["size", sizeText(letter.bodyBytes)]
  ].map(([name = "", value = ""]) => `${name.padEnd(12)}${value}`)
  return [...lines, ...(content === undefined ? [] : ["", harmless(content)])].join("\n")
}
