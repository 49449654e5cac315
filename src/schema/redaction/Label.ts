/** What stands in the place of personal data, in brackets; "private" is for own patterns. */
export const labels = ["e-mail", "phone", "card", "iban", "id", "ip", "key", "private"] as const
export type Label = (typeof labels)[number]

/** Stands for text that could not be searched. */
export const withheld = "[withheld]"

/** A line, up to its end or to the next label. */
export const betweenLabels = new RegExp(`(\\n|\\[(?:${labels.join("|")}|withheld)\\])`)
