import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import table from "./prices.json" with { type: "json" }

const Amount = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))

const PriceEntry = Schema.Struct({
  source: Schema.String,
  unit: Schema.String,
  /** The free part of every account and month, for as long as the account exists. */
  free: Amount,
  usd: Schema.Record(Schema.String, Amount),
  note: Schema.optionalKey(Schema.String)
})

const Limit = Schema.Struct({ value: Amount, source: Schema.String })

const keyed = <K extends string, S extends Schema.Constraint>(keys: ReadonlyArray<K>, of: S) =>
  Schema.Struct(Object.fromEntries(keys.map((key) => [key, of])) as { readonly [P in K]: S })

export const priceNames = [
  "queueRequests",
  "functionRequests",
  "functionGbSecondsArm64",
  "functionGbSecondsX86",
  "tableWriteCapacity",
  "tableReadCapacity",
  "tableWriteRequests",
  "tableReadRequests",
  "tableStorage",
  "tableRecovery",
  "logIngestion",
  "logStorage",
  "customMetrics",
  "metricRequests",
  "alarms",
  "scheduledInvocations",
  "mails",
  "publishes",
  "notificationMails",
  "codeStorage",
  "transferOut",
  "workerPlan",
  "workerRequests",
  "workerCpu"
] as const
type PriceName = (typeof priceNames)[number]

const limitNames = [
  "workerRequestsPerDay",
  "workerCpuMs",
  "receivesPerPollerMinute",
  "requestChunkBytes",
  "fifoCallsPerSecond",
  "burstSeconds",
  "onDemandWriteUnitsPerSecond",
  "itemOverheadBytes",
  "logEventOverheadBytes"
] as const

const PriceTable = Schema.Struct({
  readOn: Schema.String,
  sources: Schema.Record(
    Schema.String,
    Schema.Struct({ url: Schema.String, published: Schema.optionalKey(Schema.String) })
  ),
  prices: keyed(priceNames, PriceEntry),
  limits: keyed(limitNames, Limit),
  /** Free parts that end are never counted. */
  ending: Schema.Array(Schema.String)
})

/** A month has `free` units; each unit beyond costs `usd`. */
export interface Price {
  readonly unit: string
  readonly free: number
  readonly usd: number
  readonly source: string
}

export interface Prices {
  readonly region: string
  readonly readOn: string
  readonly of: Readonly<Record<PriceName, Price>>
  readonly limits: Readonly<Record<(typeof limitNames)[number], number>>
  readonly ending: ReadonlyArray<string>
}

/** The price table is invalid, or lacks this region. */
export class PricesUnknown extends Data.TaggedError("PricesUnknown")<{ readonly detail: string }> {
  override get message() {
    return this.detail
  }
}

const values = <K extends string, A, B>(record: Readonly<Record<K, A>>, f: (value: A) => B) =>
  Object.fromEntries(
    Object.entries<A>(record).map(([name, value]) => [name, f(value)])
  ) as Readonly<Record<K, B>>

const decode = Schema.decodeUnknownEffect(PriceTable)

/** A region is known when all its prices are, because half a bill would look like a small one. */
export const readPrices = Effect.fnUntraced(function* (region: string, json: unknown = table) {
  const { ending, limits, prices, readOn, sources } = yield* decode(json).pipe(
    Effect.mapError(
      ({ message }) => new PricesUnknown({ detail: `ops/cost/prices.json: ${message}` })
    )
  )
  const entries = Object.values(prices)
  const regions = Object.keys(prices.queueRequests.usd).filter((name) =>
    entries.every(({ usd }) => Object.hasOwn(usd, name))
  )
  if (!regions.includes(region)) {
    return yield* new PricesUnknown({
      detail: `no prices of the region ${region}: known are ${regions.join(", ")}`
    })
  }
  const known: Prices = {
    region,
    readOn,
    of: values(prices, ({ free, source, unit, usd }) => ({
      unit,
      free,
      usd: usd[region] ?? 0,
      source: (sources[source]?.url ?? source).replace("{region}", region)
    })),
    limits: values(limits, ({ value }) => value),
    ending
  }
  return known
})
