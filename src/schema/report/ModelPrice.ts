/** The prices of models, and the cost of a week's answers. */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { byCodeUnits, plus, ranked } from "./Counts.ts"
import type { ModelTally } from "./ModelTally.ts"
import type { Named } from "./Named.ts"
import { inputOf, type TokenUse } from "./TokenUse.ts"

/** Limited, so that no cost of a week is infinite. */
const UsdPerMillion = Schema.Finite.check(
  Schema.isBetween({ minimum: 0, maximum: 1_000_000 }, { expected: "a price from 0 to 1,000,000" })
)

const DateText = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { expected: "a date such as 2026-10-07" }),
  Schema.makeFilter(
    (date) =>
      Option.exists(DateTime.make(date), (day) => DateTime.formatIsoDateUtc(day) === date) ||
      "a date that exists, such as 2026-10-07"
  )
)

/** Prices in US dollars per million tokens, in force from `from` until the model's next entry. */
export const ModelPrice = Schema.Struct({
  model: Schema.NonEmptyString,
  from: DateText,
  input: UsdPerMillion,
  cachedInput: UsdPerMillion,
  /** Tokens that a prompt cache keeps; like other input unless the provider asks more. */
  cacheWrites: Schema.optionalKey(UsdPerMillion),
  /** Tokens that it keeps for an hour; twice the input unless the provider asks another price. */
  hourCacheWrites: Schema.optionalKey(UsdPerMillion),
  output: UsdPerMillion
})
export type ModelPrice = typeof ModelPrice.Type

/** Prices of which no two for one model begin on the same day. */
export const ModelPrices = Schema.Array(ModelPrice).check(
  Schema.makeFilter((prices) => {
    const repeated = prices.findIndex((price, at) =>
      prices.slice(0, at).some(({ from, model }) => from === price.from && model === price.model)
    )
    return repeated < 0 || { path: [repeated], issue: "the only price of its model from that day" }
  })
)

/**
 * The known cost in US dollars, and the models without a known price, never counted as 0. The name
 * is empty where the chatbot told no model.
 */
export const Cost = Schema.Struct({
  usd: Schema.Finite,
  unknown: Schema.Array(Schema.Struct({ model: Schema.String, answers: Schema.Natural }))
})
export type Cost = typeof Cost.Type

/** A provider's dated snapshot (`gpt-5-2025-08-07`) costs what its model costs. */
const isModel = (price: ModelPrice, model: string): boolean =>
  model === price.model ||
  (model.startsWith(price.model) &&
    /^-(\d{8}|\d{4}-\d{2}-\d{2})$/.test(model.slice(price.model.length)))

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

const usdOf = (used: TokenUse, price: ModelPrice): number => {
  const usd =
    used.uncached * price.input +
    used.cacheReads * price.cachedInput +
    used.cacheWrites * (price.cacheWrites ?? price.input) +
    used.hourCacheWrites * (price.hourCacheWrites ?? 2 * price.input) +
    used.output * price.output
  return usd / million
}

export interface ModelCost {
  readonly usd: number
  /** Answers that took tokens on a day without a known price; the cost leaves them out. */
  readonly answersUnknown: number
}

/** The cost of one model's answers; an answer that took 0 tokens is free with any model. */
export const modelCost = (
  model: string,
  { usage }: Pick<ModelTally, "usage">,
  prices: ReadonlyArray<ModelPrice>
): ModelCost => {
  let [usd, answersUnknown] = [0, 0]
  // sorted, because the sum of fractions depends on their order
  for (const [date, used] of [...usage].sort(([a], [b]) => byCodeUnits(a, b))) {
    const price = priceOn(prices, model, date)
    if (price !== undefined) usd += usdOf(used, price)
    else if (plus(inputOf(used), used.output) > 0) {
      answersUnknown = plus(answersUnknown, used.answers)
    }
  }
  return { usd, answersUnknown }
}

/** Limits the names, because each answer may name another model and a report must fit an item. */
const unknownLengthMax = 10

/** Stands for the models that the tally did not tell apart. */
const furtherModels = "further models"

/** The cost of a tally's answers. */
export const costOf = (models: Named<ModelTally>, prices: ReadonlyArray<ModelPrice>): Cost => {
  let usd = 0
  const unknown = new Map<string, number>()
  for (const [model, tally] of [...models.byName].sort(([a], [b]) => byCodeUnits(a, b))) {
    const cost = modelCost(model, tally, prices)
    usd += cost.usd
    if (cost.answersUnknown > 0) unknown.set(model, cost.answersUnknown)
  }
  const further = modelCost(furtherModels, models.others, []).answersUnknown
  return {
    usd,
    unknown: ranked(further === 0 ? unknown : new Map([...unknown, [furtherModels, further]]))
      .slice(0, unknownLengthMax)
      .map(([model, answers]) => ({ model, answers }))
  }
}
