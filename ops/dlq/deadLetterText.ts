import { textTable } from "../../cli/table.ts"
import { ageText, harmless, plural } from "../../cli/wording.ts"
import type { DeadLetterMetadata, Reason } from "./DeadLetter.ts"

const reasonText = (reason: Reason): string =>
  reason === "downstream" ? "decodes, failed downstream" : reason

const sizeText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`

export const countByReason = (
  letters: ReadonlyArray<DeadLetterMetadata>
): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { reason } of letters) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

const head = ["MESSAGE ID", "GROUP", "WHY", "RECEIVES", "AGE", "SIZE"]

const cellsOf = (letter: DeadLetterMetadata): ReadonlyArray<string> => [
  letter.messageId,
  letter.group,
  reasonText(letter.reason),
  String(letter.receives),
  ageText(letter.ageSeconds),
  sizeText(letter.bodyBytes)
]

/** Empty when all were seen. */
export const unseenText = (unseen: number): string =>
  unseen === 0
    ? ""
    : `\n${plural(unseen, "message was", "messages were")} not seen: held by another reader, for ` +
      "some minutes, or behind ten others of the same group."

export const listText = (letters: ReadonlyArray<DeadLetterMetadata>, unseen: number): string => {
  const byReason = Object.entries(countByReason(letters))
    .map(([reason, count]) => `${count} ${reasonText(reason as Reason)}`)
    .join("; ")
  const total = `${plural(letters.length, "dead letter")}: ${byReason}.`
  return letters.length === 0
    ? `No dead letters.${unseenText(unseen)}`
    : `${textTable([head, ...letters.map(cellsOf)])}\n\n${total}${unseenText(unseen)}`
}

export const letterText = (letter: DeadLetterMetadata, content: string | undefined): string => {
  const known = textTable([
    ["message id", letter.messageId],
    ["group", letter.group],
    ["why", reasonText(letter.reason)],
    ["detail", letter.detail],
    ["receives", `${letter.receives}, this look included`],
    ["dead since", `${letter.deadSince}, ${ageText(letter.ageSeconds)} ago`],
    ["size", sizeText(letter.bodyBytes)]
  ])
  return content === undefined ? known : `${known}\n\n${harmless(content)}`
}
