/** The words and limits of a vote, as the Worker checks them; it cannot afford the schemas. */

/** A visitor may take a vote back. */
export const ratings = ["up", "down", "withdrawn"] as const

export const voteReasons = [
  "wrong",
  "incomplete",
  "outdated",
  "off_topic",
  "unclear",
  "other"
] as const

/** The longest comment, in characters. */
export const commentLengthMax = 500
