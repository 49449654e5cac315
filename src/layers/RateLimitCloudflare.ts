import * as Effect from "effect/Effect"

/** The part of Cloudflare's rate-limiting binding that we use. */
export interface RateLimitBinding {
  readonly limit: (options: { readonly key: string }) => Promise<{ readonly success: boolean }>
}

/**
 * Whether one more question of this visitor is let through: counted by Cloudflare for each of its
 * locations. A limiter that fails lets everybody through, because it is there to save money and not
 * to keep visitors out.
 */
export const admits = (binding: RateLimitBinding) => (visitor: string) =>
  Effect.tryPromise(() => binding.limit({ key: visitor })).pipe(
    Effect.map(({ success }) => success),
    Effect.catch((cause) => Effect.as(Effect.logWarning("no limit of questions", cause), true))
  )
