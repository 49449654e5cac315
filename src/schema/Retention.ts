/** How long what a visitor asked is kept, in days after the question, wherever it stands. */
export const retentionDays = 90

const retentionMs = retentionDays * 86_400_000

/** Epoch milliseconds at which a question of this time is no longer there for any reader. */
export const keptUntil = (askedAtMs: number): number => askedAtMs + retentionMs
