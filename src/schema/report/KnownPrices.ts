/** The prices of common models, which an owner's own list replaces. */
import type { ModelPrice } from "./ModelPrice.ts"

/** OpenAI charges no cache writes, and a part of the input's price for what its cache held. */
const openAi = (model: string, from: string, input: number, cached: number, output: number) => ({
  model,
  from,
  input,
  cachedInput: cached,
  output
})

/** Anthropic charges five quarters of the input for what its cache keeps, twice for an hour. */
const claude = (model: string, from: string, input: number, cached: number, output: number) => ({
  ...openAi(`claude-${model}`, from, input, cached, output),
  cacheWrites: 1.25 * input,
  hourCacheWrites: 2 * input
})

/**
 * Prices from the providers' pages in November 2026, of models that cost the same for a prompt of
 * any length; an owner's list goes first (`pricesOf`). The knowledge base uses no model.
 */
export const knownPrices: ReadonlyArray<ModelPrice> = [
  { model: "knowledge-base", from: "2026-01-01", input: 0, cachedInput: 0, output: 0 },
  openAi("gpt-4o", "2024-10-02", 2.5, 1.25, 10),
  openAi("gpt-4o-mini", "2024-07-18", 0.15, 0.075, 0.6),
  openAi("gpt-4.1", "2025-04-14", 2, 0.5, 8),
  openAi("gpt-4.1-mini", "2025-04-14", 0.4, 0.1, 1.6),
  openAi("gpt-4.1-nano", "2025-04-14", 0.1, 0.025, 0.4),
  openAi("gpt-5", "2025-08-07", 1.25, 0.125, 10),
  openAi("gpt-5-mini", "2025-08-07", 0.25, 0.025, 2),
  openAi("gpt-5-nano", "2025-08-07", 0.05, 0.005, 0.4),
  claude("haiku-4-5", "2025-10-15", 1, 0.1, 5),
  claude("sonnet-4-5", "2025-09-29", 3, 0.3, 15),
  claude("sonnet-5", "2026-06-30", 2, 0.2, 10),
  claude("sonnet-5-5", "2026-07-01", 2, 0.2, 10),
  claude("sonnet-5-5", "2026-10-07", 2, 0.1, 10),
  claude("opus-4-5", "2025-11-24", 5, 0.5, 25),
  claude("opus-4-6", "2026-01-01", 5, 0.5, 25),
  claude("opus-4-7", "2026-01-01", 5, 0.5, 25),
  claude("opus-4-8", "2026-01-01", 5, 0.5, 25),
  claude("opus-5", "2026-01-01", 5, 0.5, 25),
  claude("opus-5-5", "2026-01-01", 4, 0.2, 20)
]

/** The owner's prices, then the known ones for all other models. */
export const pricesOf = (own: ReadonlyArray<ModelPrice>): ReadonlyArray<ModelPrice> => [
  ...own,
  ...knownPrices.filter(
    (known) => !own.some(({ from, model }) => model === known.model && from <= known.from)
  )
]
