/** Labels replace personal data, in brackets; "private" is reserved for the owner's patterns. */
export const labels = ["e-mail", "phone", "card", "iban", "id", "ip", "key", "private"] as const
export type Label = (typeof labels)[number]

/** Replaces text that could not be searched. */
export const withheld = "[withheld]"

/** Ends a piece of text that is searched as one: the end of a line, or a label. */
export const betweenLabels = new RegExp(`(\\n|\\[(?:${labels.join("|")}|withheld)\\])`)
