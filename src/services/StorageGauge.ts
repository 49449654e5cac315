import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"

/** Tells the bytes of the table and its indexes; a failed measurement is none, and no error. */
export class StorageGauge extends Context.Service<
  StorageGauge,
  { readonly bytes: Effect.Effect<Option.Option<number>> }
>()("services/StorageGauge") {}
