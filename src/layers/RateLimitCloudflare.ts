import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { RateLimit } from "../services/RateLimit.ts"

/** The part of Cloudflare's rate-limiting binding that we use. */
export interface RateLimitBinding {
  readonly limit: (options: { readonly key: string }) => Promise<{ readonly success: boolean }>
}

/**
 * Each location of Cloudflare counts by itself. A limiter that fails admits everybody, because it
 * saves money and is not meant to keep visitors out.
 */
export const layer = (binding: RateLimitBinding) =>
  Layer.succeed(RateLimit, {
    admits: (visitor) =>
      Effect.tryPromise(() => binding.limit({ key: visitor })).pipe(
        Effect.map(({ success }) => success),
        Effect.catch((cause) => Effect.as(Effect.logWarning("no limit of questions", cause), true))
      )
  })
