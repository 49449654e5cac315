/** The prices of models, and the cost of a week's tokens. */
import * as Schema from "effect/Schema"
import { ranked } from "./Counts.ts"
import type { Usage } from "./WeeklyTally.ts"

const UsdPerMillion = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))

/** Prices in US dollars per million tokens, in force from `from` until the model's next entry. */
export const ModelPrice = Schema.Struct({
  model: Schema.NonEmptyString,
  from: Schema.String.check(
    Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { expected: "a date such as 2026-10-07" })
  ),
  input: UsdPerMillion,
  cachedInput: UsdPerMillion,
  /** Tokens that a prompt cache keeps; like other input unless the provider asks more. */
  cacheWrites: Schema.optionalKey(UsdPerMillion),
  output: UsdPerMillion
})
export type ModelPrice = typeof ModelPrice.Type

/**
 * The known cost in US dollars, and the models without a known price, never counted as 0. The name
 * is empty where the chatbot told no model.
 */
export const Cost = Schema.Struct({
  usd: Schema.Finite,
  unknown: Schema.Array(Schema.Struct({ model: Schema.String, answers: Schema.Natural }))
})
export type Cost = typeof Cost.Type

/**
 * Prices from the providers' pages in November 2026; an owner's list goes first (`pricesOf`). The
 * knowledge base uses no model, so it is free.
 */
export const knownPrices: ReadonlyArray<ModelPrice> = [
  { model: "knowledge-base", from: "2026-01-01", input: 0, cachedInput: 0, output: 0 },
  { model: "gpt-4o-mini", from: "2024-07-18", input: 0.15, cachedInput: 0.075, output: 0.6 },
  { model: "gpt-5", from: "2025-08-07", input: 1.25, cachedInput: 0.125, output: 10 },
  {
    model: "claude-haiku-4-5",
    from: "2025-10-15",
    input: 1,
    cachedInput: 0.1,
    cacheWrites: 1.25,
    output: 5
  }
]

/** A provider's dated snapshot (`gpt-5-2025-08-07`) costs what its model costs. */
const isModel = (price: ModelPrice, model: string): boolean =>
  model === price.model ||
  (model.startsWith(price.model) &&
    /^-(\d{8}|\d{4}-\d{2}-\d{2})$/.test(model.slice(price.model.length)))

/** The owner's prices, then the known ones for all other models. */
export const pricesOf = (own: ReadonlyArray<ModelPrice>): ReadonlyArray<ModelPrice> => [
  ...own,
  ...knownPrices.filter(
    (known) => !own.some(({ from, model }) => model === known.model && from <= known.from)
  )
]

/** A snapshot's price goes before its model's, a later price before an earlier one. */
const isBefore = (one: ModelPrice, other: ModelPrice): boolean =>
  one.model.length === other.model.length
    ? one.from > other.from
    : one.model.length > other.model.length

const priceOn = (prices: ReadonlyArray<ModelPrice>, model: string, date: string) =>
  prices
    .filter((price) => isModel(price, model) && price.from <= date)
    .reduce<ModelPrice | undefined>(
      (best, price) => (best === undefined || isBefore(price, best) ? price : best),
      undefined
    )

const million = 1_000_000

/** Cached input and cache writes are part of the input, and reasoning is part of the output. */
const usdOf = (used: Usage, price: ModelPrice): number => {
  const cached = Math.min(used.cachedInput, used.input)
  const writes = Math.min(used.cacheWrites, used.input - cached)
  const usd =
    (used.input - cached - writes) * price.input +
    cached * price.cachedInput +
    writes * (price.cacheWrites ?? price.input) +
    used.output * price.output
  return usd / million
}

/** Limits the names, because each answer may name another model and a report must fit an item. */
const unknownLengthMax = 10

/** The cost of a tally's usage; an answer that took 0 tokens is free with any model. */
export const costOf = (
  usage: ReadonlyMap<string, Usage>,
  prices: ReadonlyArray<ModelPrice>
): Cost => {
  let usd = 0
  const unknown = new Map<string, number>()
  // sorted, because the sum of fractions depends on their order
  for (const [key, used] of [...usage].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [date, model] = [key.slice(0, 10), key.slice(11)]
    const price = priceOn(prices, model, date)
    if (price !== undefined) usd += usdOf(used, price)
    else if (used.input + used.output > 0) {
      unknown.set(model, (unknown.get(model) ?? 0) + used.answers)
    }
  }
  return {
    usd,
    unknown: ranked(unknown)
      .slice(0, unknownLengthMax)
      .map(([model, answers]) => ({ model, answers }))
  }
}
