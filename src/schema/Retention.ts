/** Every text of a visitor is kept for this many days after the question, wherever it is stored. */
export const retentionDays = 90

const retentionMs = retentionDays * 86_400_000

/** Epoch milliseconds from which on no reader sees a question of this time. */
export const keptUntil = (askedAtMs: number): number => askedAtMs + retentionMs
