import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

/** One page of a list, and the token that asks for the next one. */
type Page<A> = readonly [items: ReadonlyArray<A> | undefined, next: string | null | undefined]

/** Every page of a list, the first without a token. */
export const allPages = <A, E, R>(
  ask: (token: string | undefined) => Effect.Effect<Page<A>, E, R>
): Effect.Effect<ReadonlyArray<A>, E, R> =>
  Stream.paginate(undefined as string | undefined, (token) =>
    Effect.map(
      ask(token),
      ([items = [], next]) => [items, Option.fromUndefinedOr(next || undefined)] as const
    )
  ).pipe(Stream.runCollect)
