/** An account of AWS, one of Cloudflare, and the product that its owner deploys into both. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { startCloud } from "../Cloud.ts"
import { verifySender } from "../delivery.ts"
import { serveCloudflare } from "../double/cloudflare.ts"
import { trigger } from "../storing.ts"
import { makeCheckout } from "./Checkout.ts"
import { serveEdge } from "./Edge.ts"

export const worker = "cv-analytics-edge"

export const startProduct = Effect.gen(function* () {
  const cloud = yield* startCloud
  const { endpoint, workers } = yield* serveCloudflare
  yield* Effect.orDie(verifySender(cloud))
  const checkout = yield* makeCheckout({
    ...cloud.environment,
    CLOUDFLARE_API_BASE_URL: endpoint,
    CLOUDFLARE_API_TOKEN: "any",
    WRANGLER_SEND_METRICS: "false"
  })
  const edge = yield* serveEdge(workers, worker, cloud.endpoint)
  return { ...cloud, checkout, edge: edge.endpoint, workers }
})
export type Product = Effect.Success<typeof startProduct>

/** Runs the live processor by the queue's trigger, as soon as it is deployed. */
export const triggered = (product: Product) =>
  Effect.forkScoped(Effect.retry(trigger(product), Schedule.spaced("500 millis")))
