/** The words of the buttons; the attribute `texts` replaces some or all, and the reasons' names. */
export const texts = {
  ask: "Was this helpful?",
  up: "Helpful",
  down: "Not helpful",
  reason: "What is wrong?",
  comment: "Comment",
  send: "Send",
  thanks: "Thank you.",
  withdrawn: "Vote withdrawn.",
  over: "The time to vote is over.",
  failed: "That failed; please try again."
}
